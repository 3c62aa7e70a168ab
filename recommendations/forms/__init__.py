"""Forms: what people type becomes clean values, or a message beside what was typed. Validation only."""
