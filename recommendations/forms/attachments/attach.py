"""The forms for attachments: several files at once, a marking, and withdrawing one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from recommendations.domain.attachments.attachments import MOST_BYTES, TOO_LARGE, size_in_words
from recommendations.enums import Marking
from recommendations.exchange.readers.sandbox import Upload
from recommendations.exchange.readers.upload_gate import ATTACHED, problem_of_attached
from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import Form, VerbForm
from recommendations.forms.site.fields import UploadField

KINDS = "Choose files or drag them here. PDF, Word, Excel, PowerPoint, text or pictures, up to 50 MB each."
MARKINGS = [("", "No marking"), *Marking.choices]


@dataclass(frozen=True)
class BroughtFile:
    """An uploaded file, and the reason why it cannot be attached, or ""."""

    file: UploadedFile
    problem: str

    @property
    def name(self) -> str:
        return self.file.name or ""


class SeveralFiles(forms.FileInput):
    """A file input for several files; browsers let users choose or drag them."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Upload]:
        return files.getlist(name) if hasattr(files, "getlist") else []

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not files


class UploadsField(UploadField):
    """Several uploaded files. Each passes the gate by itself, so that a refused one does not hold up the others."""

    def __init__(self, **kwargs: Any) -> None:
        box = SeveralFiles(attrs={"accept": ",".join(ATTACHED), "class": "app-drop"})
        super().__init__(widget=box, allow_empty_file=True, **{"help_text": KINDS} | kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[BroughtFile]:
        if not data and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [BroughtFile(each, _problem_of(each)) for each in data or ()]


def _problem_of(file: UploadedFile) -> str:
    if (file.size or 0) > MOST_BYTES:
        return TOO_LARGE.format(size=size_in_words(file.size or 0))
    return problem_of_attached(file, file.name or "")


def marking_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Marking",
        choices=MARKINGS,
        required=False,
        error_messages={"invalid_choice": "Choose a marking from the list."},
    )


class AttachForm(VerbForm):
    """Files for one record, with the marking of all of them."""

    chosen = UploadsField(label="Files", error_messages={"required": "Choose one or more files."})
    marking = marking_field()


class FilesBesideForm(Form):
    """Files in the same form as an update or an assurance. `again`: they must be chosen again after an error."""

    use_required_attribute = False
    again = False
    chosen = UploadsField(label="Files", required=False)
    marking = marking_field()


class MarkFileForm(VerbForm):
    """Change a file's marking."""

    marking = marking_field()


class WithdrawAttachmentForm(VerbForm):
    """Withdraw a file, with a reason."""

    reason = long_text("Why it is withdrawn", empty="Say why the file is withdrawn.")
