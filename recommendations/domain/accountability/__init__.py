"""Accountability meetings: agenda, minutes, actions carried forward, and what shows that one is done."""
