"""The quarter that papers of the tests are about."""

from django.utils import timezone

from recommendations.periods import london_day, recent_quarters

PASSED = recent_quarters(london_day(timezone.now()), 2)[1]  # the newest quarter that has ended
