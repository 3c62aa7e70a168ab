"""The quarters that papers of the tests are about."""

from django.utils import timezone

from recommendations.periods import london_day, recent_quarters

# The newest quarter that has ended, and the one before it: they change four times a year.
PASSED, BEFORE = recent_quarters(london_day(timezone.now()), 3)[1:]
