"""What the public reads of a force."""
