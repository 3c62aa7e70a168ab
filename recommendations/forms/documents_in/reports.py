"""The forms that take the inspectorate's report in: the document, and the check of what was read of it."""

from django import forms
from django.utils.html import format_html

from recommendations.domain.responses.reports import NewReport, ReportHere
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import LinkKind, ResponseAnswer
from recommendations.exchange.documents_in.reports.reading import not_a_report, read_report
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.forms.documents_in.check import ReadForm, as_pk
from recommendations.forms.documents_in.upload import DocumentForm
from recommendations.forms.inspections.inspections import with_its_day
from recommendations.forms.responses.no_response import CHOICES, LONGEST_REASON, OTHER, reason_of
from recommendations.forms.site.fields import DayField
from recommendations.models import Inspection


class ChooseReportForm(DocumentForm):
    """For a report. `report` is what was read of it, once the form is valid: a document that is none says so."""

    nothing_given = "Paste the report, or choose a file."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.report: ReadResponse | None = None
        self.fields["document"].help_text = "The page as your browser saves it (.html), or a .pdf, .docx or .txt file."
        self.fields["text"].help_text = "The whole report: what it asks is found in it."

    def clean(self):
        cleaned = super().clean()
        if self.read is not None:
            self.report = read_report(self.read.lines, published_on=cleaned.get("published_on"))
            if why := not_a_report(self.read.lines, self.report):
                self._let_go(why, "text" if cleaned.get("text") and not cleaned.get("document") else "document")
        return cleaned

    def _let_go(self, why: str, field: str) -> None:
        """A file that is no report is not kept for the next try."""
        self.add_error(field, why)
        self.data = self.data.copy()
        self.data["kept"] = ""


class ReportForm(ReadForm):
    """The check of a report: its facts, what it belongs to, and what becomes of its response."""

    unmarked = (*ReadForm.unmarked, "belongs_to", "link", "respond_by", "why", "reason")

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
    field_order = ("title", "kind", "inspectorate", "short_name", "force", "published_on", "published_read")

    def offer(self, by) -> None:
        chosen = as_pk(self.draft.facts["belongs_to"])
        self.fields["belongs_to"].queryset = Inspection.objects.visible_to(by)
        self.fields["belongs_to"].label_from_instance = with_its_day
        self.chosen = Inspection.objects.visible_to(by).filter(pk=chosen).first() if chosen else None

    def clean(self):
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
        """What saving did, in words."""
        words = {
            ResponseAnswer.OWN: "its response is started",
            ResponseAnswer.SHARED: "it shares the response of the report that it belongs to",
            ResponseAnswer.NONE: "no response is needed, as its page says",
        }
        return f"{super().saved_words}; {words[self.cleaned_data['answer']]}"

    def new_report(self) -> NewReport:
        """What is recorded: everything as it stands in the form."""
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
            **self.asked(),
            **self.source(),
        )


def report_here(refusal: ReportHere) -> str:
    """The refusal with a link to what the report became."""
    address = refusal.inspection.get_absolute_url()
    return format_html('{} <a href="{}">See the inspection</a>', refusal.message, address)
