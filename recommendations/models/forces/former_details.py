"""What a force or a policing body was called before a change, who led it, and its address: a row for each change."""

from django.db import models

from recommendations.models.base import Record


class FormerForceDetails(Record):
    """The details of a force up to the day `until`: since the row before, or from the beginning."""

    DETAILS = ("name", "short_name", "chief_officer_title", "chief_officer", "address")

    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="former_details", editable=False)
    until = models.DateField("the last day", editable=False)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    chief_officer_title = models.CharField(max_length=60)
    chief_officer = models.CharField(max_length=120, blank=True)
    address = models.TextField(blank=True)

    class Meta:
        ordering = ["until"]
        verbose_name_plural = verbose_name = "former details of a force"
        constraints = [models.UniqueConstraint(fields=["force", "until"], name="formerforcedetails_one_a_day")]

    def __str__(self):
        return self.name


class FormerBodyDetails(Record):
    """The details of a policing body up to the day `until`: since the row before, or from the beginning."""

    DETAILS = ("name", "office_name", "holder", "office_address", "office_email", "comment_label")

    body = models.ForeignKey("PolicingBody", on_delete=models.PROTECT, related_name="former_details", editable=False)
    until = models.DateField("the last day", editable=False)
    name = models.CharField(max_length=160)
    office_name = models.CharField(max_length=160)
    holder = models.CharField(max_length=120, blank=True)
    office_address = models.TextField(blank=True)
    office_email = models.EmailField(blank=True)
    comment_label = models.CharField(max_length=60)

    class Meta:
        ordering = ["until"]
        verbose_name_plural = verbose_name = "former details of a policing body"
        constraints = [models.UniqueConstraint(fields=["body", "until"], name="formerbodydetails_one_a_day")]

    def __str__(self):
        return self.name
