"""One force's register, handed over to another office, or taken over from one (docs/adr/0045)."""
