"""Reports, what they ask, and what the inspectorate says of a force."""
