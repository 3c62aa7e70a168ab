"""The forms of a spreadsheet import: the file and its force, the import itself, and undoing it."""

import hashlib
from typing import Any

from django import forms

from recommendations.exchange.imports.around_tables import read_register
from recommendations.exchange.imports.spreadsheet import Unreadable
from recommendations.exchange.readers.workbook import Workbook
from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import Form, VerbForm
from recommendations.forms.site.fields import UploadField
from recommendations.models import Force, User

ACCEPT = ".xlsx,.csv"
MOST_BYTES = 8 * 1024 * 1024
NO_FILE = "Choose the spreadsheet: an .xlsx or .csv file."
EACH_SAYS = "Each sheet, or a column in it, says which"


class ChooseSheetForm(Form):
    """Once the form is valid, `workbook` is what was read and `sha256` identifies the file."""

    use_required_attribute = False
    unmarked = ("document", "force")

    document = UploadField(
        label="Spreadsheet",
        required=False,
        allow_empty_file=True,
        help_text="An .xlsx or .csv file of up to 8 MB, with the columns as your office keeps them.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    force = forms.ModelChoiceField(
        Force.objects.none(), label="Force", required=False, empty_label=EACH_SAYS, to_field_name="slug"
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workbook: Workbook | None = None
        self.sha256 = ""
        self.fields["force"].queryset = Force.objects.visible_to(by)

    def clean_document(self) -> Any:
        file = self.cleaned_data.get("document")
        if file is None:
            raise forms.ValidationError(NO_FILE)
        if file.size > MOST_BYTES:
            raise forms.ValidationError("This file is larger than 8 MB. Save the register alone as a new spreadsheet.")
        content = file.read()
        self.sha256 = hashlib.sha256(content).hexdigest()
        try:
            self.workbook = read_register(content, file.name)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None
        return file


class BringInForm(VerbForm):
    """The import: `fingerprint` is that of the plan shown on the page."""

    fingerprint = forms.CharField(required=False, widget=forms.HiddenInput)

    def showing(self, fingerprint: str) -> "BringInForm":
        """The form for the plan shown now, instead of the submitted one."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data["fingerprint"] = fingerprint
        self.initial["fingerprint"] = fingerprint
        return self


class UndoSheetForm(VerbForm):
    reason = long_text("Why it is undone", empty="Say why this import is undone.")
