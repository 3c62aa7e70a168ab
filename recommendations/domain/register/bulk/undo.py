"""Undoing a bulk change as one act, unless something was built on it since. All of its rows stay on file."""

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from django.apps import apps
from django.db.models import QuerySet

from recommendations.domain.audit.wording import verb_words
from recommendations.domain.ownership.people import LEAD, link_accounts
from recommendations.domain.register.bulk.changes import LEADS
from recommendations.domain.register.undoing import DATED, decline_requests, later_changes, paper_since, withdraw_all
from recommendations.domain.writing.records import raise_versions
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.models import TrackedRecommendation, TrailEntry, User
from recommendations.periods import say
from recommendations.trail import verb

UNDOING = "undo_bulk_change"
CHANGES = (
    "give_leads_to_many",
    "set_target_of_many",
    "request_closure_of_many",
    "log_update_for_many",
    "record_assurance_of_many",
    "record_status_of_many",
)
NAMED = 5  # recommendations named in a refusal
TRACKED = "trackedrecommendation"


@dataclass(frozen=True)
class BulkAct:
    """One bulk change, from its trail entry: the ids that it wrote, by model, and the entry that undid it, if any."""

    entry: TrailEntry
    written: dict[str, list[int]]
    undone: TrailEntry | None = None

    @property
    def words(self) -> str:
        return verb_words(self.entry.verb).partition(", ")[0]

    @property
    def number(self) -> int:
        """How many recommendations it changed: it wrote at most one row of each model for each."""
        return max(map(len, self.written.values()))

    @cached_property
    def tracked(self) -> set[int]:
        """The ids of the recommendations that it changed, including those with a new row but the same standing."""
        models = [apps.get_model("recommendations", name) for name in (*DATED, "closure") if self.written[name]]
        rows = [model._base_manager.filter(pk__in=self.written[model._meta.model_name]) for model in models]
        return {*self.written[TRACKED], *chain.from_iterable(each.values_list("tracked", flat=True) for each in rows)}


def bulk_acts(user: User) -> QuerySet[TrailEntry]:
    """The bulk changes made by this person's side (their force or the office), newest first."""
    entries = TrailEntry.objects.filter(verb__in=CHANGES, by__isnull=False, by__force=user.force_id)
    return entries.select_related("by").order_by("-sequence")


def read_bulk_acts(entries: Iterable[TrailEntry]) -> list[BulkAct]:
    """The bulk changes of these entries: what each wrote, and what undid it."""
    entries = list(entries)
    undone = TrailEntry.objects.with_former().filter(
        verb=UNDOING, subject_model=TrailEntry._meta.label_lower, subject_id__in=[each.pk for each in entries]
    )
    by_subject = {each.subject_id: each for each in undone}
    return [BulkAct(each, _written_ids(each), by_subject.get(each.pk)) for each in entries]


def _written_ids(entry: TrailEntry) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for change in json.loads(entry.changes):
        found[change["model"].partition(".")[2]].append(change["id"])
    return found


def why_not_undone(done: BulkAct, user: User | None) -> str:
    """Why a change can't be undone, naming what was built on it as far as this user may see it, or "" if it can."""
    if done.undone:
        return f"This was undone already, by {done.undone.who}."
    if day := paper_since(done.tracked, done.entry.at):
        return f"It cannot be undone: a scrutiny report was finalised on {say(day)}."
    written = {(name, pk) for name, pks in (done.written | {TRACKED: done.tracked}).items() for pk in pks}
    built = {pk: words for (name, pk), words in later_changes(written, done.entry.sequence).items() if name == TRACKED}
    if not built:
        return ""
    on_file = TrackedRecommendation.on_file.filter(pk__in=built).order_by("pk")
    rows = (on_file.visible_to(user) if user else on_file)[:NAMED]
    named = [f"{row}: {built[row.pk]}" for row in rows]
    if len(built) > len(named):
        named.append(
            f"and {len(built) - len(named)} more" if named else "On recommendations that you can no longer see"
        )
    return f"It cannot be undone, because more has been recorded since. {'; '.join(named)}."


def undo_bulk_change(*, entry: TrailEntry, reason: str, by: User | None, at: datetime.datetime) -> TrailEntry:
    """Withdraw what a bulk change recorded and restore the leads that it changed, as one act with a reason.

    `entry` is the trail entry of the change. Raises Refusal, and changes nothing, if it was undone already or something
    was built on it since (why_not_undone), and NotAllowed for people of the other side.
    """
    with verb(UNDOING, by=by, at=at, reason=reason.strip(), subject=entry) as act:
        tracked = TrackedRecommendation.objects.select_for_update(of=("self",))
        tracked = tracked.filter(pk__in=BulkAct(entry, _written_ids(entry)).tracked)
        rows = list(tracked.select_related("recommendation__inspection").order_by("pk"))
        (done,) = read_bulk_acts([entry])
        _check(done, reason, by)
        for name in DATED:
            withdraw_all(act, name, done.written[name])
        decline_requests(act, done.written["closure"])
        if entry.verb == "give_leads_to_many":
            _restore_leads(rows)
            link_accounts(rows, *LEAD)
        raise_versions(act, rows)
        act.save_all(rows)
    return entry


def _check(done: BulkAct, reason: str, by: User | None) -> None:
    side = done.entry.by.force_id if done.entry.by else None
    if by is not None and by.force_id != side:
        raise NotAllowed("Only people of the side that made this change can undo it.", code="other-side")
    if why := why_not_undone(done, by):
        raise Refusal(why)
    if not reason.strip():
        raise Refusal("Say why it is undone.", "reason", code="no-reason")


def _restore_leads(rows: list[TrackedRecommendation]) -> None:
    """Nothing was saved since, so each row's last history row is the change, and the one before has the old leads."""
    saves: dict[int, list[tuple]] = defaultdict(list)
    history = TrackedRecommendation.history.filter(id__in=[row.pk for row in rows]).order_by("history_id")
    for pk, *leads in history.values_list("id", *LEADS):
        saves[pk] = [*saves[pk][-1:], tuple(leads)]
    for row in rows:
        for name, lead in zip(LEADS, saves[row.pk][0], strict=True):
            setattr(row, name, lead)
