"""What an operator does with an installation: install, watch, keep and move it. Commands and addresses call it."""
