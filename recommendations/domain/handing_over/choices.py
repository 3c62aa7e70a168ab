"""What whoever takes over has chosen: whose account is whose, which labels and names are written otherwise here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from recommendations.domain.handing_over.rows import Row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Vocabulary

# The columns that hold a label's key, by vocabulary.
LABELLED: Mapping[str, tuple[str, ...]] = {
    Vocabulary.STAGE: ("forceupdate.stage",),
    Vocabulary.INSPECTORATE_STATUS: ("inspectoratestatus.status",),
    Vocabulary.RISK: ("weight.risk",),
    Vocabulary.THEME: ("weight.themes",),
    Vocabulary.DELAY_CAUSE: ("delay.cause", "roundanswer.delay_cause"),
}
KNOWN = ("people", "labels", "values")
USAGE = (
    'The map is a JSON object: {"people": {"17": "sam@office.example"}, "labels": {"stage": {"done": "complete"}}, '
    '"values": {"trackedrecommendation.reference": {"WM-0001": "WX-0001"}}}.'
)


@dataclass(frozen=True)
class TakeOverChoices:
    """`people` has an address for a person's id at the other office; `values` new texts by "table.column"."""

    people: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if unknown := [name for name in self.labels if name not in LABELLED]:
            raise Refusal(f"There is no vocabulary {unknown[0]}. There are: {', '.join(LABELLED)}.")

    def value_here(self, table: str, column: str, value: Any) -> Any:
        """A value as this office writes it."""
        if not isinstance(value, str):
            return value
        name = f"{table}.{column}"
        value = self.values.get(name, {}).get(value, value)
        for vocabulary, columns in LABELLED.items():
            if name in columns and (chosen := self.labels.get(vocabulary)):
                return ",".join(chosen.get(key, key) for key in value.split(","))
        return value

    def label_key(self, row: Row) -> str:
        """The key that a label of the other office has here."""
        key: str = row["key"]
        return self.labels.get(row["vocabulary"], {}).get(key, key)


def read_choices(content: object) -> TakeOverChoices:
    """The choices in a map that was read from JSON. Raises Refusal for anything else."""
    if not isinstance(content, dict) or not content.keys() <= {*KNOWN}:
        raise Refusal(USAGE)
    people, nested = content.get("people", {}), [content.get("labels", {}), content.get("values", {})]
    if not _is_texts(people) or not all(isinstance(each, dict) for each in nested):
        raise Refusal(USAGE)
    if not all(_is_texts(each) for group in nested for each in group.values()):
        raise Refusal(USAGE)
    return TakeOverChoices(people, *nested)


def _is_texts(content: object) -> bool:
    return isinstance(content, dict) and all(isinstance(value, str) for value in content.values())
