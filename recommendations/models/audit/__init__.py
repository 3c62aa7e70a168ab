"""The trail, and what is removed from the record."""
