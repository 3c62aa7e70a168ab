"""The effects of saving an administrator's record, in sentences, before it is saved. Read-only."""

import datetime
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from django.db.models import Model, Q, QuerySet

from recommendations.domain.register.rag import colour, counts_from, flag_q
from recommendations.enums import Flag, PaperState, Rag, ResponseState, Vocabulary
from recommendations.models import (
    ActionRow,
    CommitteeRequest,
    CommitteeSeat,
    Delay,
    Force,
    ForceUpdate,
    Inspection,
    InspectorateStatus,
    Label,
    Oversight,
    Panel,
    RagRule,
    Response,
    ScrutinyReport,
    Standing,
    Thresholds,
    UpdateRound,
    User,
    Weight,
)
from recommendations.models.register.risk import pack
from recommendations.models.register.standing import StandingQuerySet
from recommendations.models.settings import DEFAULT_LABELS
from recommendations.periods import say
from recommendations.sections import Section

A_DAY = datetime.timedelta(days=1)


def effects_of(record: Model, before: Model | None, on: datetime.date) -> list[str]:
    """The effects of saving `record` on a London day; `before` is the record as stored, None if it is new."""
    tell = EFFECTS.get(type(record))
    return tell(record, before, on) if tell else []


def _rule_effects(rule: RagRule, before: RagRule | None, on: datetime.date) -> list[str]:
    """How many open recommendations change colour or flag on the rule's first day, and which words change."""
    day = max(rule.since, on)
    then, now = RagRule.objects.exclude(pk=rule.pk).on(day), _thresholds(rule)
    words = [
        f"{each.label} is called “{now.word(each)}”, not “{then.word(each)}”."
        for each in Rag
        if now.word(each) != then.word(each)
    ]
    return [_colours(day, then, now), *_flags(day, then, now), *words]


def _thresholds(rule: RagRule) -> Thresholds:
    return Thresholds(**{name: getattr(rule, name) for name in Thresholds.__dataclass_fields__})


def _open() -> StandingQuerySet:
    return Standing.objects.now().open()


def _colours(day: datetime.date, then: Thresholds, now: Thresholds) -> str:
    rows = _open().annotate(then=colour(day, then), now=colour(day, now)).values_list("then", "now")
    moves = Counter((Rag(first).label.lower(), Rag(second).label.lower()) for first, second in rows if first != second)
    if not moves:
        return f"No open recommendation changes colour on {say(day)}."
    told = ", ".join(f"{number} from {first} to {second}" for (first, second), number in sorted(moves.items()))
    number, change = sum(moves.values()), "changes" if moves.total() == 1 else "change"
    return f"{number} of {len(rows)} open recommendations {change} colour on {say(day)}: {told}."


def _flags(day: datetime.date, then: Thresholds, now: Thresholds) -> list[str]:
    rows, found = _open().annotate(counts_from=counts_from()), []
    for flag in (Flag.DUE_SOON, Flag.NO_UPDATE):
        was, will = (rows.filter(flag_q(flag, day, rule)).count() for rule in (then, now))
        if was != will:
            found.append(f"{Flag(flag).label}: {will} open recommendations, {was} under the rule before.")
    return found


def _force_effects(force: Force, before: Force | None, on: datetime.date) -> list[str]:
    """What is still open with a force that is about to end."""
    if before is None or force.until is None or force.until == before.until:
        return []
    left = open_with_force(force)
    still = f"Still with it: {', '.join(left)}." if left else "Nothing is still with it."
    follows = "Move what is open to the force that follows with the command succeed_force." if left else ""
    return list(filter(None, (f"{force} ends on {say(force.until)}. {still}", follows)))


def open_with_force(force: Force) -> list[str]:
    """What is open with a force, its people's accounts too, in words with numbers."""
    leads = User.objects.filter(force=force, is_active=True).count()
    return open_records_of(force) + ([_number(leads, "account of an inspection lead")] if leads else [])


def open_records_of(force: Force) -> list[str]:
    """What is open about a force, in words with numbers."""
    counts = (
        (_open().filter(force=force).count(), "open recommendation"),
        (_open_actions(force), "open action"),
        (UpdateRound.objects.filter(force=force, closed_at__isnull=True).count(), "running update round"),
        (ScrutinyReport.objects.filter(force=force, state="draft").count(), "draft paper"),
        (_responses_in_draft(force), "response in draft"),
    )
    return [_number(number, words) for number, words in counts if number]


def _open_actions(force: Force) -> int:
    open_ones = ActionRow.objects.latest_of_each().open().filter(action__force=force)
    return open_ones.count() if Section.ACTIONS.is_on else 0


def _responses_in_draft(force: Force) -> int:
    drafts = Response.objects.filter(versions__isnull=True, answers__inspection__covers__force=force)
    return drafts.exclude(state=ResponseState.WITHDRAWN).distinct().count()


def _number(number: int, words: str) -> str:
    """ "2 draft papers", "2 responses in draft", "2 accounts of an inspection lead"."""
    if number == 1:
        return f"1 {words}"
    for link in (" of ", " in "):
        noun, found, rest = words.partition(link)
        if found:
            return f"{number} {noun}s{link}{rest}"
    return f"{number} {words}s"


def _oversight_effects(link: Oversight, before: Oversight | None, on: datetime.date) -> list[str]:
    """The days on which nobody would oversee the force."""
    if before and (before.force_id, before.since, before.until) == (link.force_id, link.since, link.until):
        return []
    terms, found = _terms(link), [_gap(link, *gap) for gap in gaps_of(link)]
    last = terms[-1][1]
    if last is not None:
        found.append(f"From {say(last + A_DAY)} no one oversees {link.force}, until another oversight is added.")
        if left := open_records_of(link.force):
            found.append(f"Left without a body: {', '.join(left)}.")
    return found


def _terms(link: Oversight) -> list[tuple[datetime.date, datetime.date | None]]:
    others = Oversight.objects.filter(force=link.force).exclude(pk=link.pk).values_list("since", "until")
    return sorted([*others, (link.since, link.until)], key=lambda term: term[0])


def gaps_of(link: Oversight) -> list[tuple[datetime.date, datetime.date]]:
    """The gaps between two terms of the force's oversight: first and last day of each."""
    pairs = pairwise(_terms(link))
    return [(until + A_DAY, since - A_DAY) for (_, until), (since, _) in pairs if until and since - until > A_DAY]


def records_in_days(force: Force, first: datetime.date, last: datetime.date) -> list[str]:
    """Reports and papers on file about a force in these days, in words."""
    reports = Inspection.objects.filter(covers__force=force, published_on__range=(first, last)).count()
    papers = ScrutinyReport.objects.filter(force=force, end__range=(first, last)).count()
    return [_number(number, words) for number, words in ((reports, "report"), (papers, "paper")) if number]


def _gap(link: Oversight, first: datetime.date, last: datetime.date) -> str:
    return f"From {say(first)} to {say(last)} no one oversees {link.force}."


def _panel_effects(panel: Panel, before: Panel | None, on: datetime.date) -> list[str]:
    """What goes to the committee that replaces one, and who can read its papers from then on."""
    if before is None or panel.replaced_by is None or panel.until is None:
        return []
    if (before.replaced_by_id, before.until) == (panel.replaced_by_id, panel.until):
        return []
    of_it = Q(panel=panel) | Q(meetings__panel=panel, meetings__withdrawn_at__isnull=True)
    filed = ScrutinyReport.objects.filter(of_it, state=PaperState.FINALISED, closed=False).distinct().count()
    seated = CommitteeSeat.objects.current().filter(panel=panel.replaced_by).count()
    requests = CommitteeRequest.objects.waiting().filter(panel=panel).count()
    follower, day = panel.replaced_by, say(panel.until + A_DAY)
    members, papers = _number(seated, "member"), _number(filed, "filed paper")
    go = f"Its {_number(requests, 'open request')} {'goes' if requests == 1 else 'go'} to {follower} on {day}."
    read = f"From {day} {members} of {follower} can read its {papers}."
    return [go, read] if requests else [read]


def _label_effects(label: Label, before: Label | None, on: datetime.date) -> list[str]:
    """The effect of a label: a new choice in every list, new words for existing records, or a choice removed."""
    built_in = DEFAULT_LABELS[Vocabulary(label.vocabulary)]
    kind = label.get_vocabulary_display().lower()
    if label.ended:
        gone = f"“{built_in[label.key]}” is shown again" if label.key in built_in else "It is no longer offered"
        return [] if before and before.ended else [f"{gone} in every list, filter and paper from now on."]
    if label.key not in built_in and (before is None or before.key != label.key):
        more = f"“{label.words}” becomes one more {kind} in lists, filters and papers."
        if not built_in:
            return [more]
        keys = ", ".join(f"{key} ({words})" for key, words in built_in.items())
        return [
            f"“{label.key}” is no built-in key: {more}",
            f"To reword a built-in one, use its key: {keys}.",
        ]
    said = before.words if before and before.key == label.key else built_in.get(label.key, "")
    return [] if said == label.words else [f"“{said}” is called “{label.words}” everywhere."]


def uses_of(label: Label) -> int:
    """How many records use this key."""
    now = Standing.objects.now().filter(stage=label.key).count() if label.vocabulary == Vocabulary.STAGE else 0
    return _SAID[Vocabulary(label.vocabulary)](label.key).count() + now


_SAID: dict[Vocabulary, Callable[[str], QuerySet]] = {
    Vocabulary.STAGE: lambda key: ForceUpdate.objects.filter(stage=key),
    Vocabulary.INSPECTORATE_STATUS: lambda key: InspectorateStatus.objects.filter(status=key),
    Vocabulary.RISK: lambda key: Weight.objects.filter(risk=key),
    Vocabulary.THEME: lambda key: Weight.objects.filter(themes__contains=pack([key])),
    Vocabulary.DELAY_CAUSE: lambda key: Delay.objects.filter(cause=key),
}


EFFECTS: dict[type, Callable[[Any, Any, datetime.date], list[str]]] = {
    RagRule: _rule_effects,
    Force: _force_effects,
    Oversight: _oversight_effects,
    Label: _label_effects,
    Panel: _panel_effects,
}
