"""The forms of accountability meetings: planning and changing one, its agenda made ready, its minutes confirmed."""

import datetime
from typing import Any

from django import forms
from django.db.models import Q

from recommendations.enums import PaperState
from recommendations.enums.accountability import ProofKind
from recommendations.forms.committees.proofs import ProofForm
from recommendations.forms.register.base import long_text, short_text
from recommendations.forms.site.base import OfRecord, VerbForm
from recommendations.forms.site.fields import DayField, RecordField
from recommendations.models import AccountabilityMeeting, Force, ScrutinyReport, User
from recommendations.models.accountability import LONGEST_TITLE

CHANGED = "Someone changed this meeting since you looked. Look at it again."


class AccountabilityForm(VerbForm):
    """What is known of a meeting before it takes place."""

    title = forms.CharField(label="Title", max_length=LONGEST_TITLE, error_messages={"required": "Enter a title."})
    on = DayField(label="Day", error_messages={"required": "Enter the day of the meeting."})
    time_words = short_text("Time", 60, help_text="For example 10am to noon.")
    place = short_text("Place", 200)
    in_public = forms.BooleanField(label="It is held in public", required=False)


class PlanAccountabilityForm(AccountabilityForm):
    """A new meeting with the chief officer of a force."""

    field_order = ("force", "title", "on", "time_words", "place", "in_public")
    force = RecordField(
        Force.objects.none(),
        label="Force",
        empty_label="Choose the force",
        error_messages={"required": "Choose the force."},
    )

    def __init__(self, *args: Any, by: User, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        still = Q(until__isnull=True) | Q(until__gte=today)
        forces = Force.objects.visible_to(by).filter(still, handed_over_on__isnull=True).order_by("name")
        self.fields["force"].queryset = forces
        if len(forces) == 1:
            self.initial.setdefault("force", forces[0].pk)
        self.initial.setdefault("title", "Accountability meeting")


class ChangeAccountabilityForm(AccountabilityForm, OfRecord):
    """A meeting's facts, changed."""

    read_again = CHANGED

    def __init__(self, *args: Any, record: AccountabilityMeeting, **kwargs: Any) -> None:
        names = ("title", "on", "time_words", "place", "in_public")
        super().__init__(*args, record=record, initial={name: getattr(record, name) for name in names}, **kwargs)


class ConfirmMeetingForm(OfRecord):
    """Nothing to fill in: the agenda is ready, or the minutes are confirmed."""

    read_again = CHANGED


class WithdrawAccountabilityForm(OfRecord):
    """Withdraw a meeting that was called off, or entered by mistake."""

    read_again = CHANGED
    reason = long_text("Why it is withdrawn", empty="Say why the meeting is withdrawn.")


class CloseActionForm(ProofForm):
    """What shows that an action is done: a paper too, if there is one. The force reads of it, so no closed paper."""

    read_again = "Someone changed this action since you looked. Look at it again."
    unmarked = (*ProofForm.unmarked, "paper")
    paper = RecordField(ScrutinyReport.objects.none(), label="Which paper", required=False, empty_label="Choose it")

    def __init__(self, *args: Any, by: User, force: Force, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = ScrutinyReport.objects.visible_to(by).filter(force=force, state=PaperState.FINALISED, closed=False)
        self.fields["paper"].queryset = papers.defer("figures").order_by("-end", "-pk")
        if self.fields["paper"].queryset.exists():
            self.fields["kind"].choices = ProofKind.choices
        else:
            del self.fields["paper"]
