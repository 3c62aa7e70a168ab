"""Attendance from a list: pasting or uploading it, then the forms for each person that was read from it."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.core import signing

from recommendations.domain.panels.attendance import AttendanceEntry, member_entry
from recommendations.domain.panels.attendance_matching import ListedPerson, Match, Members
from recommendations.enums import Presence
from recommendations.exchange.imports.spreadsheet import Unreadable, read_workbook
from recommendations.exchange.panels.attendance_reader import EMPTY, MOST_LETTERS, ListRefused, read_list, read_sheet
from recommendations.forms.panels.attendance import WholeAttendance
from recommendations.forms.panels.meetings import ClockField
from recommendations.forms.site.base import Form
from recommendations.forms.site.fields import UploadField
from recommendations.models import Meeting, PanelMember
from recommendations.models.panels.panels import person_key

MOST_BYTES = 2 * 1024 * 1024
KEPT = datetime.timedelta(days=1)
OTHER, OBSERVER, OUT = "other", "observer", "out"
OTHERS = (
    (OTHER, "Someone else, as the list says"),
    (OBSERVER, "Someone else, as an observer"),
    (OUT, "Leave out"),
)
NOT_LISTED = (("", "Choose"), (Presence.ABSENT, "Absent"), (Presence.APOLOGIES, "Apologies"), (OUT, "Do not record"))


class PasteListForm(Form):
    """A pasted list or an uploaded spreadsheet. `people` are the people in it, once the form is valid."""

    use_required_attribute = False
    unmarked = ("text", "document")

    text = forms.CharField(
        label="Names from the minutes",
        required=False,
        max_length=MOST_LETTERS,
        strip=False,
        help_text="One per line, or separated by commas or semicolons. Only who was at the meeting, and who sent "
        "apologies: nothing about anyone who was discussed.",
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    document = UploadField(
        label="Or a sheet",
        required=False,
        allow_empty_file=True,
        help_text="An .xlsx or .csv file with the columns Name, Body, Role and How.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, members: Members, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        self.people: list[ListedPerson] = []

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.errors:
            return given
        text, file = given.get("text", ""), given.get("document")
        if text.strip() and file:
            raise forms.ValidationError("Paste the names or choose a file, not both.")
        if not text.strip() and not file:
            self.add_error("text", EMPTY)
            return given
        try:
            self.people = self._read_file(file) if file else read_list(text, self.members.keys, person_key)
        except (ListRefused, Unreadable) as error:
            self.add_error("document" if file else "text", str(error))
        return given

    def _read_file(self, file: Any) -> list[ListedPerson]:
        if file.size > MOST_BYTES:
            raise ListRefused("This file is larger than 2 MB. Save the sheet alone as a new file.")
        return read_sheet(read_workbook(file.read(), file.name))


class ListedRow(Form):
    """One person of the list: what was read, which member that is, and details of people who are not members."""

    use_required_attribute = False
    unmarked = ("body", "role", "part_from", "part_to", "substitute_for")
    decides = "who"

    who = forms.ChoiceField(label="Who is this?")
    body = forms.CharField(label="Body represented", max_length=160, required=False)
    role = forms.CharField(max_length=120, required=False)
    part_from = ClockField(label="From", required=False)
    part_to = ClockField(label="To", required=False)
    substitute_for = forms.ChoiceField(label="Substitute for", required=False)
    of_force = forms.BooleanField(label="Of the force", required=False)
    decision_maker = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        match: Match,
        meeting: Meeting,
        members: list[PanelMember],
        **kwargs: Any,
    ) -> None:
        self.match, self.listed, self.of_day = match, match.listed, {str(each.pk): each for each in members}
        super().__init__(data, initial=self._initial_values(meeting), **kwargs)
        offered = [(str(each.pk), f"{each} (offered)") for each in match.offered]
        rest = [(key, str(each)) for key, each in self.of_day.items() if each not in match.offered]
        choices = (
            [("", "Choose"), *offered, *OTHERS, ("Members", rest)] if rest else [("", "Choose"), *offered, *OTHERS]
        )
        self.fields["who"].choices = choices
        self.fields["who"].error_messages["required"] = f"Say who {self.listed.name[:60]} is, or leave them out."
        whom = [(key, str(each)) for key, each in self.of_day.items()]
        self.fields["substitute_for"].choices = [("", "Choose"), *whom]
        if self.listed.how != Presence.PART:
            del self.fields["part_from"], self.fields["part_to"]
        if self.listed.how != Presence.SUBSTITUTE:
            del self.fields["substitute_for"]

    def _initial_values(self, meeting: Meeting) -> dict:
        """The initial values: what the list says, and the meeting's own start or end if it gives only one time."""
        said, match = self.listed, self.match
        return {
            "who": str(match.member.pk) if match.member else "",
            "body": said.body,
            "role": said.role,
            "part_from": said.part_from or meeting.start,
            "part_to": said.part_to or meeting.end,
            "substitute_for": str(match.whom.pk) if match.whom else "",
        }

    @property
    def is_known(self) -> bool:
        """Whether the name matches a member exactly, and no one else was chosen."""
        chosen = self["who"].value()
        return self.match.member is not None and chosen == str(self.match.member.pk)

    @property
    def how(self) -> str:
        return Presence(self.listed.how).label

    @property
    def member(self) -> PanelMember | None:
        return self.of_day.get(self.cleaned_data.get("who", ""))

    @property
    def is_out(self) -> bool:
        return self.cleaned_data.get("who") == OUT

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("who") in (OTHER, OBSERVER) and not given.get("body"):
            self.add_error("body", f"Say whom {self.listed.name[:60]} represents.")
        return given

    @property
    def entry(self) -> AttendanceEntry:
        given, how = self.cleaned_data, self.listed.how
        how = Presence.OBSERVER if given["who"] == OBSERVER else how
        ways = {name: given[name] for name in ("part_from", "part_to") if how == Presence.PART}
        ways |= {"substitute_for": self.of_day.get(given["substitute_for"])} if how == Presence.SUBSTITUTE else {}
        if self.member:
            return member_entry(self.member, how, **ways)
        facts = {name: given[name] for name in ("body", "role", "of_force", "decision_maker")}
        return AttendanceEntry(name=self.listed.name, how=how, **facts, **ways)

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [(box.auto_id, str(error)) for box in self for error in box.errors]


class NotListedRow(Form):
    """A member who is not in the list: absent, or sent apologies."""

    use_required_attribute = False
    unmarked = ("how",)
    decides = "how"

    how = forms.ChoiceField(label="How", choices=NOT_LISTED, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, member: PanelMember, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.member = member
        self.fields["how"].label = str(member)

    @property
    def is_out(self) -> bool:
        return self.cleaned_data.get("how") == OUT

    @property
    def entry(self) -> AttendanceEntry:
        return member_entry(self.member, self.cleaned_data["how"])

    problems = ListedRow.problems


class ConfirmListForm(WholeAttendance):
    """The whole list as read. `read` is the signed list: what is saved is what was shown."""

    read = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        meeting: Meeting,
        members: Members,
        people: list[ListedPerson],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, initial={"version": meeting.version, "read": sign_list(people, meeting)}, **kwargs)
        self.meeting = meeting
        self.sent = []
        found = [members.match(each) for each in people]
        self.lines = [
            ListedRow(data, match=match, prefix=f"l{place}", meeting=meeting, members=members.of_day)
            for place, match in enumerate(found)
        ]
        exactly = {match.member.pk for match in found if match.member}
        absent = [each for each in members.of_day if each.pk not in exactly]
        self.not_listed = [NotListedRow(data, member=each, prefix=f"n{each.pk}") for each in absent]

    @property
    def rows(self) -> list:
        return [*self.lines, *self.not_listed]

    @property
    def unknown_count(self) -> int:
        return sum(not row.is_known for row in self.lines)

    @property
    def replaced_count(self) -> int:
        """The number of people already recorded, whom the list replaces."""
        return self.meeting.attendance.count()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        wrong = [row for row in self.rows if not row.is_valid()]
        chosen = {row.member for row in self.lines if not row.errors and row.member}
        missing = [row for row in self.not_listed if row.member not in chosen]
        for row in missing:
            if not row.errors and not row.cleaned_data["how"]:
                row.add_error("how", f"Choose how {row.member.name} attended: the list does not say.")
                wrong.append(row)
        rows: list[ListedRow | NotListedRow] = [*self.lines, *missing]
        self.sent = [] if wrong else [row for row in rows if not row.is_out]
        if wrong:
            raise forms.ValidationError("")
        return given


def sign_list(people: list[ListedPerson], meeting: Meeting) -> str:
    """The list as a signed text, bound to this meeting."""
    rows = [asdict(each) for each in people]
    for row in rows:
        row |= {name: row[name] and row[name].isoformat() for name in ("part_from", "part_to")}
    return signing.dumps(rows, salt=_salt(meeting), compress=True)


def read_signed_list(text: str, meeting: Meeting) -> list[ListedPerson] | None:
    """The list in a signed text, or None if it belongs to another meeting, is over a day old or has a wrong
    signature.
    """
    try:
        rows = signing.loads(text, salt=_salt(meeting), max_age=KEPT)
    except signing.BadSignature:
        return None
    for row in rows:
        row |= {name: row[name] and datetime.time.fromisoformat(row[name]) for name in ("part_from", "part_to")}
    return [ListedPerson(**row) for row in rows]


def _salt(meeting: Meeting) -> str:
    return f"attendance-list-{meeting.pk}"
