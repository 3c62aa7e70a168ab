"""The forms for a chief officer's comments: the invitation and its day, the comments, and copies of the response.
Fields are named after the verbs' arguments.
"""

import datetime
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from recommendations.domain.responses.chief_officers.invitations import leads_of
from recommendations.exchange.documents_in.lines import ACCEPTED, MAX_BYTES, REFUSED, Unreadable, read_lines
from recommendations.exchange.documents_in.plain_words import left_out_texts, words_of
from recommendations.exchange.readers.errors import MAX_CHARACTERS, MAX_PAGES, NO_TEXT
from recommendations.exchange.readers.sandbox import Upload
from recommendations.forms.register.base import long_text, short_text
from recommendations.forms.site.base import OfRecord, VerbForm
from recommendations.forms.site.fields import DayField, UploadField
from recommendations.models import FileDraft, Force, Invitation, User
from recommendations.periods import say

READ_AGAIN = "Someone else changed this invitation after you opened the page. It is shown above as it is now."
MAIL, OWN, LATER = "mail", "own", "later"
WAYS = [
    (MAIL, "By email from Oversight, with the letter"),
    (OWN, "The office sends it, or has sent it"),
    (LATER, "It is not sent yet: prepare the letter only"),
]
READ, LET_GO = "read", "let_go"
KINDS = (".txt", ".docx", ".pdf")
CHOOSE = "Choose a .txt, .docx or .pdf file, or paste the text."
OTHER_KIND = f"This kind of file cannot be read. {CHOOSE}"
NO_FILE = "Choose the file: .txt, .docx or .pdf."
NOTHING = "Enter the comments, or choose a file."
A_SCAN = "{name} has no text in it: it may be a scan. Type its words here; the file is kept with them."
LOST = "The file was not received. Choose it again, or record the words without it."
BOTH = (
    "There are words in this box, and a file was read. Empty the box to use the file’s words. "
    "Or leave yours: they are recorded, and the file is kept beside them."
)


class InviteForm(VerbForm):
    """Invite a chief officer to comment by a given day: emailed from here, sent by the office itself, or not sent yet.
    Only the fields of the chosen way count.
    """

    unmarked = ("mailed_to", "sent_on", "sent_to")

    due_on = DayField(label="Comments by", error_messages={"required": "Enter the day by which you ask for comments."})
    way = forms.ChoiceField(
        label="How the invitation is sent",
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the invitation is sent."},
    )
    mailed_to = forms.ModelChoiceField(
        User.objects.none(),
        label="To",
        required=False,
        empty_label=None,
        help_text="An inspection lead of the force. The others see the invitation in Oversight.",
    )
    sent_on = DayField(label="Sent on", required=False)
    sent_to = forms.CharField(label="To whom", required=False, max_length=200)
    sent_how = short_text("How", help_text="By email, by post, by hand.")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        last_day: datetime.date | None,
        force: Force,
        on: datetime.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, initial={"sent_on": on, "sent_to": addressee_of(force)}, **kwargs)
        leads = self.fields["mailed_to"].queryset = leads_of(force)
        if not leads:
            del self.fields["mailed_to"]
            self.fields["way"].choices = [way for way in WAYS if way[0] != MAIL]
        last = f"The response is due by {say(last_day)}: leave" if last_day else "Leave"
        self.fields["due_on"].help_text = f"The office sets this day. {last} time to reply and approve."

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        way = given.get("way")
        if way == MAIL and not given.get("mailed_to") and "mailed_to" not in self.errors:
            self.add_error("mailed_to", "Choose to whom it is sent.")
        if way == OWN:
            self._require("sent_on", "Enter the day on which it was sent.")
            self._require("sent_to", "Enter to whom it was sent.")
        return given

    def _require(self, name: str, message: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)

    def verb_fields(self) -> dict:
        given = super().verb_fields()
        names = {MAIL: ("mailed_to",), OWN: ("sent_on", "sent_to", "sent_how")}.get(given.pop("way"), ())
        return {"due_on": given["due_on"]} | {name: given[name] for name in names}


def addressee_of(force: Force) -> str:
    """The chief officer, as a letter is addressed."""
    whom = ", ".join(filter(None, (force.chief_officer, f"{force.chief_officer_title} of {force}")))
    return whom[:200]


class OfInvitation(OfRecord):
    """A form for a verb of an existing invitation."""

    read_again = READ_AGAIN

    def __init__(self, data: Mapping[str, Any] | None = None, *, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(data, record=invitation, **kwargs)


class SentForm(OfInvitation):
    """Record that the invitation was sent: when, to whom, how."""

    sent_on = DayField(past=True, label="Sent on", error_messages={"required": "Enter the day on which it was sent."})
    sent_to = forms.CharField(
        label="To whom", max_length=200, error_messages={"required": "Enter to whom it was sent."}
    )
    sent_how = short_text("How", help_text="By email, by post, by hand.")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, invitation: Invitation, on: datetime.date, **kwargs: Any
    ) -> None:
        starts = {"sent_on": on, "sent_to": addressee_of(invitation.force)}
        super().__init__(data, invitation=invitation, initial=starts, **kwargs)


class MoveDayForm(OfInvitation):
    """Move the day by which comments are requested."""

    due_on = DayField(
        label="Comments by", error_messages={"required": "Enter the day by which you ask for comments now."}
    )
    reason = long_text("Why the day moves", empty="Say why the day moves.", rows=2)


class RecordCommentsForm(VerbForm):
    """A chief officer's comments: typed, or read from a file and shown before anything is recorded.
    `kept` is the file submitted before, found by the token in `upload`. After validation `read` is a new file with its
    text, which the view stores; `is_to_check` means that the field contains text from a file that no one has seen yet,
    and `left_out` are the headers and footers of its pages.
    """

    document = UploadField(
        label="The file that they came in",
        required=False,
        allow_empty_file=True,
        help_text=f"A .txt, .docx or .pdf file of up to 10 MB and {MAX_PAGES} pages. It is kept as it is.",
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
    )
    text = forms.CharField(
        label="The comments, word for word",
        required=False,
        strip=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    signed_by = forms.CharField(
        label="Signed by", max_length=120, error_messages={"required": "Enter who signed the comments."}
    )
    signed_as = forms.CharField(
        label="Rank or title",
        max_length=120,
        error_messages={"required": "Enter the rank or title of whoever signed."},
    )
    dated_on = DayField(
        past=True, label="Dated", error_messages={"required": "Enter the day that the comments are dated."}
    )
    upload = forms.CharField(required=False, widget=forms.HiddenInput)
    unmarked = ("document", "text")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Upload] | None = None,
        *,
        force: Force,
        file_draft: FileDraft | None = None,
        **kwargs: Any,
    ) -> None:
        begins = {"signed_by": force.chief_officer, "signed_as": force.chief_officer_title}
        super().__init__(data, files, initial=begins, **kwargs)
        self.kept = file_draft
        self.read: tuple[str, bytes, str] | None = None
        self.is_to_check = False
        self.left_out: list[str] = []

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.data.get("do") == LET_GO:
            self._forget_others()
            return given
        text = self.data.get("text", "")
        file = given.get("document")
        try:
            if "document" in self.errors:
                self._forget_others()
            elif file is not None:
                self._take(file, text)
            elif self.data.get("do") == READ:
                self.add_error("document", NO_FILE)
            else:
                self._check_words(text)
        except Unreadable as error:
            self.add_error("document", str(error).replace(ACCEPTED, CHOOSE))
        if self.data.get("do") == READ or self.is_to_check:
            self._forget_others()
        return given

    def _check_words(self, text: str) -> None:
        """Check the typed text; if the field was emptied, fill it again from the stored file."""
        if self.data.get("upload") and self.kept is None:
            self.add_error("document", LOST)
            self.keep(None)
        elif not text.strip() and self.kept:
            self._fill(self.kept.text, self.kept.name)
        elif not text.strip() and "text" not in self.errors:
            self.add_error("text", NOTHING)

    def _take(self, file: Any, text: str) -> None:
        """Read a new file. Its text fills the field, unless someone typed another text there."""
        suffix = PurePath(file.name.lower()).suffix
        if suffix not in KINDS and suffix not in REFUSED:
            raise Unreadable(OTHER_KIND)
        content = file.read(MAX_BYTES + 1)
        words = self._words_in(content, file.name)
        self.read = (file.name, content, words)
        if not text.strip() or (self.kept and _same(text, self.kept.text)):
            self._fill(words, file.name)
        elif words:
            self.add_error("text", BOTH)

    def _words_in(self, content: bytes, name: str) -> str:
        """The text of a file, "" for a scanned letter. Raises Unreadable for other files that cannot be read."""
        try:
            lines = read_lines(content, name)
        except Unreadable as error:
            if str(error) != NO_TEXT:
                raise
            return ""
        self.left_out = left_out_texts(lines)
        return words_of(lines)

    def _fill(self, words: str, name: str) -> None:
        """Put a file's text into the field, to be checked by the user."""
        if not words:
            self.add_error("text", A_SCAN.format(name=name))
            return
        self.is_to_check = True
        self.data = self.data.copy()
        self.data["text"] = words

    def _forget_others(self) -> None:
        """Drop the errors of the other fields while a file is being read."""
        for name in ("signed_by", "signed_as", "dated_on"):
            self.errors.pop(name, None)

    def keep(self, draft: FileDraft | None) -> None:
        """Set the stored file that the form continues with, or None if it was discarded."""
        self.kept = draft
        self.data = self.data.copy()
        self.data["upload"] = draft.token if draft else ""

    def verb_fields(self) -> dict:
        """The text, with the file that it came in."""
        given = {name: value for name, value in super().verb_fields().items() if name not in ("document", "upload")}
        file = {"source_name": self.kept.name, "content": bytes(self.kept.content)} if self.kept else {}
        return given | file


def _same(one: str, other: str) -> bool:
    """Whether two texts have the same words."""
    return one.split() == other.split()


class WithdrawCommentsForm(VerbForm):
    """Withdraw comments that were recorded by mistake, with a reason."""

    reason = long_text("Why they are withdrawn", empty="Say why they are withdrawn.")


class CopySentForm(VerbForm):
    """Record that a copy of the published response was sent: when and how."""

    sent_on = DayField(past=True, label="Sent on", error_messages={"required": "Enter the day on which it was sent."})
    sent_how = short_text("How", help_text="By email, by post.")

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"sent_on": on}, **kwargs)
