"""What of a meeting is restricted: an item by its own tick or its recommendation, and an action by where it comes from.

Restricted when somebody looks, not when it was written: a recommendation that is restricted today hides the items that
were about it. Which recommendations are restricted is the office's to know: others are told of ticks alone.
"""

from collections.abc import Callable, Collection, Iterable

from recommendations.models import ActionLink, AgendaItem, ItemAction, Standing, User
from recommendations.permissions import May

# Ids of recommendations → which of them are restricted.
type RestrictedOf = Callable[[Collection[int]], set[int]]


def restricted_tracked(tracked: Collection[int]) -> set[int]:
    """Which of these recommendations (ids) are restricted now. One query, none for none."""
    if not tracked:
        return set()
    rows = Standing.objects.now().filter(tracked__in=tracked, restricted=True).order_by()
    return set(rows.values_list("tracked", flat=True))


def restricted_for(user: User) -> RestrictedOf:
    """What says to a reader which recommendations are restricted: none to whoever may not restrict."""
    return restricted_tracked if user.has_perm(May.RESTRICT) else _none_restricted


def _none_restricted(tracked: Collection[int]) -> set[int]:
    return set()


def restricted_references(references: Collection[str], force: int) -> frozenset[str]:
    """Which of these references of a force are restricted now. One query, none for none."""
    if not references:
        return frozenset()
    rows = Standing.objects.now().filter(force=force, reference__in=references, restricted=True).order_by()
    return frozenset(rows.values_list("reference", flat=True))


def restricted_items(items: Iterable[AgendaItem], restricted_of: RestrictedOf = restricted_tracked) -> set[int]:
    """The ids of the items that are restricted. Two queries, and two for each step that an action was carried.

    `restricted_of` says which recommendations are, by default now: a paper asks as of its own moment.
    """
    items = list(items)
    hidden = restricted_of({each.tracked_id for each in items if each.tracked_id})
    found = {each.pk for each in items if each.restricted or each.tracked_id in hidden}
    actions = restricted_actions({each.action_id for each in items if each.action_id}, restricted_of)
    return found | {each.pk for each in items if each.action_id in actions}


def restricted_actions(actions: Collection[int], restricted_of: RestrictedOf = restricted_tracked) -> set[int]:
    """Which of these actions (ids) work on a restricted recommendation, or were agreed at a restricted item.

    `restricted_of` as for restricted_items.
    """
    if not actions:
        return set()
    links = list(ActionLink.objects.filter(action__in=actions).values_list("action", "tracked"))
    hidden = restricted_of({tracked for _, tracked in links})
    agreed = list(ItemAction.objects.filter(action__in=actions).select_related("item"))
    items = restricted_items((each.item for each in agreed), restricted_of)
    found = {action for action, tracked in links if tracked in hidden}
    return found | {each.action_id for each in agreed if each.item_id in items}


def restricted_requests(requests: Collection[int]) -> set[int]:
    """Which of these requests of committees (ids) stand on an agenda as a restricted item. One query."""
    rows = AgendaItem.objects.filter(request__in=requests, restricted=True)
    return set(rows.values_list("request", flat=True))
