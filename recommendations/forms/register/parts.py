"""The forms for the parts of a recommendation: close one, decide about one, reopen one."""

from collections.abc import Iterable
from typing import Any

from django import forms

from recommendations.domain.register.parts.states import PartState, part_states
from recommendations.forms.register.tracked import GuardedForm, long_text
from recommendations.forms.site.fields import DayField
from recommendations.models import User


class AboutPart(GuardedForm):
    """A form about one part, chosen from those that it applies to."""

    part = forms.ChoiceField(
        label="Part",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the part.", "invalid_choice": "Choose the part."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = {str(state.part.pk): state for state in self.offered_parts(part_states(self.tracked), self.by)}
        self.fields["part"].choices = [(pk, self._words(state)) for pk, state in self.among.items()]
        if len(self.among) == 1:
            self.fields["part"].initial = next(iter(self.among))

    @staticmethod
    def offered_parts(states: list[PartState], by: User) -> list[PartState]:
        """The parts that this user can choose from."""
        raise NotImplementedError

    @staticmethod
    def _words(state: PartState) -> str:
        label, text = state.label, state.part.text
        mark = label.removeprefix("part ")
        words = text if text.startswith(mark) else f"{label[:1].upper()}{label[1:]}: {text}"
        return f"{words} ({state.stands.request_reason})" if state.stands and state.waits else words

    def verb_fields(self) -> dict[str, Any]:
        given = super().verb_fields()
        return given | {"part": self.among[given["part"]].part}


class ClosePartForm(AboutPart):
    """Request closure of a part, which another person decides."""

    reason = long_text("What was done", empty="Say what was done.")
    evidence = long_text("Evidence", rows=2)
    requested_on = DayField(past=True, label="Day of the request", required=False)

    @staticmethod
    def offered_parts(states: Iterable[PartState], by: User) -> list[PartState]:
        return [state for state in states if state.stands is None]

    def starts_with(self) -> dict[str, Any]:
        return {"requested_on": self.on}


class DecidePartForm(AboutPart):
    """Approve or decline the pending closure of a part, with a reason."""

    APPROVE, DECLINE = "approve", "decline"

    decision = forms.ChoiceField(
        label="Decision",
        choices=[(APPROVE, "Approve: this part is done"), (DECLINE, "Do not approve: it stays open")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you approve."},
    )
    reason = long_text("Why", rows=2, help_text="Give a reason if you do not approve.")
    closed_on = DayField(past=True, label="Done on", required=False)

    @staticmethod
    def offered_parts(states: Iterable[PartState], by: User) -> list[PartState]:
        return [state for state in states if state.waits and state.stands and state.stands.requested_by_id != by.pk]

    def starts_with(self) -> dict[str, Any]:
        return {"closed_on": self.on}

    def verb_fields(self) -> dict[str, Any]:
        given = super().verb_fields()
        return given | {"approve": given.pop("decision") == self.APPROVE}


class ReopenPartForm(AboutPart):
    """Reopen a closed part, with a reason."""

    reason = long_text("Why it is reopened", empty="Say why this part is reopened.")
    reopened_on = DayField(past=True, label="Reopened on", required=False)

    @staticmethod
    def offered_parts(states: Iterable[PartState], by: User) -> list[PartState]:
        return [state for state in states if state.is_done]

    def starts_with(self) -> dict[str, Any]:
        return {"reopened_on": self.on}
