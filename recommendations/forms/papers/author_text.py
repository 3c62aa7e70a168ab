"""The form for the office's own text in a draft paper: request, view, matters, questions, remarks."""

from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.papers.data.charts import REMARKED
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.sections.author_text import MATTERS, REMARKS, SLOTS, asks_of
from recommendations.domain.papers.sections.matters import matters_by_key
from recommendations.enums import AssuranceView, Matter
from recommendations.forms.register.tracked import short_text
from recommendations.forms.site.fields import DayField
from recommendations.forms.site.record import LinesField, RecordForm
from recommendations.models import PaperWords

SENTENCE, REMARK, LINE, FEW = 350, 500, 200, 6
HEAD = ("meets_on", "item", "purpose")  # fields that the parts of a joint paper leave to the joint paper
NEXT = "The next that the figures give"
FIELDS = ("item", "meets_on", "purpose", "view", "view_words")


class FewLinesField(LinesField):
    """Lines for a printed page: few, and each of them short."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > FEW:
            raise forms.ValidationError(f"You have written {len(value)} lines. The limit is {FEW}. Remove some.")


def _lines(label: str, help_text: str, rows: int) -> FewLinesField:
    box = forms.Textarea(attrs={"rows": rows})
    return FewLinesField(label=label, required=False, longest=LINE, help_text=help_text, widget=box)


def _remark(label: str) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, max_length=REMARK, widget=box)


def _sentence(label: str, **kwargs: Any) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, max_length=SENTENCE, widget=box, **kwargs)


class PaperWordsForm(RecordForm):
    """The office's text in a draft. The choices of a matter show the count behind each."""

    unmarked = ("view", "view_words", *MATTERS)

    item = short_text("Item number", 20)
    meets_on = DayField(label="The committee meets on", required=False)
    purpose = forms.CharField(label="Purpose", max_length=60, error_messages={"required": "Say what the paper is for."})
    asked = _lines("The committee is asked to", "One thing per line. Start with what to do: note, ask, choose.", 3)
    view = forms.ChoiceField(
        label="The office is",
        required=False,
        choices=[("", "Not said yet"), *AssuranceView.choices],
        widget=forms.RadioSelect,
    )
    view_words = _sentence("The view in a sentence")
    questions = _lines("Questions", "One per line.", 5)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, record: PaperWords, figures: Figures, **kwargs: Any
    ) -> None:
        super().__init__(data, record=record, **kwargs)
        for number, (key, shows) in enumerate(REMARKED.items(), start=1):
            self.fields[f"remark_{key}"] = _remark(f"Remark on chart {number}: {shows}")
        made = matters_by_key(figures)
        counted = [(key, made[key].rests_on if key in made else f"{label}: 0") for key, label in Matter.choices[:-2]]
        choices = [("", NEXT), *counted, *Matter.choices[-2:]]
        for slot in SLOTS:
            name = f"matter_{slot}"
            self.fields[name] = forms.ChoiceField(label=f"Matter {slot} is based on", required=False, choices=choices)
            self.fields[f"{name}_words"] = _sentence(f"Your words for matter {slot}")
        if record.paper.part_of_id:
            for name in HEAD:
                del self.fields[name]
        assert record.paper.force  # a joint paper has no questions
        self.fields["questions"].label = f"Questions for the {record.paper.force.chief_officer_title.lower()}"

    def values_of(self, record: PaperWords) -> dict:
        names = [name for slot in SLOTS for name in (f"matter_{slot}", f"matter_{slot}_words")]
        said = {name: getattr(record, name) for name in FIELDS + REMARKS + tuple(names)}
        asked = tuple(record.asked.splitlines()) or asks_of(record.paper)
        return said | {"asked": asked, "questions": tuple(record.questions.splitlines())}

    @property
    def matters(self) -> list[tuple]:
        """The fields of each matter: what it rests on, and the text."""
        return [(self[f"matter_{slot}"], self[f"matter_{slot}_words"]) for slot in SLOTS]

    @property
    def remarks(self) -> list[forms.BoundField]:
        return [self[name] for name in REMARKS]

    @property
    def typed(self) -> dict[str, str]:
        """The current value of each field, as text."""
        return {name: self[name].value() or "" for name in self.fields if name not in HEAD}

    def verb_fields(self) -> dict:
        return super().verb_fields() | {"version": self.read_version}


class JointWordsForm(PaperWordsForm):
    """The text on a joint paper's first page. The rest is written in its parts."""

    unmarked = ("view", "view_words")

    questions = None  # type: ignore[assignment]  # Django’s way to leave out an inherited field

    def __init__(self, data: Mapping[str, Any] | None = None, *, record: PaperWords, **kwargs: Any) -> None:
        RecordForm.__init__(self, data, record=record, **kwargs)

    def values_of(self, record: PaperWords) -> dict:
        asked = tuple(record.asked.splitlines()) or asks_of(record.paper)
        return {name: getattr(record, name) for name in FIELDS} | {"asked": asked}
