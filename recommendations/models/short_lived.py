"""What all workers share for some minutes: counts of failed sign-ins, locks, codes that were used. No records."""

from django.db import models


class ShortLivedValue(models.Model):
    """A value under a key until a moment, as JSON: see recommendations/short_lived_cache.py."""

    key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.FloatField(null=True, db_index=True, help_text="seconds since 1970; empty for never")

    class Meta:
        db_table = "short_lived_value"  # written in a GET too, so its name is not one of a record's

    def __str__(self):
        return self.key
