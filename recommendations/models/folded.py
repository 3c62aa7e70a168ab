"""Refusals of one kind by one person within some minutes: counted here, and told by one entry when they are over."""

from django.db import models


class FoldedRefusal(models.Model):
    """The first of them is on record already; `count` are those since. No record: it goes when it is told."""

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
        db_table = "folded_refusal"  # written in a GET too, so its name is not one of a record's

    def __str__(self):
        return f"{self.count} of {self.verb}"
