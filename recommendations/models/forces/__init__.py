"""Forces, policing bodies, and how one takes over from another."""
