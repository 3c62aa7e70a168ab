"""The form that checks a read document: its facts, its rows, and what prevents saving it."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.html import format_html

from recommendations.domain.inspections.statutory_clock import unanswered_inspections
from recommendations.domain.responses.imported import AlreadyHere, NewComment, PublishedResponse, WrongRecommendation
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import CAUSE_KINDS, TRACKED_KINDS, DeadlineKind, InspectionKind, RecommendationKind
from recommendations.enums.sources import HMICFRS
from recommendations.exchange.documents_in.proposal import inspectorates, other_forces, source_text
from recommendations.forms.documents_in.check_rows import (
    CommentForm,
    NoteForm,
    ReadRecommendationForm,
    lines,
    long_text,
    rows_for,
)
from recommendations.forms.documents_in.check_values import (
    CheckValues,
    CommentRow,
    NoteRow,
    RecommendationRow,
    ValuesRow,
    paragraphs,
)
from recommendations.forms.documents_in.marked import MarkedDocument, as_pk
from recommendations.forms.documents_in.upload import check_days
from recommendations.forms.inspections.inspections import section_55_field
from recommendations.forms.site.base import Form, VerbForm
from recommendations.forms.site.fields import DayField
from recommendations.models import Force, Inspection, PolicingBody, User
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say

OF_ANOTHER = "“{name}” is another force’s. Tick this if {force} must act on it too, or save again if not."
UNSURE = "Say what this line is, or leave it out: “{words}”"
MOST_SHOWN = 10  # lines without a place
SENT_TO_SAVE = ("asked_force", "names_ok", "officer_ok")  # facts that come with the button, not from what was typed


class ReadForm(VerbForm):
    """The whole check: unbound it shows the values, bound it validates them. `problems` are links to the errors.
    This is what responses and reports share; a report's own part is in forms/documents_in/reports.py.
    """

    unmarked: tuple[str, ...] = (
        "section_55",
        "inspectorate",
        "inspection",
        "narrative",
        "chief_officer_comments",
        "reply",
    )

    title = forms.CharField(
        label="Title", max_length=300, error_messages={"required": "Enter the title of the report."}
    )
    kind = forms.ChoiceField(label="Kind", choices=InspectionKind)
    section_55 = section_55_field()
    inspectorate = forms.CharField(label="Inspectorates", required=False, max_length=200)
    short_name = forms.CharField(
        label="Short name",
        max_length=24,
        error_messages={"required": "Enter a short name for the register, such as Custody 25."},
    )
    force = forms.ModelChoiceField(
        Force.objects.none(),
        label="Force",
        error_messages={"required": "Choose the force whose register it goes into."},
    )
    published_on = DayField(
        past=True, label="Report published", error_messages={"required": "Enter the day of the report."}
    )
    asked_force = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, marked: MarkedDocument, *, by: User, data: Mapping[str, Any] | None = None) -> None:
        """`data` is what was sent to save; without it the form is not validated and shows the values."""
        self.marked, self.document, self.on = marked, marked.document, marked.today
        self.values = marked.values
        if data is not None:
            sent = {name: data.get(name, "") for name in SENT_TO_SAVE}
            self.values = replace(self.values, facts=self.values.facts | sent)
        self.values = replace(self.values, facts=self.values.facts | self.facts_without_choice())
        typed = self.values.as_post()
        super().__init__(typed | {"once": data.get("once", "")} if data is not None else None, initial=typed)
        if not self.asks_section_55:
            del self.fields["section_55"]
        self.labels = self.values.labels()
        self.fields["force"].queryset = Force.objects.visible_to(by)
        self.offer(by)
        self.judged = False
        self.obstacles: list[tuple[str, str]] = []

    def offer(self, by: User) -> None:
        """Fill the choices that depend on the user and on the records."""

    def facts_without_choice(self) -> dict[str, str]:
        """The facts that can be only one thing."""
        return {}

    # -- the rows

    @cached_property
    def recommendations(self) -> list[tuple[RecommendationRow, ReadRecommendationForm]]:
        return [(row, self._recommendation(row)) for row in self.values.recommendations]

    @cached_property
    def comments(self) -> list[tuple[CommentRow, CommentForm]]:
        return [(row, self.row_form(CommentForm, row)) for row in self.values.comments]

    @cached_property
    def notes(self) -> list[tuple[NoteRow, NoteForm]]:
        return [(row, self.row_form(NoteForm, row)) for row in self.values.notes]

    def row_form[RowForm: Form](self, kind: type[RowForm], row: ValuesRow, **options: Any) -> RowForm:
        """The form of a row: bound if this form is."""
        if self.is_bound:
            return kind(self.data, prefix=row.prefix, **options)
        return kind(initial={name: getattr(row, name) for name in row.names}, prefix=row.prefix, **options)

    def _recommendation(self, row: RecommendationRow) -> ReadRecommendationForm:
        causes = [
            (other.key, self.labels[other.key])
            for other in self.values.recommendations[: self.values.recommendations.index(row)]
            if other.kind in CAUSE_KINDS
        ]
        source = self.values.facts.get("source") or HMICFRS
        return self.row_form(ReadRecommendationForm, row, causes=causes, source=source)

    @property
    def asks_section_55(self) -> bool:
        """Whether the chosen kind leaves open whether section 55 applies."""
        return self.values.facts["kind"] == InspectionKind.OTHER

    def report_facts(self) -> dict:
        """The facts recorded for a new inspection besides its title, kind and date."""
        given = self.cleaned_data
        return inspectorates(given["inspectorate"]) | {"section_55": given.get("section_55")}

    # -- validation

    def is_valid(self) -> bool:
        """Validate the rows together with the facts, once. Lines without a place only prevent saving."""
        if not self.judged:
            self.judged = True
            for form in self.row_forms:
                form.full_clean()
            super().is_valid()
            self._check_rows()
            self._ask_whose()
            self.obstacles = self._obstacles()
        return not self.problems

    def _obstacles(self) -> list[tuple[str, str]]:
        """What prevents saving besides the fields: lines without a place."""
        return [
            (f"l{block.id}", UNSURE.format(words=shorten(block.text, 60))) for block in self.marked.unsure[:MOST_SHOWN]
        ]

    @property
    def row_forms(self) -> list[Form]:
        """The rows' forms, in page order."""
        return [form for _, form in (*self.notes, *self.recommendations, *self.comments)]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        check_days(self, given.get("published_on"), given.get("responded_on"), self.on)
        return given

    def _check_rows(self) -> None:
        published_on = self.cleaned_data.get("published_on")
        twice = numbers_used_twice(self.values)
        for row, form in self.recommendations:
            if row.key in twice:
                form.add_error("number", f"Number {row.number.strip()} is used twice. Give each its own number.")
            if not row.text.strip() and not self.cleaned_data.get("inspection"):
                form.add_error("text", "Mark the line with its text, or enter the text, word for word.")
            _check_deadline(form, published_on)
            cause = form.cleaned_data.get("cause")
            if cause and not RecommendationKind(form.cleaned_data.get("kind", "recommendation")).is_tracked:
                form.add_error(
                    "cause", "Only a recommendation or an area for improvement belongs to a cause of concern."
                )

    def _ask_whose(self) -> None:
        """Ask once about rows that name another force and are not ticked for the chosen one."""
        force = self.cleaned_data.get("force")
        if force is None:
            return
        open_rows = [(row, form) for row, form in self.recommendations if not row.directed]
        found: dict[str, ReadRecommendationForm] = {}
        for row, form in open_rows:
            for name in other_forces(force, lines(row.addressees)):
                found.setdefault(name, form)
        names = "; ".join(found)
        if names and names != self.values.facts["asked_force"]:
            for name, form in found.items():
                form.add_error("directed", OF_ANOTHER.format(name=name, force=force.short_name))
            self.data = {**self.data, "asked_force": names}

    def refuse(self, refusal: Refusal) -> None:
        if isinstance(refusal, WrongRecommendation):
            form = self.recommendations[refusal.place][1]
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            super().refuse(refusal)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Everything that prevents saving, in page order, as (id of the field, message)."""
        return [
            *(("", str(error)) for error in self.non_field_errors()),
            *_problems(self),
            *(problem for form in self.row_forms for problem in _problems(form)),
            *self.obstacles,
        ]

    # -- saving

    @property
    def saved_words(self) -> str:
        """The result of saving, in words. The kinds are as typed: they may be no kinds."""
        followed = sum(row.kind in TRACKED_KINDS for row in self.values.recommendations)
        are = "recommendation is" if followed == 1 else "recommendations are"
        return f"{followed} {are} in the register" if followed else "no recommendations were saved"

    def recommendations_to_add(self) -> dict:
        """The recommendations in the form, and which cause of concern each belongs to."""
        keys = [row.key for row, _ in self.recommendations]
        causes = {keys.index(row.key): form.cleaned_data["cause"] for row, form in self.recommendations}
        return {
            "recommendations": tuple(form.new() for _, form in self.recommendations),
            "causes": {place: keys.index(cause) for place, cause in causes.items() if cause},
        }

    def source_document(self) -> dict:
        """The document, the lines left out of it, and the layouts: by which it was read, and which it leaves."""
        given = self.cleaned_data
        body, day = given.get("body"), given.get("responded_on") or given["published_on"]
        return {
            "left_out": self.marked.left_out,
            "source_name": self.document.name[-200:],
            "source_text": source_text(self.document.lines),
            "read_by": self.marked.layout,
            "new_layout": self.marked.new_layout(name=given["title"], day=day, body=body),
        }


class ResponseCheckForm(ReadForm):
    """The check of a published response."""

    body = forms.ModelChoiceField(
        PolicingBody.objects.all(),
        label="Response from",
        empty_label="Choose one",
        error_messages={"required": "Choose the policing body whose response this is."},
    )
    body_name = forms.CharField(
        label="Name in the document", max_length=160, error_messages={"required": "Enter the name as it is printed."}
    )
    inspection = forms.ModelChoiceField(
        Inspection.objects.none(), label="Inspection", required=False, empty_label="A new one, made from this"
    )
    responded_on = DayField(
        past=True, label="Response published", error_messages={"required": "Enter the day of the response."}
    )
    narrative = long_text("Narrative", 6)
    chief_officer_comments = long_text("Chief officer’s comments", 3)
    reply = long_text("Reply to the chief officer’s comments", 3)
    field_order = (
        *("title", "kind", "inspectorate", "short_name", "body", "body_name", "force", "inspection"),
        *("published_on", "responded_on", "narrative", "chief_officer_comments", "reply"),
    )

    def offer(self, by: User) -> None:
        self.fields["inspection"].queryset = self._inspections(by)
        self.fields["narrative"].widget.attrs["rows"] = rows_for(self.values.facts["narrative"], 3, 12)

    def _inspections(self, by: User) -> QuerySet[Inspection]:
        """The inspections that this may be the response to: those that wait for one, and the one already chosen."""
        force, chosen = as_pk(self.values.facts["force"]), as_pk(self.values.facts["inspection"])
        seen = Inspection.objects.visible_to(by)
        waiting = unanswered_inspections(seen).filter(covers__force=force) if force else unanswered_inspections(seen)
        return seen.filter(Q(pk__in=waiting.order_by().values("pk")) | Q(pk=chosen))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        inspection, published_on = given.get("inspection"), given.get("published_on")
        if inspection and published_on and inspection.published_on != published_on:
            message = (
                f"That inspection was published on {say(inspection.published_on)}. Enter that day, or choose another."
            )
            self.add_error("inspection", message)
        return given

    def refuse(self, refusal: Refusal) -> None:
        if isinstance(refusal, AlreadyHere):
            self.add_error(None, already_here(refusal))
        else:
            super().refuse(refusal)

    def published(self) -> PublishedResponse:
        """The form as a PublishedResponse, to be recorded."""
        given = self.cleaned_data
        keys = [row.key for row, _ in self.recommendations]
        return PublishedResponse(
            title=given["title"],
            short_name=given["short_name"],
            kind=given["kind"],
            body=given["body"],
            body_name=given["body_name"],
            published_on=given["published_on"],
            responded_on=given["responded_on"],
            narrative=paragraphs(given["narrative"]),
            footnotes=tuple(
                {"mark": form.cleaned_data["mark"], "text": form.cleaned_data["text"]}
                for _, form in self.notes
                if form.cleaned_data["text"]
            ),
            comments=tuple(
                NewComment(form.cleaned_data["text"], tuple(keys.index(key) for key in row.answers if key in keys))
                for row, form in self.comments
                if form.cleaned_data["text"]
            ),
            chief_officer_comments=given["chief_officer_comments"],
            reply=given["reply"],
            inspection=given["inspection"],
            inspection_facts=self.report_facts(),
            **self.recommendations_to_add(),
            **self.source_document(),
        )


def already_here(refusal: AlreadyHere) -> str:
    """The refusal, with a link to the response that the document became."""
    address = refusal.version.response.get_absolute_url()
    return format_html('{} <a href="{}">See the response</a>', refusal.message, address)


def _problems(form: Form | ReadForm) -> list[tuple[str, str]]:
    return [
        *((_first_id(field), str(error)) for field in form.visible_fields() for error in field.errors),
        *(("", str(error)) for error in form.non_field_errors() if not isinstance(form, ReadForm)),
    ]


def _first_id(field: forms.BoundField) -> str:
    """The id for a link to a field; for radio buttons, that of the first."""
    return field.id_for_label or f"{field.auto_id}_0"


def _check_deadline(form: ReadRecommendationForm, published_on: datetime.date | None) -> None:
    """Check that a deadline has a day, unless it is "none", and that it is not before the report."""
    kind, day = form.cleaned_data.get("deadline_kind"), form.cleaned_data.get("deadline_on")
    if "deadline_on" in form.errors or kind is None:
        return
    if (kind == DeadlineKind.NONE) != (day is None):
        form.add_error("deadline_on", "Enter the day of the deadline, or choose “None” and leave the day empty.")
    elif day and published_on and day < published_on:
        form.add_error("deadline_on", f"{say(day)} is before the report was published, {say(published_on)}.")


def numbers_used_twice(values: CheckValues) -> list[str]:
    """The keys of recommendations that share a kind and a number with another one."""
    seen: dict[tuple[str, str], list[str]] = {}
    for row in values.recommendations:
        if row.number.strip():
            seen.setdefault((row.kind, row.number.strip().casefold()), []).append(row.key)
    return [key for keys in seen.values() if len(keys) > 1 for key in keys]
