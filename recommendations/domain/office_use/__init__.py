"""What the office uses: the choice of sections and sources, and what each holds."""
