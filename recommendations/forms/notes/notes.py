"""The forms to write and to withdraw a note."""

from collections.abc import Mapping
from typing import Any

from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import VerbForm


class OfficeNoteForm(VerbForm):
    """A note on a record."""

    unmarked = ("text",)

    text = long_text("Note", empty="Enter the note.", rows=3, help_text="@ and a name tells a colleague.")

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="id_note_%s", **kwargs)
        del self.fields["version"]
        self.fields["text"].widget.attrs["data-mentions"] = "note-names"


class WithdrawNoteForm(VerbForm):
    """Withdraw a note, with a reason."""

    reason = long_text("Why it is withdrawn", empty="Say why the note is withdrawn.", rows=2)
