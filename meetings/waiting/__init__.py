"""What waits for whom, stage by stage."""
