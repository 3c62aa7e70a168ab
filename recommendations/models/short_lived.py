"""Values that all workers share for some minutes: counts of failed sign-ins, locks, used codes. Not records."""

from django.db import models


class ShortLivedValue(models.Model):
    """A JSON value under a key until it expires: see recommendations/short_lived_cache.py."""

    key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.FloatField(null=True, db_index=True, help_text="seconds since 1970; empty for never")

    class Meta:
        db_table = "short_lived_value"  # written in a GET too, so not named like a record's table

    def __str__(self):
        return self.key
