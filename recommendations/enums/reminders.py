"""The topics, steps and addressees of reminders."""

from django.db.models import TextChoices


class ReminderTopic(TextChoices):
    """The topic of a reminder. ROUND is only for switching off: a round has its own days for reminders."""

    RESPONSE = "response", "Last day to respond to a report"
    CLOSURE = "closure", "Closure that waits for a decision"
    APPROVAL = "approval", "Response that waits for approval"
    PAPER = "paper", "Paper that waits to be finalised"
    RETURNED = "returned", "Closure that was not approved"
    TARGET = "target", "Target date"
    ACTION = "action", "Action to be done"
    COMMITMENT = "commitment", "Commitment to check"
    ASSURANCE = "assurance", "Assurance to look at again"
    DISPUTE = "dispute", "Decision on a dispute to review"
    RECHECK = "recheck", "Closure to look at again"
    ROUND = "round", "Update rounds"


class ReminderStep(TextChoices):
    """The steps that are not a number of days before: the first day after, and late by some days."""

    AFTER = "after", "Passed"
    LATE = "late", "Late"


class ReminderTo(TextChoices):
    """Who in the office is reminded."""

    NAMED = "named", "Who it is with; every officer where no one with an account is named"
    OFFICERS = "officers", "Every officer"
    OFFICE = "office", "Every officer and approving officer"
