"""Uploading a round's spreadsheet: the file, and the confirmation with the rows that replace newer drafts."""

import hashlib
from typing import Any

from django import forms

from recommendations.domain.rounds.force_rows import WorkLine
from recommendations.domain.rounds.sheets import HEADINGS, RowIn, round_of
from recommendations.exchange.imports.spreadsheet import Unreadable, read_workbook
from recommendations.exchange.readers.workbook import Workbook
from recommendations.exchange.rounds.sheet_import import read_round_sheet
from recommendations.forms.rounds.answers import WHICH, is_unchanged, problems_of
from recommendations.forms.site.base import Form, VerbForm
from recommendations.forms.site.fields import UploadField
from recommendations.models import UpdateRound, User

NO_FILE = "Choose the sheet: an .xlsx or .csv file."
MOST_BYTES = 8 * 1024 * 1024
BOTH = "It says yes, and there is a text under “What was done since”. Empty one of them."
SAME_ROW = (
    "It is the answer that was returned with a question. "
    "Answer the question here, or release it in Oversight and say why."
)
MOST_ROWS = 2_000


def sheet_problems(work: WorkLine, values: dict) -> list[str]:
    """The errors of a row's values, each with its column."""
    found = problems_of(work.line, values)
    if not found and is_unchanged(work, values):
        found["done"] = SAME_ROW
    return [f"{HEADINGS[name]}: {BOTH if words == WHICH else words}" for name, words in found.items()]


class ChooseRoundSheetForm(Form):
    """`workbook` and `sha256` of the file, once the form is valid."""

    use_required_attribute = False
    unmarked = ("document",)

    document = UploadField(
        label="The sheet, filled in",
        required=False,
        allow_empty_file=True,
        help_text="An .xlsx or .csv file. Rows may be sorted, left out or added; each is found by its reference.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, round: UpdateRound, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round, self.by = round, by
        self.workbook: Workbook | None = None
        self.sha256 = ""

    def clean_document(self) -> Any:
        file = self.cleaned_data.get("document")
        if file is None:
            raise forms.ValidationError(NO_FILE)
        if file.size > MOST_BYTES:
            raise forms.ValidationError("This file is larger than 8 MB. Save the sheet alone as a new file.")
        data = file.read()
        try:
            workbook = self.workbook = read_workbook(data, file.name)
            self._check(read_round_sheet(workbook))
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None
        self.sha256 = hashlib.sha256(data).hexdigest()
        return file

    def _check(self, rows: list[RowIn]) -> None:
        if len(rows) > MOST_ROWS:
            raise forms.ValidationError(f"This sheet has {len(rows):,} rows, and {MOST_ROWS:,} can be read.")
        other = round_of(rows)
        if other is None or other == self.round.pk:
            return
        found = UpdateRound.objects.visible_to(self.by).filter(pk=other).first()
        named = f"another round: {found}" if found else "another round"
        raise forms.ValidationError(f"This is the sheet of {named}. Bring in the one that was downloaded from here.")


class RoundSheetForm(VerbForm):
    """The confirmation. `plan` is the fingerprint of what was shown; `use` the lines whose newer draft is to be
    replaced."""

    plan = forms.CharField(required=False, widget=forms.HiddenInput)
    use = forms.TypedMultipleChoiceField(required=False, coerce=int, choices=())

    def __init__(self, *args: Any, lines: list[Any | int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["use"].choices = [(pk, pk) for pk in lines]

    def showing(self, plan: str) -> "RoundSheetForm":
        """The form for the plan shown now, instead of the submitted one."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data["plan"] = plan
        self.initial["plan"] = plan
        return self
