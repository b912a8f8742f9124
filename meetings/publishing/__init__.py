"""What everybody may read: public renditions, masked, with their feeds."""
