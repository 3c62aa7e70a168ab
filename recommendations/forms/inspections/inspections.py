"""The forms for inspections and their recommendations. Fields are named after the verbs' arguments."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from recommendations import deadlines
from recommendations.deadlines import Deadline
from recommendations.domain.inspections.inspections import FACTS, NewRecommendation
from recommendations.domain.inspections.links import FIELDS, links_of
from recommendations.domain.sources.naming import recommendation_kinds
from recommendations.domain.sources.queries import sources_in_use
from recommendations.enums import CAUSE_KINDS, DeadlineKind, InspectionKind, RecommendationKind
from recommendations.enums.sources import FIRE, HMICFRS, SUPER_COMPLAINT
from recommendations.forms.responses.no_response import (
    CHOICES,
    COVERED,
    LONGEST_REASON,
    OTHER,
    parts_of_reason,
    reason_of,
)
from recommendations.forms.site.fields import DayField, LinkField, RecordsField
from recommendations.forms.site.people import NamesColleagues
from recommendations.forms.site.record import LinesField, RecordForm, reason_field, yes_or_no
from recommendations.forms.sources.names import AsksAboutNames
from recommendations.models import Force, Inspection, Recommendation, User
from recommendations.periods import say

LONGEST_LINE = 200
RARE = (
    *("link", "lead_inspectorate", "joint_inspectorates", "needs_response", "why", "no_response_reason"),
    *("response_days", "respond_by", *FIELDS.values()),
)
SOURCE_OF_KIND = {InspectionKind.SUPER_COMPLAINT: SUPER_COMPLAINT, InspectionKind.FIRE: FIRE}
LEADS = ("chief_officer_lead", "business_lead", "opcc_lead")


def _another_report(label: str, help_text: str) -> forms.ModelChoiceField:
    """A choice of another report on record, or none."""
    none = Inspection.objects.none()
    return forms.ModelChoiceField(none, label=label, required=False, empty_label="No other report", help_text=help_text)


def section_55_field() -> forms.TypedChoiceField:
    """Whether section 55 applies, if the kind of report does not settle it: True, False, or None."""
    return forms.TypedChoiceField(
        label="If the kind is “Other”: does section 55 of the Police Act 1996 apply?",
        choices=[("yes", "Yes: a response is due within 56 days"), ("no", "No: no last day is counted")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


def with_its_day(inspection: Inspection) -> str:
    """ "Custody in Westmarch (3 June 2025)"."""
    return f"{inspection.title} ({say(inspection.published_on)})"


class InspectionForm(RecordForm):
    """The facts of a published report, and the reports that it is linked with."""

    unmarked = ("why", "no_response_reason", "section_55")

    title = forms.CharField(
        max_length=300,
        help_text="As on the report’s cover.",
        error_messages={"required": "Enter the title of the report."},
    )
    short_name = forms.CharField(
        label="Short name",
        max_length=24,
        help_text="About 10 characters, for the register, such as Custody 25.",
        error_messages={"required": "Enter a short name for the register."},
    )
    kind = forms.ChoiceField(
        choices=[("", "Choose one"), *InspectionKind.choices], error_messages={"required": "Choose the kind of report."}
    )
    section_55 = section_55_field()
    published_on = DayField(
        past=True,
        label="Published on",
        error_messages={"required": "Enter the day on which the report was published."},
    )
    # without visible_to: a form of the office
    forces = RecordsField(
        label="Forces that it covers",
        queryset=Force.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Each of its recommendations is tracked once for each of these.",
        error_messages={"required": "Choose at least one force."},
    )
    link = LinkField(label="Link to the report")
    lead_inspectorate = forms.CharField(label="Lead inspectorate", max_length=80, initial="HMICFRS")
    joint_inspectorates = forms.CharField(label="Joint inspectorates", required=False, max_length=200)
    needs_response = yes_or_no("Does it need a response?", "Yes", "No")
    why = forms.ChoiceField(label="If it needs none, why", required=False, choices=CHOICES)
    no_response_reason = forms.CharField(
        label="In your words, on record",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    response_days = forms.IntegerField(
        label="Days to respond",
        min_value=1,
        max_value=999,
        initial=deadlines.DAYS_TO_RESPOND,
        help_text="Where section 55 applies: 56 by law, the day of publication counted as the first. "
        "28 was practice before 2017.",
    )
    respond_by = DayField(
        label="Last day, if stated",
        required=False,
        help_text="Where it is stated and not counted, as in a super-complaint. Section 55 does not apply then.",
    )
    follows = _another_report("Follows", "An interim report, or an earlier one that this one goes back to.")
    companion_of = _another_report("Companion of", "Both say the same, and one response can cover both.")
    supersedes = _another_report("Supersedes", "A report that this one takes the place of.")
    reason = reason_field()

    def __init__(self, *args: Any, by: User | None = None, today: datetime.date | None = None, **kwargs: Any) -> None:
        """`by` is the user; the report can be linked with those that they may see. With `today` only the kinds are
        offered whose source the office follows on that London day, and the one that was recorded."""
        super().__init__(*args, **kwargs)
        if today:
            self._offer_kinds(today)
        others = Inspection.objects.visible_to(by) if by else Inspection.objects.none()
        for name in FIELDS.values():
            self.fields[name].queryset = others.exclude(pk=self.record.pk) if self.record else others
            self.fields[name].label_from_instance = with_its_day
        # without visible_to: a form of the office
        forces = list(Force.objects.values_list("pk", flat=True)[:2])
        if self.record is None and len(forces) == 1:
            self.initial.setdefault("forces", forces)

    def _offer_kinds(self, today: datetime.date) -> None:
        followed = {each.key for each in sources_in_use(today)}
        recorded = self.record.kind if self.record else ""
        offered = [
            (value, label)
            for value, label in InspectionKind.choices
            if value == recorded or SOURCE_OF_KIND.get(InspectionKind(value), HMICFRS) in followed
        ]
        self.fields["kind"].choices = [("", "Choose one"), *offered]

    def values_of(self, record: Inspection) -> dict:
        facts = {name: getattr(record, name) for name in FACTS}
        # without visible_to: a form of the office
        covered = Force.objects.filter(covered_by__inspection=record)
        why, words = parts_of_reason(record.no_response_reason)
        return (
            facts
            | dict.fromkeys(FIELDS.values())
            | {field: other.pk for field, other in links_of(record).items()}
            | {"forces": list(covered), "needs_response": "yes" if record.needs_response else "no"}
            | {"section_55": {True: "yes", False: "no", None: ""}[record.section_55]}
            | {"why": why, "no_response_reason": words}
        )

    @property
    def opens_more(self) -> bool:
        """Whether the fields that few reports need are shown at once: to correct a report, and where one is wrong."""
        return self.record is not None or any(self[name].errors for name in RARE)

    def clean(self) -> dict[str, Any]:
        """Check that a reason for no response is given if, and only if, no response is needed."""
        given = super().clean()
        why, words = given.get("why"), given.get("no_response_reason")
        if given.get("needs_response"):
            for name in ("why", "no_response_reason"):
                if given.get(name):
                    self.add_error(name, "Leave this empty, or choose “No” above.")
        elif "needs_response" in given and not words and why in ("", OTHER):
            self.add_error("no_response_reason", "Say why no response is needed.")
        elif why == COVERED and not words and not given.get("companion_of"):
            self.add_error("companion_of", "Choose the report whose response covers this one, or name it in words.")
        return given

    def facts(self) -> dict:
        """The facts and links, as arguments for both verbs."""
        given = self.cleaned_data
        facts = {name: given[name] for name in (*FACTS, "forces") if name in given}
        reason = reason_of(given["why"], given["no_response_reason"])
        links = {name: given[name] for name in FIELDS.values()}
        return facts | {"no_response_reason": reason, "links": links}


class RecommendationForm(AsksAboutNames, NamesColleagues, RecordForm):
    """One recommendation, verbatim, and the interpretation of its deadline words.
    The words are interpreted automatically; the kind and day fields correct that. If a new recommendation has no
    deadline words, they are searched for in its text.
    """

    unmarked = ("kind", "deadline_kind")
    of_office = ("opcc_lead",)
    without_names = ("number", "heading", "text", "parts", "addressees", "reason")

    kind = forms.ChoiceField(choices=RecommendationKind, initial=RecommendationKind.RECOMMENDATION)
    number = forms.CharField(required=False, max_length=20, help_text="As printed: 4, 7.1, AFI 11.")
    heading = forms.CharField(
        label="Short words",
        required=False,
        max_length=200,
        help_text="A few words of your own, as the register shows it.",
    )
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Word for word, as published.",
        error_messages={"required": "Enter the text, word for word."},
    )
    parts = LinesField(
        label="Its parts",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bullets, or 7.1 and 7.2: one per line.",
    )
    addressees = LinesField(
        label="Directed to",
        required=False,
        longest=LONGEST_LINE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In the report’s words, one per line: Chief constables.",
    )
    directed_to_force = yes_or_no("Is it for the force to do?", "Yes", "No, for others: listed only")
    cause = forms.ModelChoiceField(
        label="Cause of concern", required=False, queryset=Recommendation.objects.none(), empty_label="None"
    )
    deadline_words = forms.CharField(
        label="Deadline words",
        required=False,
        max_length=200,
        help_text="Copied from the text: By 30 June 2026. Left empty, they are looked for in the text.",
    )
    deadline_kind = forms.ChoiceField(
        label="They mean", required=False, choices=[("", "What they were read as"), *DeadlineKind.choices]
    )
    deadline_on = DayField(label="Day", required=False)
    chief_officer_lead = forms.CharField(label="Chief officer lead", required=False, max_length=120)
    business_lead = forms.CharField(label="Business lead", required=False, max_length=120)
    opcc_lead = forms.CharField(label="OPCC lead", required=False, max_length=120)
    reason = reason_field()

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        inspection: Inspection,
        forces: int = 1,
        about_deaths: bool = False,
        **kwargs: Any,
    ) -> None:
        """`about_deaths`: the recommendation comes from a death (see AsksAboutNames)."""
        self.inspection, self.is_about_deaths = inspection, about_deaths
        super().__init__(data, **kwargs)
        self._offer_kinds()
        self._offer_causes()
        for name in self._omitted_fields(forces):
            del self.fields[name]
        if self.record:
            self.fields["deadline_words"].help_text = "Copied from the text: By 30 June 2026."

    def _offer_kinds(self) -> None:
        """Offer the kinds of the report's source; without a choice the field is hidden."""
        field, source = self.fields["kind"], self.inspection
        field.choices = recommendation_kinds(source.source, self.record.kind if self.record else "")
        self.fields["addressees"].help_text = f"In the {source.publication}’s words, one per line: Chief constables."
        if not self.has_kinds:
            field.widget, self.initial["kind"] = forms.HiddenInput(), RecommendationKind.RECOMMENDATION
            self.fields["number"].help_text = "As printed: 4 or 7.1."

    @property
    def has_kinds(self) -> bool:
        """Whether there is a choice of kinds."""
        return len(self.fields["kind"].choices) > 1

    def _offer_causes(self) -> None:
        causes = self.inspection.recommendations.filter(kind__in=CAUSE_KINDS).in_order()
        self.fields["cause"].queryset = causes.exclude(pk=self.record.pk) if self.record else causes
        self.fields["cause"].label_from_instance = lambda cause: f"{cause}: {cause.short_text}"

    def _omitted_fields(self, forces: int) -> Iterator[str]:
        """Leads and direction belong to each tracked recommendation; the force's leads differ between forces."""
        if self.record:
            yield from ("directed_to_force", *LEADS)
        elif forces > 1:
            yield from LEADS[:2]
        if not self.fields["cause"].queryset.exists():
            yield "cause"

    def last_fields(self) -> list[forms.BoundField]:
        """The fields after the deadline, those of them that this form has."""
        return [self[name] for name in ("cause", "directed_to_force", "reason") if name in self.fields]

    def leads(self) -> list[forms.BoundField]:
        """The fields for leads that this form has."""
        return [self[name] for name in LEADS if name in self.fields]

    def values_of(self, record: Recommendation) -> dict:
        read = deadlines.read_deadline(record.deadline_words, self.inspection.published_on)
        as_read = (record.deadline_kind, record.deadline_on) == (read.kind, read.due_on)
        values = {name: getattr(record, name) for name in ("kind", "number", "heading", "text", "deadline_words")}
        return values | {
            "parts": "\n".join(part.text for part in record.parts.all()),
            "addressees": "\n".join(one.name for one in record.addressees.all()),
            "deadline_kind": "" if as_read else record.deadline_kind,
            "deadline_on": None if as_read else record.deadline_on,
            "cause": record.cause_id,
        }

    def reading(self) -> deadlines.Deadline:
        """The automatic interpretation of the current deadline words, before any correction."""
        words, text = (str(self[name].value() or "") for name in ("deadline_words", "text"))
        return self._read_deadline(words.strip(), text)

    def _read_deadline(self, words: str, text: str) -> deadlines.Deadline:
        published_on = self.inspection.published_on
        if words or self.record:
            return deadlines.read_deadline(words, published_on)
        return deadlines.find_deadline(text, published_on)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        read = self._read_deadline(given.get("deadline_words", ""), given.get("text", ""))
        kind, day = given.get("deadline_kind", ""), given.get("deadline_on")
        self.deadline = deadlines.Deadline(read.words, *self._corrected_deadline(read, kind, day))
        if kind == DeadlineKind.NONE and day:
            self.add_error("deadline_on", "Leave the day empty, or choose what the words mean.")
        self._check_lines(given)
        return given

    def _corrected_deadline(
        self, read: Deadline, kind: str, day: datetime.date | None
    ) -> tuple[str, datetime.date | None]:
        """The kind and the day, as interpreted or as corrected by the user."""
        if not kind and not day:
            return read.kind, read.due_on
        if kind == DeadlineKind.IMMEDIATE:
            return kind, self.inspection.published_on
        if not kind:
            kind = read.kind if read.kind not in (DeadlineKind.NONE, DeadlineKind.IMMEDIATE) else DeadlineKind.DATE
        return kind, day or (read.due_on if kind == read.kind else None)

    def _check_lines(self, cleaned: dict) -> None:
        """Reject an emptied list: the verb ignores empty lists, but here the user wants its lines removed, which
        is impossible."""
        for name in ("parts", "addressees"):
            if self.record and self.initial[name] and not cleaned.get(name):
                self.add_error(name, "A line cannot be removed, because nothing is deleted. Change its words instead.")

    def new(self) -> NewRecommendation:
        """The form as a NewRecommendation, for the verbs."""
        given = self.cleaned_data
        names = ("kind", "number", "heading", "text", "parts", "addressees")
        return NewRecommendation(
            **{name: given[name] for name in names},
            deadline_words=self.deadline.words,
            deadline_kind=self.deadline.kind,
            deadline_on=self.deadline.due_on,
            directed_to_force=given.get("directed_to_force", True),
            leads={name: given[name] for name in LEADS if given.get(name)},
        )
