"""The roles of people."""

from django.db.models import TextChoices


class Role(TextChoices):
    """A user's one role, which determines what they may do (permissions.py)."""

    OPCC_OFFICER = "opcc_officer", "OPCC officer"
    APPROVING_OFFICER = "approving_officer", "Approving officer"
    FORCE_INSPECTION_LEAD = "force_inspection_lead", "Force inspection lead"
    COMMITTEE_MEMBER = "committee_member", "Committee member"
    ADMINISTRATOR = "administrator", "Administrator"
