"""The forms for evidence: linking a source, and withdrawing a link."""

from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.evidence.choices import sources_for
from recommendations.domain.evidence.evidence import Subject
from recommendations.forms.register.base import long_text, short_text
from recommendations.forms.site.base import VerbForm
from recommendations.models import Commitment
from recommendations.sections import Section

MUST_NOT_SAY = "Nothing about anyone who is discussed at a panel or detained."


class PointForm(VerbForm):
    """Link a source as evidence for a subject; for a commitment, also as its measure."""

    source = forms.ChoiceField(
        label="What shows it",
        error_messages={"required": "Choose what shows it.", "invalid_choice": "Choose one from the list."},
    )
    measure = forms.BooleanField(
        label="This is the measure of the commitment",
        required=False,
        help_text="Scrutiny reports then print its figure for their period. Attendance at Channel panels only.",
    )
    note = short_text("What it shows", 300, help_text=MUST_NOT_SAY)

    def __init__(self, data: Mapping[str, Any] | None = None, *, subject: Subject, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        groups = sources_for(subject)
        self.sources = {key: source for offered in groups.values() for key, _, source in offered}
        named = [(name, [(key, words) for key, words, _ in offered]) for name, offered in groups.items()]
        self.fields["source"].choices = [("", "Choose"), *named]
        if not isinstance(subject, Commitment) or not Section.PANELS.is_on:
            del self.fields["measure"]

    def verb_fields(self) -> dict:
        given = super().verb_fields()
        return given | {"source": self.sources[given["source"]]}


class WithdrawEvidenceForm(VerbForm):
    """Withdraw the link, with a reason."""

    reason = long_text("Why it is withdrawn", empty="Say why this is withdrawn.")
