"""Actions: the work on recommendations, one step each, with who does it and by when."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse

from recommendations.enums.actions import OPEN_STATES, ActionState, ActionVoice
from recommendations.models.base import (
    LATEST_FIRST,
    ActiveManager,
    DatedQuerySet,
    DatedRow,
    Record,
    RecordQuerySet,
    Withdrawable,
)
from recommendations.models.forces.transfers import CameOver
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say
from recommendations.sections import Section


class ActionQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All for the office, a lead's own force's; none for others, or while actions are off."""
        if not (user.has_perm("see_register") and Section.ACTIONS.is_on):
            return self.none()
        return self.filter(force=user.force_id) if user.force_id else self


class Action(Withdrawable, CameOver):
    """A step of work of a force, or of the office about a force. How it stands is its latest row (ActionRow)."""

    voice = models.CharField("who does it", max_length=6, choices=ActionVoice)
    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="actions")
    words = models.TextField("what is to be done")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActiveManager.from_queryset(ActionQuerySet)()
    on_file = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            *CameOver.Meta.constraints,
            models.CheckConstraint(name="action_says_what", condition=~Q(words="")),
            models.CheckConstraint(name="action_voice_known", condition=Q(voice__in=ActionVoice.values)),
        ]

    def __str__(self) -> str:
        return shorten(self.words, 60)

    def get_absolute_url(self) -> str:
        return reverse("action", args=[self.pk])

    @property
    def short_words(self) -> str:
        return shorten(self.words, 100)

    @property
    def needs_evidence(self) -> bool:
        """Whether it was agreed at a meeting: the office says that it is done, and what shows it. One query, none with
        `agreed_at` selected.
        """
        return Section.ACCOUNTABILITY.is_on and hasattr(self, "agreed_at")


class ActionLink(Record):
    """A recommendation that an action works on."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="links")
    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="action_links")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["action", "id"]
        constraints = [models.UniqueConstraint(fields=["action", "tracked"], name="actionlink_once")]

    def __str__(self) -> str:
        return f"{self.action} on {self.tracked}"


class ActionRowQuerySet(DatedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The rows of the actions that a person sees."""
        return self.filter(action__in=Action.objects.visible_to(user))

    def latest_of_each(self, as_at: datetime.date | None = None, known_at: datetime.datetime | None = None) -> Self:
        """The latest row of each action: how it stood on a London day, as known at a moment. Filter afterwards.

        Actions withdrawn by that moment are left out.
        """
        actions = Action.on_file.filter(withdrawn_at__isnull=True)
        if known_at is not None:
            actions = Action.on_file.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=known_at))
        rows = self.standing(as_at, known_at).filter(action=OuterRef("pk")).order_by(*LATEST_FIRST)
        latest = actions.annotate(latest=Subquery(rows.values("pk")[:1])).order_by().values("latest")
        found: Self = self.model._default_manager.filter(pk__in=latest)
        return found.order_by("due_on", "action")

    def open(self) -> Self:
        """Rows that say that there is something left to do."""
        return self.filter(state__in=OPEN_STATES)

    def late(self, today: datetime.date) -> Self:
        """Open rows whose day was before this one (London)."""
        return self.open().filter(due_on__lt=today)


ROW_SAYS = ("action", "state", "owner", "owner_person", "due_on", "waits_for", "waits_words")


class ActionRow(DatedRow):
    """How an action stands from a day on: its state, owner and day, and what it waits for. The latest row counts."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="rows")
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.TO_DO)
    owner = models.CharField(max_length=120)
    owner_person = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="The owner’s account."
    )
    due_on = models.DateField("to be done by")
    waits_for = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, blank=True, related_name="held_up")
    waits_words = models.CharField("what else it waits for", max_length=300, blank=True)
    note = models.TextField("what was done, or why", blank=True)

    objects = ActionRowQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        ordering = ["action", *LATEST_FIRST]
        indexes = [models.Index(fields=["action", *LATEST_FIRST], name="actionrow_latest")]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="actionrow_state_known", condition=Q(state__in=ActionState.values)),
            models.CheckConstraint(name="actionrow_has_an_owner", condition=~Q(owner="")),
            models.CheckConstraint(
                name="actionrow_dropped_says_why", condition=~Q(state=ActionState.DROPPED) | ~Q(note="")
            ),
            models.CheckConstraint(
                name="actionrow_waits_for_another", condition=Q(waits_for=None) | ~Q(waits_for=F("action"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} on {say(self.effective_on)}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def waits_elsewhere(self) -> bool:
        """Whether what it waits for is another force’s by now: a force never reads another’s action."""
        return self.waits_for is not None and self.waits_for.force_id != self.action.force_id

    def next_row(self, **changes: Any) -> "ActionRow":
        """A new row of the action, not saved: all that this one says, but for these changes. Its note is its own."""
        return ActionRow(**{name: getattr(self, name) for name in ROW_SAYS} | changes)
