"""Invitations, account changes that wait for a second administrator, committee seats and handovers."""

import datetime

from django.db import models
from django.db.models import F, Q

from recommendations import permissions
from recommendations.enums import Role
from recommendations.enums.security import AccessAnswer, AccessEnd
from recommendations.models.base import Record, RecordQuerySet


def _administrator(name: str = "+", **options):
    return models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name=name, **options)


class AccountInvitationQuerySet(RecordQuerySet):
    def open(self):
        """Not accepted, withdrawn or declined. Includes expired ones, which can be sent again."""
        return self.filter(accepted_at__isnull=True, ended_at__isnull=True)


class AccountInvitation(Record):
    """An invitation to set up an account, valid once and for 48 hours. Accepting it creates the account.

    `key` is a digest of the secret in the link, which is not stored. For every role but a committee member's a second
    administrator confirms before the link is made. `invited_by` None is the command line.
    """

    email = models.EmailField("email address", max_length=254)
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=30, choices=Role)
    force = models.ForeignKey("Force", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    committees = models.JSONField(default=list, blank=True)
    key = models.CharField(max_length=64, blank=True, db_index=True)
    invited_at = models.DateTimeField()
    invited_by = _administrator()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = _administrator()
    sent_at = models.DateTimeField("link made", null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    account = models.OneToOneField(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="account_invitation"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = _administrator()
    ended_as = models.CharField(max_length=12, choices=AccessEnd, blank=True)
    ended_why = models.TextField(blank=True)

    objects = AccountInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-id"]
        verbose_name = "invitation of a person"
        verbose_name_plural = "invitations of people"
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(accepted_at__isnull=True, ended_at__isnull=True),
                name="accountinvitation_one_open",
                violation_error_message="This address has an open invitation. Send that again or withdraw it.",
            ),
            models.CheckConstraint(
                name="accountinvitation_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | Q(invited_by__isnull=True) | ~Q(confirmed_by=F("invited_by")),
            ),
            models.CheckConstraint(
                name="accountinvitation_accepted_has_account",
                condition=Q(accepted_at__isnull=True, account__isnull=True)
                | Q(accepted_at__isnull=False, account__isnull=False),
            ),
            models.CheckConstraint(
                name="accountinvitation_ended_says_how",
                condition=Q(ended_at__isnull=True, ended_as="") | (Q(ended_at__isnull=False) & ~Q(ended_as="")),
            ),
        ]

    def __str__(self):
        return f"Invitation of {self.name}"

    @property
    def role_words(self) -> str:
        return self.get_role_display()

    @property
    def needs_second(self) -> bool:
        """Whether another administrator still has to confirm it."""
        return self.confirmed_at is None and self.role in permissions.WRITING_ROLES

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.ended_at is None

    def has_run_out(self, at: datetime.datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= at


class AccountChangeQuerySet(RecordQuerySet):
    def open(self):
        return self.filter(decided_at__isnull=True)


class AccountChange(Record):
    """A change of an account, requested by one administrator and waiting for another to confirm it.

    If `resets_factor`, only the second factor is removed, else the account gets all these values. `seen` is the
    account's fingerprint at the request (domain/people/records.py mark_of).
    """

    person = models.ForeignKey("User", on_delete=models.PROTECT, related_name="account_changes")
    email = models.EmailField("email address", max_length=254)
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=30, choices=Role)
    force = models.ForeignKey("Force", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField("can sign in", default=True)
    entra_id = models.CharField("object id in Microsoft Entra", max_length=36, blank=True)
    resets_factor = models.BooleanField("second factor reset", default=False)
    seen = models.BigIntegerField()
    reason = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = _administrator()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = _administrator()
    answer = models.CharField(max_length=12, choices=AccessAnswer, blank=True)
    why = models.TextField(blank=True)

    objects = AccountChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = "change of an account"
        verbose_name_plural = "changes of accounts"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(decided_at__isnull=True), name="accountchange_one_open"
            ),
            models.CheckConstraint(
                name="accountchange_confirmed_by_another",
                condition=~Q(answer=AccessAnswer.CONFIRMED)
                | Q(decided_by__isnull=True)
                | Q(asked_by__isnull=True)
                | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("person"))),
            ),
            models.CheckConstraint(
                name="accountchange_decided_says_how",
                condition=Q(decided_at__isnull=True, answer="") | (Q(decided_at__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self):
        return f"Change of {self.person}"

    @property
    def role_words(self) -> str:
        return self.get_role_display()


class SeatQuerySet(RecordQuerySet):
    def current(self):
        return self.filter(ended_at__isnull=True)


class CommitteeSeat(Record):
    """A committee member's seat on a committee, which lets them read its papers."""

    person = models.ForeignKey("User", on_delete=models.PROTECT, related_name="seats")
    panel = models.ForeignKey("Panel", on_delete=models.PROTECT, related_name="seats", verbose_name="committee")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["panel__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "panel"], condition=Q(ended_at__isnull=True), name="committeeseat_once"
            )
        ]

    def __str__(self):
        return f"{self.person}, {self.panel}"


class Handover(Record):
    """What a leaver had open, passed on to someone else. In force until the leaver has an account again."""

    person = models.ForeignKey("User", on_delete=models.PROTECT, related_name="handed_over")
    to = models.ForeignKey("User", on_delete=models.PROTECT, related_name="taken_over")
    at = models.DateTimeField()
    items = models.JSONField(default=list, help_text="What was open on that day, in words.")

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(name="handover_to_another", condition=~Q(person=F("to")))]

    def __str__(self):
        return f"{self.person} to {self.to}"


class SignInPolicy(Record):
    """The office's choices about signing in: a single row, created with the first choice."""

    members_without_factor = models.BooleanField("committee members sign in without a second factor", default=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = "choice about signing in"
        verbose_name_plural = "choices about signing in"

    def __str__(self):
        return "Signing in"
