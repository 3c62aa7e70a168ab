"""The forms that import an inspectorate's report: the document, and the check of what was read from it."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.html import format_html

from recommendations.domain.responses.reports import NewReport, ReportHere
from recommendations.domain.sources.queries import sources_in_use
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import InspectionKind, LinkKind, ResponseAnswer
from recommendations.exchange.documents_in.marking.blocks import blocks_of
from recommendations.exchange.documents_in.marking.remembering import likeliest_layout
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.exchange.documents_in.sources.documents import NOUNS, read_document, why_not, without_names
from recommendations.exchange.documents_in.sources.kinds import DocumentKind, kind_of_document
from recommendations.exchange.documents_in.sources.reading import FROM_DEATHS
from recommendations.forms.documents_in.check import ReadForm
from recommendations.forms.documents_in.document import UploadedDocument
from recommendations.forms.documents_in.marked import as_pk
from recommendations.forms.documents_in.upload import IF_SAID, DocumentForm
from recommendations.forms.inspections.inspections import with_its_day
from recommendations.forms.responses.no_response import CHOICES, LONGEST_REASON, OTHER, reason_of
from recommendations.forms.site.fields import DayField
from recommendations.models import DocumentLayout, Inspection, User

UNSURE = "The document’s words could be those of more than one source. Choose where it comes from, then read it again."
UNCLEAR = "The document’s words could be those of more than one source. Check that it is a report of HMICFRS."
NOT_FOLLOWED = (
    "This reads as {what}, and your office does not follow that source. An administrator can tick it under "
    "Administration, What you use."
)


class ChooseReportForm(DocumentForm):
    """The document of a report. After validation `report` is what was read; a document that is no report gets an error.
    If the office follows other sources too, the document's wording identifies the source, or the user chooses it.
    """

    nothing_given = "Paste the report, or choose a file."
    source = forms.ChoiceField(label="Where it comes from", required=False)
    field_order = ("document", "text", "source", "force", "published_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report: ReadResponse | None = None
        self.report_kind: DocumentKind | None = None
        self.layout: DocumentLayout | None = None
        self.fields["document"].help_text = "The page as your browser saves it (.html), or a .pdf, .docx or .txt file."
        self.fields["text"].help_text = "The whole report: what it asks is found in it."
        self.followed = {each.key: each for each in sources_in_use(self.on) if each.key in set(DocumentKind)}
        self.has_others = len(self.followed) > 1
        if not self.has_others:
            del self.fields["source"]
            return
        named = [(each.key, each.name) for each in self.followed.values()]
        self.fields["source"].choices = [("", "As the document says"), *named]
        self.fields["published_on"].label = "Day of the report"
        self.fields["published_on"].help_text = f"The day on which it was published, made or sent. {IF_SAID}"

    def received(self, document: UploadedDocument) -> UploadedDocument:
        """The document without what a coroner's report says about persons."""
        kind = self.kind_of(document)
        lines, name = without_names(kind or DocumentKind.HMICFRS, document.lines, document.name)
        return replace(document, lines=lines, name=name, kind=kind if kind in FROM_DEATHS else "")

    def kind_of(self, document: UploadedDocument) -> DocumentKind | None:
        """The kind stored with the document, otherwise the user's choice, otherwise what its wording identifies.
        A user who chooses the coroner may import either the report or the answer to one.
        """
        if document.kind:
            return DocumentKind(document.kind)
        chosen, said = self.data.get("source", ""), kind_of_document(document.lines)
        if chosen not in self.followed or (said or "").partition("_")[0] == chosen:
            return said
        return DocumentKind(chosen)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.read is not None:
            self._take(self.read, cleaned)
        return cleaned

    @property
    def is_answer(self) -> bool:
        """Whether it is an answer to a coroner's report rather than a report."""
        return self.report is not None and self.read is not None and self.read.kind == DocumentKind.CORONER_RESPONSE

    def _take(self, document: UploadedDocument, cleaned: dict) -> None:
        """Read the document, or add an error to its field."""
        kind = self.kind_of(document)
        field = "text" if cleaned.get("text") and not cleaned.get("document") else "document"
        if kind is None:
            self._reject_file(UNSURE if self.has_others else UNCLEAR, "source" if self.has_others else field)
            return
        self.report, self.report_kind = read_document(kind, document.lines, cleaned.get("published_on")), kind
        self.layout = likeliest_layout(kind, blocks_of(self.report))
        unlikely = "" if self.layout else why_not(kind, document.lines, self.report, can_be_marked=True)
        if why := self._not_followed(kind) or unlikely:
            self._reject_file(why, field)
        else:
            self.take_its_day(cleaned, self.report)

    def _not_followed(self, kind: DocumentKind) -> str:
        asked = kind.partition("_")[0]
        return "" if asked in self.followed else NOT_FOLLOWED.format(what=NOUNS[kind])

    def _reject_file(self, why: str, field: str) -> None:
        """Add the error, and do not keep a file that is no report for the next attempt."""
        self.add_error(field, why)
        self.data = self.data.copy()
        self.data["kept"] = ""


class ReportForm(ReadForm):
    """The check of a report: its facts, the report it belongs to, and whether it needs a response."""

    unmarked: tuple[str, ...] = (*ReadForm.unmarked, "belongs_to", "link", "respond_by", "why", "reason")

    belongs_to = forms.ModelChoiceField(
        Inspection.objects.none(), label="Belongs to", required=False, empty_label="No other report"
    )
    link = forms.ChoiceField(label="In what way", required=False, choices=[("", "Choose one"), *LinkKind.choices])
    respond_by = DayField(label="Last day, if stated", required=False)
    answer = forms.ChoiceField(
        label="Does it need a response?", choices=ResponseAnswer, widget=forms.RadioSelect, initial=ResponseAnswer.OWN
    )
    why = forms.ChoiceField(label="If it needs none, why", required=False, choices=CHOICES)
    reason = forms.CharField(label="In your words, on record", required=False, max_length=LONGEST_REASON)
    field_order: tuple[str, ...] = (
        "title",
        "kind",
        "inspectorate",
        "short_name",
        "force",
        "published_on",
    )

    def offer(self, by: User) -> None:
        chosen = as_pk(self.values.facts["belongs_to"])
        self.fields["belongs_to"].queryset = Inspection.objects.visible_to(by)
        self.fields["belongs_to"].label_from_instance = with_its_day
        self.chosen = Inspection.objects.visible_to(by).filter(pk=chosen).first() if chosen else None

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("belongs_to") and not given.get("link") and "link" not in self.errors:
            self.add_error("link", "Say how this report belongs to that one.")
        if given.get("link") and not given.get("belongs_to") and "belongs_to" not in self.errors:
            self.add_error("belongs_to", "Choose the report that it belongs to.")
        if given.get("answer") == ResponseAnswer.NONE:
            self._check_reason(given.get("why"), given.get("reason"))
        return given

    def _check_reason(self, why: str | None, reason: str | None) -> None:
        if not why and "why" not in self.errors:
            self.add_error("why", "Say why no response is needed: it is kept on record.")
        elif why == OTHER and not reason and "reason" not in self.errors:
            self.add_error("reason", "Say in your words why no response is needed.")

    def refuse(self, refusal: Refusal) -> None:
        if isinstance(refusal, ReportHere):
            self.add_error(None, report_here(refusal))
        else:
            super().refuse(refusal)

    @property
    def saved_words(self) -> str:
        """The result of saving, in words."""
        words = {
            ResponseAnswer.OWN: "its response is started",
            ResponseAnswer.SHARED: "it shares the response of the report that it belongs to",
            ResponseAnswer.NONE: "no response is needed, as its page says",
        }
        given = self.cleaned_data
        by_fire = given["kind"] == InspectionKind.FIRE
        what = "the fire authority answers it in its action plan" if by_fire else words[given["answer"]]
        return f"{super().saved_words}; {what}"

    def new_report(self) -> NewReport:
        """The form as a NewReport, to be recorded."""
        given = self.cleaned_data
        facts = self.report_facts() | {"respond_by": given["respond_by"]}
        return NewReport(
            title=given["title"],
            short_name=given["short_name"],
            kind=given["kind"],
            published_on=given["published_on"],
            inspection_facts=facts,
            belongs_to=given["belongs_to"],
            link=given["link"],
            answer=given["answer"],
            reason=reason_of(given["why"], given["reason"]),
            **self.recommendations_to_add(),
            **self.source_document(),
        )


def report_here(refusal: ReportHere) -> str:
    """The refusal, with a link to the inspection that the report became."""
    address = refusal.inspection.get_absolute_url()
    return format_html('{} <a href="{}">See the inspection</a>', refusal.message, address)
