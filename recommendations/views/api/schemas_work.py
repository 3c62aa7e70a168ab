"""The answers about the work and whether it helped: actions and indicators."""

import datetime

from ninja import Field

from recommendations.enums.actions import ActionState, ActionVoice
from recommendations.enums.indicators import Better, IndicatorEvery, IndicatorUnit
from recommendations.views.api.endpoint import AnswerSchema
from recommendations.views.api.schemas import Day, Identified


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
