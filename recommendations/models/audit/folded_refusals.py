"""Repeated refusals to one person within minutes: counted here, then recorded as a single trail entry."""

from django.db import models


class FoldedRefusal(models.Model):
    """A count of refusals after the first, which has its own entry. Not a record: deleted once the trail has it."""

    key = models.CharField(max_length=64, primary_key=True)
    verb = models.CharField(max_length=30)
    person = models.ForeignKey("User", on_delete=models.CASCADE, null=True, related_name="+")
    account = models.ForeignKey("User", on_delete=models.CASCADE, null=True, related_name="+")
    address = models.GenericIPAddressField(null=True)
    reason = models.TextField(blank=True)
    about = models.CharField(max_length=400, blank=True)
    first_at = models.DateTimeField(db_index=True)
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "folded_refusal"  # written in a GET too, so not named like a record's table

    def __str__(self):
        return f"{self.count} of {self.verb}"
