"""What is answered about the work and whether it helped: actions and indicators; and values as they are sent."""

import datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field
from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema

from recommendations.enums.actions import ActionState, ActionVoice
from recommendations.enums.indicators import Better, IndicatorEvery, IndicatorUnit
from recommendations.views.api.endpoint import AnswerSchema
from recommendations.views.api.schemas import Day, Identified, Line, SentBody
from recommendations.views.api.writing import MOST_LINES, one_line

NO_FIGURE = "Send a number, or a text such as 1,041 or 62%. Leave a period without a value out."


class ActionItem(Identified):
    """An action as it stands: `since` is the day since which it has its state, `moves` how often its day was moved."""

    force: str
    voice: ActionVoice
    words: str
    owner: str
    state: ActionState
    since: datetime.date
    due_on: datetime.date
    days_late: int
    moves: int
    waits_for: int | None = Field(description="The id of the action that it waits for.")
    waits_words: str = Field(description="What else it waits for.")
    note: str
    recommendations: list[int] = Field(description="The ids of the recommendations that it is of, as in register.")
    references: list[str]
    recorded_on: datetime.date


class DefinitionChangeRow(AnswerSchema):
    changed_on: datetime.date
    was: str
    note: str


class IndicatorValueRow(AnswerSchema):
    """The value of a period: none in a gap, nor where it is `is_hidden` because it is small."""

    start: datetime.date
    end: datetime.date
    value: str | None
    is_hidden: bool


class IndicatorItem(Identified):
    force: str
    name: str
    definition: str
    source: str
    unit: IndicatorUnit
    better: Better
    every: IndicatorEvery
    baseline: str | None
    baseline_on: Day
    target: str | None
    target_on: Day
    recommendations: list[int]
    says: str
    definition_changes: list[DefinitionChangeRow]
    values: list[IndicatorValueRow]


# Request bodies.
def figure_text(sent: Any) -> str:
    """A number as a sheet writes it; a text stays as it is. Raises ValueError for anything else."""
    if isinstance(sent, bool) or not isinstance(sent, int | float | str):
        raise ValueError(NO_FIGURE)
    return sent if isinstance(sent, str) else f"{Decimal(str(sent)):f}"


Figure = Annotated[
    str,
    BeforeValidator(figure_text),
    StringConstraints(max_length=30),
    AfterValidator(one_line),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "maxLength": 30}]}),
]


class NewIndicatorValue(SentBody):
    period: Line = Field(description="2026-04, Apr 2026, Q1 2026/27, 2026/27; or the first or last day of the period.")
    value: Figure = Field(description="A number, or a text with its unit as sheets have it: 1,041, 62%.")


class NewIndicatorValues(SentBody):
    """Values of an indicator by period: all of them are taken, or none."""

    values: list[NewIndicatorValue] = Field(min_length=1, max_length=MOST_LINES)
    said_by: Line = Field("", description="Whose numbers these are. Left out, a person of a force says so themselves.")


class SavedIndicatorValues(AnswerSchema):
    """How many values are new, correct another on record, and were on record already, which changes nothing."""

    indicator_id: int
    recorded: int
    corrected: int
    unchanged: int
