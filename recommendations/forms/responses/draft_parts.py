"""What is typed into a draft: each part by itself, with the version that was read and a mark of what was shown.

A part is saved whatever it says, as long as it fits; what is missing is named beside it
(domain/responses/draft/completeness.py).
"""

from django import forms

from recommendations.domain.responses.draft.parts import plain
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import ActionKind, Marking, RecommendationKind
from recommendations.forms.documents_in.answered_numbers import read_labels
from recommendations.models import DraftPart
from recommendations.models.drafts import CORRECTION, NARRATIVE
from recommendations.trail import digest

LONGEST, LONGEST_REASON = 200_000, 20_000
LETTERS_A_LINE, ROWS = 100, {NARRATIVE: (8, 24), CORRECTION: (2, 8)}
ACTIONS = [(ActionKind.TAKEN, "Taken"), (ActionKind.PROPOSED, "Proposed"), (ActionKind.NONE, "No action (say why)")]


def mark(values: dict) -> str:
    """The mark of what a part's form says: equal for equal words."""
    return digest(values)


def too_long(text: str) -> str:
    """What is wrong with the length of a part's text, before anything is made of it; empty where it fits."""
    return "" if len(text) <= LONGEST else f"This is too long: {len(text):,} characters, and {LONGEST:,} fit."


def _text(label: str, longest: int) -> forms.CharField:
    words = f"This is too long: %(show_value)s characters, and {longest:,} fit."
    field = forms.CharField(label=label, required=False, max_length=longest, error_messages={"max_length": words})
    field.widget = forms.Textarea()
    return field


class PartForm(forms.Form):
    """One part. `answers` are the keys of those that its comment answers too, and `names` how people name the others.

    After somebody else saved it, `theirs` is the part as it is now: what was typed stays, and saving is a decision.
    """

    use_required_attribute = False
    unmarked = ("text", "reason", "also", "action", "marking")
    theirs, is_saved = None, False

    text = _text("Comment", LONGEST)
    action = forms.ChoiceField(label="Action", required=False, widget=forms.RadioSelect)
    reason = _text("Why there is no action", LONGEST_REASON)
    marking = forms.ChoiceField(label="Marking", choices=Marking, required=False)
    also = forms.CharField(label="Which others", required=False, max_length=2_000)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    ids = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, part: DraftPart, data=None, *, label: str, answers=(), names: dict[str, str] | None = None):
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

    def _own_fields(self, data) -> tuple[str, ...]:
        """What can be typed: one that is answered with another has no comment. A comment that was sent is not lost."""
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
            self.fields["text"].widget.attrs |= {"rows": self._rows(), "data-markdown": ""}
        if "reason" in self.own:
            self.fields["reason"].widget.attrs |= {"rows": 2, "placeholder": " "}
        if "text" not in self.own or not self.names:
            del self.fields["also"], self.fields["ids"]

    def _actions(self) -> list[tuple[str, str]]:
        """What the law asks is answered; what else a report finds can be left; what another answers follows that."""
        if "text" not in self.own:
            return [("", "As that one"), *ACTIONS]
        is_asked = self.part.recommendation.kind == RecommendationKind.RECOMMENDATION
        return ACTIONS if is_asked else [("", "Not answered"), *ACTIONS]

    def _rows(self) -> int:
        """As many lines as the text needs, within bounds. Where the browser can, it grows while somebody types."""
        least, most = ROWS.get(self.part.name, (4, 16))
        said = self.part.text
        return min(most, max(least, len(said) // LETTERS_A_LINE + said.count("\n") + 1))

    def clean_also(self) -> str:
        """As it was typed; its keys are in `also_keys`."""
        typed = self.cleaned_data["also"]
        self.also_keys = read_labels(typed, self.names)
        return typed

    @property
    def fits(self) -> bool:
        """Whether it can be saved: nothing is too long."""
        return not {*self.errors} & {*self.own}

    @property
    def says(self) -> dict:
        """What was typed, as it is kept. A field that was not sent says what it said."""
        sent = {name: self.data.get(self.add_prefix(name)) for name in self.own}
        return {name: plain(getattr(self.part, name) if sent[name] is None else sent[name]) for name in self.own}

    @property
    def values(self) -> dict:
        """What is to be saved: with words of its own it is no longer answered with another."""
        return self.says | ({"with_part": None} if self.says.get("text") else {})

    @property
    def shown_ids(self) -> list[str]:
        return self.data.get(self.add_prefix("ids"), "").split()

    @property
    def typed_ids(self) -> list[str]:
        """The keys that are to be answered too; those that were shown where they cannot be read, or were not sent."""
        if "also" not in self.fields or "also" in self.errors or self.add_prefix("also") not in self.data:
            return self.shown_ids
        return self.also_keys

    @property
    def is_changed(self) -> bool:
        """Whether somebody typed something here, or chose it."""
        return mark(self.says | {"also": sorted(self.typed_ids)}) != self.data.get(self.add_prefix("shown"))

    @property
    def read_version(self) -> int:
        """The version that the person saw; a form that lost it is as stale as can be."""
        version = self.data.get(self.add_prefix("version"), "")
        return int(version) if version.isdecimal() and len(version) < 10 else -1

    def agrees_with(self, part: DraftPart) -> bool:
        """Whether a part says the same as what was typed."""
        return self.says == {name: getattr(part, name) for name in self.own}

    def set_against(self, part: DraftPart, answers=None) -> None:
        """Take the part as it is now as what was shown: what was typed stays, and is held against that."""
        self.answers = self.answers if answers is None else list(answers)
        marks = self._marks(part) | {"ids": " ".join(self.answers)}
        self.data = self.data.copy()
        for name, value in marks.items():
            self.data[self.add_prefix(name)] = str(value)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal beside the field that it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)
