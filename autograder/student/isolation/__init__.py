"""What a student's process may not do, level by level; every level is proved by a self-test before it is believed."""
