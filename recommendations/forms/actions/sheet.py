"""The form that reads actions from pasted cells or a file, and the one that takes them back."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.actions.sheets import ActionSheetLine
from recommendations.enums.actions import ActionVoice
from recommendations.exchange.actions.sheet import cells_as_text, read_lines
from recommendations.exchange.imports.spreadsheet import Unreadable, read_workbook
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import UploadField
from recommendations.models import User

MOST_BYTES = 8 * 1024 * 1024


class ActionSheetForm(VerbForm):
    """`lines` are the rows that were read on `on` (a London day), once the form is valid.

    The cells of a file replace what was pasted.
    """

    unmarked = ("document", "cells")

    voice = forms.ChoiceField(label="Whose actions", choices=ActionVoice, initial=ActionVoice.FORCE)
    cells = forms.CharField(
        label="Cells from your spreadsheet",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "app-cells"}),
        help_text="Columns: recommendation, action, who, by, and if you have them how it stands and what it waits for. "
        "Headings of your own are known too. A row without a recommendation is of the one above.",
    )
    document = UploadField(
        label="Or the spreadsheet itself",
        required=False,
        help_text="An .xlsx or .csv file. Its first table is read.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        by: User,
        on: datetime.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.on = on
        self.lines: list[ActionSheetLine] = []
        if by.force_id:
            del self.fields["voice"]

    @property
    def voice_chosen(self) -> str:
        return self.cleaned_data.get("voice") or ActionVoice.FORCE

    def clean_document(self) -> Any:
        file = self.cleaned_data.get("document")
        if file is None:
            return None
        if file.size > MOST_BYTES:
            raise forms.ValidationError("This file is larger than 8 MB. Save the sheet alone as a new file.")
        try:
            text = cells_as_text(read_workbook(file.read(), file.name))
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None
        self.data = self.data.copy()
        self.data["cells"] = text
        self.cleaned_data["cells"] = text
        return file

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.errors:
            return values
        if not values.get("cells", "").strip():
            self.add_error("cells", "Paste the cells, or choose a file.")
            return values
        try:
            self.lines = read_lines(values["cells"], self.on)
        except Unreadable as error:
            self.add_error("cells", str(error))
        return values


class UndoActionSheetForm(VerbForm):
    """The confirmation that a sheet's actions are taken back."""

    def verb_fields(self) -> dict[str, Any]:
        return {"reason": "The sheet that they came from was taken back."}
