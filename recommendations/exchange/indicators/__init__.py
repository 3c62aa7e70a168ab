"""Values of indicators from sheets."""
