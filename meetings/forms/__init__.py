"""What people write in forms about meetings, cleaned."""
