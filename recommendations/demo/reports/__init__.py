"""The reports of the demonstration, oldest first. Each module is one inspection."""

from recommendations.demo.reports import custody

REPORTS = (custody.REPORT,)
