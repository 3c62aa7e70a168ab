"""The forms of a draft: one for each part, with the version that was read and a mark of the values shown.
A part is saved whatever it contains, as long as it fits; what is missing is listed beside it
(domain/responses/draft/completeness.py).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from recommendations.domain.responses.draft.parts import plain
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import ActionKind, Marking, RecommendationKind
from recommendations.forms.responses.answered_numbers import read_labels
from recommendations.forms.site.base import Form
from recommendations.forms.site.rendering import TOO_LONG
from recommendations.models import DraftPart
from recommendations.models.responses.drafts import CORRECTION, NARRATIVE
from recommendations.trail import digest

LONGEST, LONGEST_REASON = 200_000, 20_000
LETTERS_A_LINE, ROWS = 100, {NARRATIVE: (8, 24), CORRECTION: (2, 8)}
ACTIONS: list[tuple[str, str]] = [
    (ActionKind.TAKEN, "Taken"),
    (ActionKind.PROPOSED, "Proposed"),
    (ActionKind.NONE, "No action (say why)"),
]


def mark(values: dict) -> str:
    """A digest of a part's values, equal for equal values."""
    return digest(values)


def too_long(text: str) -> str:
    """The error message if a part's text is too long, checked before it is processed; otherwise ""."""
    return "" if len(text) <= LONGEST else TOO_LONG % {"show_value": len(text), "limit_value": LONGEST}


def _text(label: str, longest: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=longest, widget=forms.Textarea())


class PartForm(Form):
    """One part. `answers` are the keys of other parts that its comment answers too; `names` are the names of the
    others.
    After someone else saved it, `theirs` is the saved part: the input stays, and saving again overwrites on purpose.
    """

    use_required_attribute = False
    unmarked = ("text", "reason", "also", "action", "marking")
    theirs: DraftPart | None = None
    is_saved = False

    text = _text("Comment", LONGEST)
    action = forms.ChoiceField(label="Action", required=False, widget=forms.RadioSelect)
    reason = _text("Why there is no action", LONGEST_REASON)
    marking = forms.ChoiceField(label="Marking", choices=Marking, required=False)
    also = forms.CharField(label="Which others", required=False, max_length=2_000)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    ids = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        part: DraftPart,
        data: Mapping[str, Any] | None = None,
        *,
        label: str,
        answers: Iterable[str] = (),
        names: dict[str, str] | None = None,
    ) -> None:
        self.part, self.answers = part, list(answers)
        self.names = {key: name for key, name in (names or {}).items() if key != part.key}
        self.own = self._own_fields(data)
        super().__init__(data, prefix=part.key, initial=self._starts())
        self._keep_fields(label)

    def _starts(self) -> dict:
        says = {name: getattr(self.part, name) for name in ("text", "action", "reason", "marking")}
        also = ", ".join(self.names.get(key, key) for key in self.answers)
        return says | {"also": also, "ids": " ".join(self.answers)} | self._marks(self.part)

    def _marks(self, part: DraftPart) -> dict:
        values = {name: getattr(part, name) for name in self.own}
        return {"version": part.version, "shown": mark(values | {"also": sorted(self.answers)})}

    def _own_fields(self, data: Mapping[str, Any] | None) -> tuple[str, ...]:
        """The editable fields: a part answered with another has no comment field, unless a comment was submitted."""
        if self.part.recommendation_id is None:
            return ("text", "marking")
        with_another = self.part.with_part and f"{self.part.key}-text" not in (data or ())
        return ("action", "reason", "marking") if with_another else ("text", "action", "reason", "marking")

    def _keep_fields(self, label: str) -> None:
        for name in {"text", "action", "reason"} - {*self.own}:
            del self.fields[name]
        if "action" in self.own:
            self.fields["action"].choices = self._actions()
        if "text" in self.own:
            self.fields["text"].label = label
            self.fields["text"].widget.attrs |= {"rows": self._rows(), "data-markdown": "", "placeholder": " "}
        if "reason" in self.own:
            self.fields["reason"].widget.attrs |= {"rows": 2, "placeholder": " "}
        if "text" not in self.own or not self.names:
            del self.fields["also"], self.fields["ids"]

    def _actions(self) -> list[tuple[str, str]]:
        """Recommendations need an answer by law, other findings may have none; a part answered with another can
        follow it."""
        if "text" not in self.own:
            return [("", "As that one"), *ACTIONS]
        assert self.part.recommendation  # a part with actions answers one
        is_asked = self.part.recommendation.kind == RecommendationKind.RECOMMENDATION
        return ACTIONS if is_asked else [("", "Not answered"), *ACTIONS]

    def _rows(self) -> int:
        """The rows that the text needs, within limits. The browser grows the field while typing, if it can."""
        least, most = ROWS.get(self.part.name, (4, 16))
        said = self.part.text
        return min(most, max(least, len(said) // LETTERS_A_LINE + said.count("\n") + 1))

    def clean_also(self) -> str:
        """Return the input as typed; its keys are in `also_keys`."""
        typed = self.cleaned_data["also"]
        self.also_keys = read_labels(typed, self.names)
        return typed

    @property
    def fits(self) -> bool:
        """Whether it can be saved: nothing is too long."""
        return not {*self.errors} & {*self.own}

    @property
    def says(self) -> dict:
        """The input, as it would be stored. A field that was not submitted keeps its value."""
        sent: dict[str, Any] = {name: self.data.get(self.add_prefix(name)) for name in self.own}
        return {name: plain(getattr(self.part, name) if sent[name] is None else sent[name]) for name in self.own}

    @property
    def values(self) -> dict:
        """The values to save: a part with its own text is no longer answered with another."""
        return self.says | ({"with_part": None} if self.says.get("text") else {})

    @property
    def shown_ids(self) -> list[str]:
        return self.data.get(self.add_prefix("ids"), "").split()

    @property
    def typed_ids(self) -> list[str]:
        """The keys that the comment should answer too; those shown if the input is invalid or missing."""
        if "also" not in self.fields or "also" in self.errors or self.add_prefix("also") not in self.data:
            return self.shown_ids
        return self.also_keys

    @property
    def is_changed(self) -> bool:
        """Whether the user changed anything in this part."""
        return mark(self.says | {"also": sorted(self.typed_ids)}) != self.data.get(self.add_prefix("shown"))

    @property
    def read_version(self) -> int:
        """The version that the user saw; -1, always stale, if the form lost it."""
        version = self.data.get(self.add_prefix("version"), "")
        return int(version) if version.isdecimal() and len(version) < 10 else -1

    def agrees_with(self, part: DraftPart) -> bool:
        """Whether a part has the same values as the input."""
        return self.says == {name: getattr(part, name) for name in self.own}

    def set_against(self, part: DraftPart, answers: Iterable[str] | None = None) -> None:
        """Treat the current part as the one that was shown: the input stays, and is compared with that."""
        self.answers = self.answers if answers is None else list(answers)
        marks = self._marks(part) | {"ids": " ".join(self.answers)}
        self.data = self.data.copy()
        for name, value in marks.items():
            self.data[self.add_prefix(name)] = str(value)

    def refuse(self, refusal: Refusal) -> None:
        """Add the refusal as an error of its field."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)
