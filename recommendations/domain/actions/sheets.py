"""Actions from a sheet: what each row would add, and taking back what a sheet added."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recommendations.domain.actions.actions import NewAction
from recommendations.models import Action, ActionLink, ActionRow, Force, TrackedRecommendation, User
from recommendations.periods import say


@dataclass(frozen=True)
class ActionSheetLine:
    """A row as it was read. Without `references` it is of those of the row above; `problems` say what was not read."""

    number: int
    references: tuple[str, ...]
    words: str
    owner: str
    due_on: datetime.date | None
    state: str
    waits: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlannedAction:
    """What a row would add: nothing if it has problems, or if such an action is on file (`is_here`)."""

    line: ActionSheetLine
    tracked: tuple[TrackedRecommendation, ...]
    problems: tuple[str, ...]
    is_here: bool

    @property
    def is_new(self) -> bool:
        return not self.problems and not self.is_here


def plan_of_sheet(lines: Sequence[ActionSheetLine], user: User) -> list[PlannedAction]:
    """What rows would add, as far as the user sees the recommendations: all of one force. Three queries."""
    by_reference = _records_named(lines, user)
    records = (by_reference.get(each.upper()) for line in lines for each in line.references)
    force = next((record.force for record in records if record), None)
    here = _actions_here(force) if force else set()
    planned: list[PlannedAction] = []
    above: tuple[str, ...] = ()
    for line in lines:
        references = above = line.references or above
        found = [by_reference.get(each.upper()) for each in references]
        tracked = tuple(dict.fromkeys(each for each in found if each))
        problems = [*line.problems, *_reference_problems(references, found, force)]
        is_here = (_key(line.words), frozenset(each.pk for each in tracked)) in here
        planned.append(PlannedAction(line, tracked, tuple(problems), is_here))
    return planned


def _records_named(lines: Sequence[ActionSheetLine], user: User) -> dict[str, TrackedRecommendation]:
    typed = {each for line in lines for each in line.references}
    seen = TrackedRecommendation.objects.visible_to(user).select_related("force")
    found = seen.filter(reference__in=typed | {each.upper() for each in typed})
    return {each.reference.upper(): each for each in found}


def _reference_problems(
    references: Sequence[str], found: Sequence[TrackedRecommendation | None], force: Force | None
) -> Iterator[str]:
    if not references:
        yield "Say which recommendation it is of, by its reference."
    if unknown := [each for each, record in zip(references, found, strict=True) if record is None]:
        yield f"There is no recommendation {', '.join(unknown)}."
    if others := [str(record) for record in found if record and record.force != force]:
        yield f"{', '.join(others)} is not of {force}, as the first is. Add the actions of one force at a time."


def _actions_here(force: Force) -> set[tuple[str, frozenset[int]]]:
    links: dict[int, set[int]] = {}
    for action, tracked in ActionLink.objects.filter(action__force=force).values_list("action", "tracked"):
        links.setdefault(action, set()).add(tracked)
    actions = Action.objects.filter(force=force).values_list("pk", "words")
    return {(_key(words), frozenset(links.get(pk, ()))) for pk, words in actions}


def _key(words: str) -> str:
    """Words as they are compared: without case, a stop at the end and double spaces."""
    return " ".join(words.split()).rstrip(".").casefold()


def new_actions_of(force: Force, planned: Iterable[PlannedAction], voice: str) -> list[NewAction]:
    """The actions that the new ones among these rows add. What one waits for is another of them or one that is open,
    if it has these words; otherwise it stays in words. One query.
    """
    new = [each for each in planned if each.is_new]
    places = {_key(each.line.words): place for place, each in enumerate(new)}
    rows = ActionRow.objects.latest_of_each().open().filter(action__force=force).select_related("action")
    on_file = {_key(row.action.words): row.action for row in rows}
    found = []
    for each in new:
        key, line = _key(each.line.waits), each.line
        assert line.due_on  # one without a day has a problem
        place = places.get(key) if key else None
        action = on_file.get(key) if place is None else None
        found.append(
            NewAction(
                words=line.words,
                owner=line.owner,
                due_on=line.due_on,
                voice=voice,
                tracked=each.tracked,
                state=line.state,
                waits_for=action,
                waits_for_place=place,
                waits_words="" if place is not None or action else line.waits,
            )
        )
    return found


def agreed_actions(user: User) -> str:
    """Pasted cells with what was agreed on open recommendations that have no action yet, with owner and target: those
    of the force that is first by name. "" if there are none. Two queries.

    A brought-in audit table has the agreed action as what is planned, the owner as a lead and the day as the target.
    """
    records = TrackedRecommendation.objects.visible_to(user).open().filter(action_links=None)
    records = records.exclude(planned_action="").select_related("force").with_standing()
    found = list(records.order_by("force__name", "reference"))
    rows = [("Recommendation", "Action", "Who", "By")]
    for each in found:
        owner = each.business_lead or each.chief_officer_lead
        target = each.standing.target_on
        day = say(target) if target else ""
        if each.force_id == found[0].force_id:
            rows.append((each.reference, " ".join(each.planned_action.split()), owner, day))
    return "\n".join("\t".join(row) for row in rows) if found else ""


def added_with(first: Action) -> list[Action]:
    """The actions that the same person added at the same moment as this one: those of a sheet. One query."""
    same = Action.objects.filter(recorded_at=first.recorded_at, recorded_by=first.recorded_by, force=first.force)
    return list(same.order_by("pk"))
