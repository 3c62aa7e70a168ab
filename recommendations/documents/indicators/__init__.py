"""Charts and files of indicators."""
