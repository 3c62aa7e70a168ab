"""Search entries for actions: what is to be done and by whom, and what was said of it since."""

from collections.abc import Iterator
from typing import Any

from recommendations.domain.search.sources import RestsOn, SearchDocument, day_and_month, source
from recommendations.enums.actions import ActionVoice
from recommendations.enums.search import Readers, SearchKind, Speaker
from recommendations.models import Action, ActionLink, ActionRow, TrackedRecommendation
from recommendations.periods import london_day
from recommendations.sections import Section

SPEAKERS = {ActionVoice.FORCE: Speaker.FORCE, ActionVoice.OFFICE: Speaker.OFFICE}
OF_TRACKED = {"force_id", "reference", "withdrawn_at"}
OF_ACTION = {"force_id", "withdrawn_at", "words"}


@source(
    Action,
    fetched={"": ("links__tracked__recommendation", "rows")},
    rests_on=(
        RestsOn(ActionLink, "links", {"id"}),
        RestsOn(ActionRow, "rows", {"owner", "withdrawn_at"}),
        RestsOn(TrackedRecommendation, "links__tracked", OF_TRACKED),
    ),
    section=Section.ACTIONS,
)
def actions(action: Action) -> Iterator[SearchDocument]:
    """What is to be done, also found by who does it. A withdrawn action has no page."""
    standing = [row for row in action.rows.all() if row.withdrawn_at is None]
    owners = dict.fromkeys(row.owner for row in standing)
    yield _document(
        action,
        title="action",
        names=tuple(owners),
        text=action.words,
        by=action.recorded_by_id,
        said_by=next(iter(owners), ""),
        day=london_day(action.recorded_at),
        recorded_at=action.recorded_at,
    )


@source(
    ActionRow,
    related=("action",),
    fetched={"action": ("links__tracked__recommendation",)},
    rests_on=(
        RestsOn(Action, "action", OF_ACTION),
        RestsOn(ActionLink, "action__links", {"id"}),
        RestsOn(TrackedRecommendation, "action__links__tracked", OF_TRACKED),
    ),
    section=Section.ACTIONS,
)
def action_rows(row: ActionRow) -> Iterator[SearchDocument]:
    """What was done or why, and what else it waits for; no entry without words."""
    waits = f"Waits for: {row.waits_words}" if row.waits_words else ""
    if text := "\n".join(filter(None, (row.note, waits))):
        yield _document(
            row.action,
            title=f"action, {row.get_state_display().lower()} on {day_and_month(row.effective_on)}",
            beside=(row.action.words,),
            text=text,
            by=row.recorded_by_id,
            said_by=row.owner,
            day=row.effective_on,
            recorded_at=row.recorded_at,
            withdrawn_at=row.withdrawn_at,
        )


def _document(action: Action, *, title: str, beside: tuple[str, ...] = (), **facts: Any) -> SearchDocument:
    """An entry that leads to the action. It is under a recommendation if it is of that one alone."""
    tracked = {link.tracked for link in action.links.all() if link.tracked.withdrawn_at is None}
    of = sorted((each for each in tracked if each.force_id == action.force_id), key=str)
    references, heads = ", ".join(map(str, of)), [each.recommendation.short_text for each in of]
    only = of[0] if len(of) == 1 else None
    return SearchDocument(
        kind=SearchKind.ACTION,
        speaker=SPEAKERS[ActionVoice(action.voice)],
        readers=Readers.FORCE,
        force=action.force_id,
        inspection=only.recommendation.inspection_id if only else None,
        tracked=only.pk if only else None,
        record=action.pk,
        address=action.get_absolute_url(),
        title=", ".join(filter(None, (references, title))) if of else title.capitalize(),
        about=heads[0] if only else "",
        beside=(references, *heads, *beside),
        has_no_page=action.withdrawn_at is not None,
        **facts,
    )
