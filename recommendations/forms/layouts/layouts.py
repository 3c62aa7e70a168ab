"""The forms for layouts: a file of them, with a preview before they are added, and the buttons of one layout."""

import datetime
from typing import Any

from django import forms
from django.core import signing

from recommendations.domain.layouts.layouts import NewLayout
from recommendations.exchange.documents_in.marking.layout_files import MOST_BYTES, TOO_LARGE, WrongLayoutFile
from recommendations.exchange.imports.layout_files import read_layout_file
from recommendations.forms.site.base import OfRecord, VerbForm
from recommendations.forms.site.fields import UploadField

SALT = "layouts"
NO_FILE = "Choose the file of layouts, which ends in .json."
LOST = "Choose the file again: it did not arrive whole."


class ImportLayoutsForm(VerbForm):
    """A file of layouts. Once it was read it is carried in `kept`, and `layouts` are what it holds."""

    unmarked = ("document",)

    document = UploadField(
        label="File of layouts",
        required=False,
        allow_empty_file=True,
        help_text="A .json file of up to 2 MB, as “Export” makes them.",
        widget=forms.FileInput(attrs={"accept": ".json"}),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    layouts: tuple[NewLayout, ...] = ()
    file_name = ""

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        file = values.get("document")
        if self.errors:
            return values
        try:
            if file is not None:
                self._read(file.read(MOST_BYTES + 1), file.name)
            elif values.get("kept"):
                name, text = signing.loads(values["kept"], salt=SALT)
                self._read(text.encode(), name)
            else:
                self.add_error("document", NO_FILE)
        except WrongLayoutFile as error:
            self.add_error("document", str(error))
        except signing.BadSignature:
            self.add_error("document", LOST)
        return values

    def _read(self, content: bytes, name: str) -> None:
        if len(content) > MOST_BYTES:
            raise WrongLayoutFile(TOO_LARGE)
        self.layouts = tuple(read_layout_file(content, self.today))
        self.file_name = name[:200]
        self.data = self.data.copy()
        self.data["kept"] = signing.dumps([name[:200], content.decode("utf-8-sig")], salt=SALT, compress=True)


class LayoutActForm(OfRecord):
    """Retires a layout, or uses it again."""

    read_again = "Someone else changed this layout. Look at it again, then decide."
