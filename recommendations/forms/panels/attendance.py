"""The grid of a meeting's attendance: a row for each member, and rows for other people. Saved as a whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import ErrorDict

from recommendations.domain.panels.attendance import FACTS, AttendanceEntry, RowsRefused
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Presence
from recommendations.forms.panels.meetings import ClockField
from recommendations.forms.site.base import Form, VerbForm
from recommendations.models import Attendance, Meeting, PanelMember

BLANK, MORE, MOST = 2, 3, 60
OF_MEMBERS = [each for each in Presence if each != Presence.SUBSTITUTE]
KEPT = (*FACTS, "how", "part_from", "part_to", "substitute_for")


class PresenceForm(Form):
    """How one person attended."""

    use_required_attribute = False
    unmarked: tuple[str, ...] = ("part_from", "part_to")
    decides = "how"  # the field that shows errors of the whole row

    how = forms.ChoiceField(label="How they attended", widget=forms.RadioSelect)
    part_from = ClockField(label="From", required=False)
    part_to = ClockField(label="To", required=False)

    @property
    def part(self) -> dict:
        """The times, if the person attended part of the meeting; otherwise None, as they are left over from
        another choice."""
        is_part = self.cleaned_data["how"] == Presence.PART
        return {name: self.cleaned_data[name] if is_part else None for name in ("part_from", "part_to")}

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(id of the field, error) pairs, for the error summary."""
        said = [(box.auto_id, error) for box in self for error in box.errors]
        first = {self["how"].auto_id: f"{self['how'].auto_id}_0"}
        return [(first.get(place, place), str(error)) for place, error in said]


class MemberRow(PresenceForm):
    """A member's row. `facts` are the member's, or those recorded for this meeting."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, member: PanelMember, row: Attendance | None, **kwargs: Any
    ) -> None:
        self.member, self.facts = member, row or member
        shown = {name: getattr(row, name) for name in ("how", "part_from", "part_to")} if row else {}
        super().__init__(data, initial=shown, **kwargs)
        self.fields["how"].choices = [(each.value, each.label) for each in OF_MEMBERS]
        self.fields["how"].error_messages["required"] = f"Choose how {member.name} attended."

    @property
    def entry(self) -> AttendanceEntry:
        facts = {name: getattr(self.facts, name) for name in FACTS}
        return AttendanceEntry(member=self.member, how=self.cleaned_data["how"], **facts, **self.part)


class OtherRow(PresenceForm):
    """Someone who is not a member, or a substitute. "Absent" is only offered if it is recorded already."""

    unmarked = ("part_from", "part_to", "substitute_for")
    field_order = ("name", "body", "role", "rank", "how", "part_from", "part_to", "substitute_for")

    name = forms.CharField(max_length=120, error_messages={"required": "Enter the name."})
    body = forms.CharField(
        label="Body represented", max_length=160, error_messages={"required": "Say whom they represent."}
    )
    role = forms.CharField(max_length=120, required=False)
    rank = forms.CharField(max_length=60, required=False)
    substitute_for = forms.ModelChoiceField(
        PanelMember.objects.none(), label="Substitute for", required=False, empty_label=""
    )
    decision_maker = forms.BooleanField(required=False)
    of_force = forms.BooleanField(label="Of the force", required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, row: Attendance | None, members: QuerySet[PanelMember], **kwargs: Any
    ) -> None:
        shown = {name: getattr(row, name) for name in KEPT} if row else {}
        super().__init__(data, initial=shown, empty_permitted=row is None, **kwargs)
        ways = [each for each in Presence if each != Presence.ABSENT or (row and row.how == each)]
        self.fields["how"].choices = [(each.value, each.label) for each in ways]
        self.fields["how"].error_messages["required"] = "Choose how they attended."
        self.fields["substitute_for"].queryset = members
        self.fields["substitute_for"].choices = [("", "Nobody"), *((each.pk, str(each)) for each in members)]

    @property
    def is_empty(self) -> bool:
        """Whether the row was left or made empty."""
        return not any(self.data.get(self.add_prefix(name), "").strip() for name in ("name", "body", "how"))

    @property
    def entry(self) -> AttendanceEntry:
        given = self.cleaned_data
        whom = given["substitute_for"] if given["how"] == Presence.SUBSTITUTE else None
        facts = {name: given[name] for name in FACTS}
        return AttendanceEntry(how=given["how"], substitute_for=whom, **facts, **self.part)


class WholeAttendance(VerbForm):
    """The attendance of a whole meeting, one row for each person. `sent` are the rows passed to the verb, in order.
    A subclass provides `rows`, and fills `sent` in `clean`.
    """

    sent: list[Any]

    @property
    def rows(self) -> Sequence[Any]:
        raise NotImplementedError

    def verb_fields(self) -> dict:
        return {"version": self.cleaned_data.get("version") or 0, "entries": [row.entry for row in self.sent]}

    def refuse(self, refusal: Refusal) -> None:
        """Add errors of rows to those rows; after a conflict show the other user's version, and keep the choices."""
        if not isinstance(refusal, RowsRefused):
            super().refuse(refusal)
            return
        for place, wrong in refusal.rows.items():
            row = self.sent[place]
            row.add_error(wrong.field if wrong.field in row.fields else row.decides, wrong.message)
        self.add_error(None, "")

    @property
    def problems(self) -> list[tuple[str, str]]:
        """All errors, for the summary: (id of the field, or "" for the whole form; message)."""
        own = [("", str(error)) for error in self.non_field_errors() if error]
        return own + [found for row in self.rows for found in row.problems]

    def conflicts(self) -> list[tuple[str, str, str]]:
        """(name, saved by someone else meanwhile, chosen here) for each difference."""
        theirs = {row.name: row.get_how_display() for row in self.theirs.attendance.all()} if self.theirs else {}
        mine = {row.entry.name: Presence(row.entry.how).label for row in self.sent} if self.theirs else {}
        both = {name: (theirs.get(name, "Not recorded"), mine.get(name, "Not recorded")) for name in theirs | mine}
        return [(name, *said) for name, said in both.items() if said[0] != said[1]]


class AttendanceForm(WholeAttendance):
    """The whole grid. `others` is the number of rows for other people; emptying a row removes the person."""

    others = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=MOST)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, meeting: Meeting, more: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(data, initial={"version": meeting.version}, **kwargs)
        recorded = list(meeting.attendance.order_by("id"))
        self.meeting, self.sent = meeting, []
        # without visible_to: members of a visible meeting, in a form of the office
        members = PanelMember.objects.filter(panel=meeting.panel_id).on(meeting.on).order_by("body", "name")
        self.members = self._member_rows(members, {row.member_id: row for row in recorded})
        of_day = {each.pk for each in members}
        self.other_rows = self._other_rows(members, [row for row in recorded if row.member_id not in of_day], more)
        if more:
            self._ask_for_nothing()

    def _member_rows(self, members: QuerySet[PanelMember], recorded: dict) -> list[MemberRow]:
        """The members on that day. Someone recorded as a member who no longer is one is among the other rows."""
        data = self.data if self.is_bound else None
        return [MemberRow(data, member=each, row=recorded.get(each.pk), prefix=f"m{each.pk}") for each in members]

    def _other_rows(self, members: QuerySet[PanelMember], recorded: list[Attendance], more: bool) -> list[OtherRow]:
        number = len(recorded) + BLANK
        if self.is_bound:
            sent = self.data.get("others", "")
            number = min(int(sent), MOST) if sent.isascii() and sent.isdigit() else number
        number = min(number + MORE, MOST) if more else number
        self.initial["others"] = number
        if self.is_bound:
            self.data = self.data.copy()
            self.data["others"] = str(number)
        rows = [*recorded[:number], *[None] * (number - len(recorded))]
        data = self.data if self.is_bound else None
        return [OtherRow(data, row=row, members=members, prefix=f"p{place}") for place, row in enumerate(rows)]

    def _ask_for_nothing(self) -> None:
        """Clear all errors when more rows were requested: the input stays, and nothing is validated yet."""
        for form in (self, *self.rows):
            form._errors, form.cleaned_data = ErrorDict(), {}  # type: ignore[attr-defined]  # Django’s types leave it out

    @property
    def rows(self) -> list[PresenceForm]:
        return [*self.members, *self.other_rows]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.sent = [*self.members, *(row for row in self.other_rows if not row.is_empty)]
        for row in self.other_rows:
            if row.is_empty:
                row._errors, row.cleaned_data = ErrorDict(), {}  # type: ignore[attr-defined]  # as above
        if [row for row in self.sent if not row.is_valid()]:
            raise forms.ValidationError("")
        return given
