"""The form that imports a document: pasted or as a file, with its force, and the dates of report and response."""

import datetime
from dataclasses import replace
from typing import Any

from django import forms

from recommendations.exchange.documents_in.lines import MAX_BYTES, Unreadable, lines_of_text, read_lines
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.responses.several import responses_in
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.exchange.documents_in.sources.kinds import kind_of_document
from recommendations.exchange.documents_in.sources.reading import FROM_DEATHS
from recommendations.forms.documents_in.document import UploadedDocument
from recommendations.forms.site.base import Form
from recommendations.forms.site.fields import DayField, UploadField
from recommendations.models import Force, Inspection, User
from recommendations.periods import say

ACCEPT = ".txt,.docx,.pdf,.html,.htm"
ALL = "all"
IF_SAID = "Leave it empty if the document says it."
SEVERAL = (
    "This document has {count} responses. Choose the one whose days you give below. "
    "Then add the document again for the others."
)
OF_A_DEATH = (
    "This reads as a coroner’s report or an answer to one, which name people. It is no response that your office "
    "published. Add it under “Add a report”."
)
BOTH = "You pasted text and chose a file. Empty the box to use the file, or keep the text: the file is ignored."


class DocumentForm(Form):
    """After validation `read` is the document. A file, once read, is carried along in `kept`, whatever else is
    invalid.
    """

    use_required_attribute = False
    unmarked: tuple[str, ...] = ("document", "text")
    nothing_given = "Paste the text, or choose a file."

    document = UploadField(
        label="File",
        required=False,
        allow_empty_file=True,
        help_text="A .txt, .docx, .pdf or .html file of up to 10 MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    text = forms.CharField(
        label="Or paste the text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    force = forms.ModelChoiceField(
        Force.objects.none(),
        label="Force",
        error_messages={"required": "Choose the force whose register it goes into."},
    )
    published_on = DayField(
        past=True,
        label="Report published",
        help_text=f"The day on which HMICFRS published the report. {IF_SAID}",
        required=False,
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: User, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.read: UploadedDocument | None = None
        self.typed_day: datetime.date | None = None  # the report's, if it was not left to the document
        forces = Force.objects.visible_to(by)
        self.fields["force"].queryset = forces
        self.fields["force"].empty_label = "Choose one"
        if len(forces) == 1:
            self.initial.setdefault("force", forces[0].pk)

    @property
    def kept_document(self) -> UploadedDocument | None:
        """A file read earlier, when the form had another error."""
        return UploadedDocument.unpack(self.data.get("kept", "")) if self.is_bound else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "document" not in self.errors:
            self._read(cleaned.get("document"), cleaned.get("text") or "")
        check_days(self, cleaned.get("published_on"), cleaned.get("responded_on"), self.on)
        return cleaned

    def received(self, document: UploadedDocument) -> UploadedDocument:
        """The document as it may be processed further."""
        return document

    def take_its_day(self, cleaned: dict, read: ReadResponse) -> None:
        """Take the report's day from the document, if none was typed. Where neither says it, the check asks."""
        self.typed_day = cleaned.get("published_on")
        if self.typed_day or "published_on" in self.errors:
            return
        cleaned["published_on"] = read.published_on
        check_days(self, read.published_on, cleaned.get("responded_on"), self.on)

    def _read(self, file: Any, text: str) -> None:
        """Read a new file, otherwise the pasted text, otherwise take the earlier file."""
        try:
            if file is not None:
                read = UploadedDocument(file.name, tuple(read_lines(file.read(MAX_BYTES + 1), file.name)))
                self.read = self.received(read)
            elif text.strip():
                self.read = self.received(UploadedDocument("", tuple(lines_of_text(text))))
            else:
                self.read = self.kept_document
        except Unreadable as error:
            self.add_error("document" if file is not None else "text", str(error))
            return
        if self.read is None:
            self.add_error("document", self.nothing_given)
        elif file is not None:
            self.data = self.data.copy()
            self.data["kept"] = self.read.pack()
            if text.strip():
                self.add_error("text", BOTH)


class ChooseForm(DocumentForm):
    """A published response. `inspection` comes from the link that led here; `part` says which of several
    responses in a document to import, once it is known to contain several."""

    nothing_given = "Paste the response, or choose a file."
    responded_on = DayField(
        past=True,
        label="Response published",
        help_text="The day on which the policing body published the response. You can enter it when you check.",
        required=False,
    )
    inspection = forms.ModelChoiceField(Inspection.objects.none(), required=False, widget=forms.HiddenInput)
    part = forms.CharField(label="Response", required=False, widget=forms.RadioSelect)
    unmarked = ("document", "text", "part")
    field_order = ("document", "text", "part", "force", "published_on", "responded_on")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.response: ReadResponse | None = None
        self.fields["text"].help_text = "The whole response, footnotes too."
        self.fields["inspection"].queryset = Inspection.objects.visible_to(by)

    @property
    def has_several(self) -> bool:
        """Whether the document was found to contain several responses."""
        return bool(self.fields["part"].widget.choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.read is not None and kind_of_document(self.read.lines) in FROM_DEATHS:
            self.add_error("text" if cleaned.get("text") and not cleaned.get("document") else "document", OF_A_DEATH)
            self.data = self.data.copy()
            self.data["kept"] = ""
        elif self.read is not None:
            self._take_part(self.read, "" if cleaned.get("document") else cleaned.get("part", ""))
            self._take_day_of_report(self.read, cleaned)
        return cleaned

    def _take_day_of_report(self, read: UploadedDocument, cleaned: dict) -> None:
        """The day of the inspection that waits for this response, else as the document says."""
        if cleaned.get("inspection") and not cleaned.get("published_on"):
            cleaned["published_on"] = cleaned["inspection"].published_on
        self.response = read_response(read.lines, published_on=cleaned.get("published_on"))
        if not self.has_several or "part" not in self.errors:
            self.take_its_day(cleaned, self.response)

    def _take_part(self, read: UploadedDocument, chosen: str) -> None:
        """Of several responses, take the chosen one, or all as one. `kept` holds the whole document."""
        parts = responses_in(read.lines)
        if len(parts) < 2:
            return
        numbered = {str(place): part for place, part in enumerate(parts, start=1)}
        choices = [(place, part.title or f"Response {place}") for place, part in numbered.items()]
        self.fields["part"].widget.choices = [*choices, (ALL, "All of it, as one response")]
        if chosen in numbered:
            name = f"{read.source} ({chosen} of {len(parts)})"
            self.read = replace(read, name=name, lines=numbered[chosen].lines)
        elif chosen != ALL:
            self.add_error("part", SEVERAL.format(count=len(parts)))


def check_days(
    form: Form,
    published_on: datetime.date | None,
    responded_on: datetime.date | None,
    today: datetime.date,
) -> None:
    """Add errors to impossible dates: in the future, or a response before its report."""
    for name, day in (("published_on", published_on), ("responded_on", responded_on)):
        if day and day > today:
            form.add_error(name, f"{say(day)} is in the future. Enter today or an earlier day.")
    if published_on and responded_on and responded_on < published_on:
        form.add_error("responded_on", f"{say(responded_on)} is before the report was published, {say(published_on)}.")
