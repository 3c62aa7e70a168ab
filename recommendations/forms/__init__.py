"""Forms: input becomes clean values, or errors beside the input. Validation only."""
