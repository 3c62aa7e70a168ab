"""Which force's register a recommendation was in on a day, and which of a period's two papers it belongs to.

A transfer moves a recommendation from one force's register to another's from a given day. A restriction moves it from
the open paper to the closed one. What counts is whether it is restricted when the figures are compiled, so that no
paper prints what the office restricts by then, whatever day the paper is about.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q

from recommendations.models import Closure, Force, Restriction, Transfer

A_DAY = datetime.timedelta(days=1)


class PaperScope:
    """Where the recommendations of one force's paper were on each day, as recorded up to `known_at` (UTC).

    `moves` has every transfer from or to the force, by tracked id, including those recorded after that moment: the
    first one's origin is where the recommendation began. `source` is the key of the only source that the paper is
    about, or "". Two queries, and two for the forces' former names if anything moved.
    """

    def __init__(self, force: Force, closed: bool, known_at: datetime.datetime, source: str = "") -> None:
        self.force, self.closed, self.known_at, self.source = force, closed, known_at, source
        self.moves: dict[int, list[Transfer]] = {}
        self._restrictions: dict[int, list[Restriction]] = {}
        transfers = Transfer.objects.filter(Q(from_force=force) | Q(to_force=force))
        names = ("from_force__former_details", "to_force__former_details")
        transfers = transfers.order_by("recorded_at", "pk").select_related("from_force", "to_force")
        for transfer in transfers.prefetch_related(*names):
            self.moves.setdefault(transfer.tracked_id, []).append(transfer)
        restrictions = Restriction.objects.filter(Q(tracked__force=force) | Q(tracked__in=self.moves))
        for restriction in restrictions.order_by("effective_on", "recorded_at", "pk"):
            self._restrictions.setdefault(restriction.tracked_id, []).append(restriction)

    def register_filter(self, prefix: str = "") -> Q:
        """Return the filter for what is or was the force's, from the paper's source. `prefix` leads to the record."""
        theirs = Q(**{f"{prefix}force": self.force}) | Q(**{f"{prefix}pk__in": [*self.moves]})
        return theirs & source_filter(self.source, prefix)

    def paper_filter(self, prefix: str = "") -> Q:
        """Return the filter for this paper: restricted ones for a closed paper, the others for an open one."""
        restricted = Q(**{f"{prefix}pk__in": [pk for pk in self._restrictions if self.is_restricted(pk)]})
        return self.register_filter(prefix) & (restricted if self.closed else ~restricted)

    def is_restricted(self, pk: int, known_at: datetime.datetime | None = None) -> bool:
        """Whether it was restricted, as recorded up to `known_at`, by default the paper's own moment."""
        known = [row for row in self._restrictions.get(pk, ()) if _known(row, known_at or self.known_at)]
        return bool(known) and known[-1].restricted

    def restricted_of(self, tracked: Iterable[int]) -> set[int]:
        """Which of these (ids) were restricted, as recorded up to the paper's own moment."""
        return {pk for pk in tracked if self.is_restricted(pk)}

    def latest_restriction(self, pk: int) -> Restriction:
        """Return the latest row on whether it is restricted. Raises IndexError if there is none."""
        return [row for row in self._restrictions[pk] if _known(row, self.known_at)][-1]

    def in_paper(self, pk: int) -> bool:
        """Whether it belongs in this paper: restricted in a closed paper, anything else in an open one."""
        return self.is_restricted(pk) == self.closed

    def in_register(self, pk: int, day: datetime.date, known_at: datetime.datetime | None = None) -> bool:
        """Whether it was in the force's register on a London day."""
        return pk not in self.moves or self._holder(pk, day, known_at or self.known_at) == self.force.pk

    def _holder(self, pk: int, day: datetime.date, known_at: datetime.datetime) -> int:
        last = self._last_move(pk, day, known_at)
        return last.to_force_id if last else self.moves[pk][0].from_force_id

    def transfer_on(self, pk: int, day: datetime.date) -> Transfer:
        """Return the transfer in effect on a day. It must have been transferred by then."""
        transfer = self._last_move(pk, day, self.known_at)
        assert transfer is not None
        return transfer

    def transfer_out_after(self, pk: int, day: datetime.date) -> Transfer | None:
        """Return the first transfer away from the force after a day, or None."""
        known = [row for row in self.moves.get(pk, ()) if row.effective_on > day and _known(row, self.known_at)]
        away = (row for row in known if row.from_force_id == self.force.pk)
        return min(away, key=lambda row: (row.effective_on, row.recorded_at, row.pk), default=None)

    def _last_move(self, pk: int, day: datetime.date, known_at: datetime.datetime) -> Transfer | None:
        known = [row for row in self.moves[pk] if row.effective_on <= day and _known(row, known_at)]
        return max(known, key=lambda row: (row.effective_on, row.recorded_at, row.pk), default=None)

    def transfers(self, rows: Iterable[dict], closures: list[Closure]) -> Iterator[tuple[int, datetime.date, bool]]:
        """Yield (id, day, whether inward) for each transfer of an open recommendation into or out of the register."""
        of_moved = defaultdict(list)
        for closure in closures:
            if closure.tracked_id in self.moves:
                of_moved[closure.tracked_id].append(closure)
        for row in rows:
            for day in sorted({move.effective_on for move in self.moves.get(row["pk"], ())}):
                was, now = self.in_register(row["pk"], day - A_DAY), self.in_register(row["pk"], day)
                if was != now and is_open(row, of_moved[row["pk"]], day - A_DAY):
                    yield row["pk"], day, now

    def first_day(self, row: dict) -> datetime.date | None:
        """Return the first day on which it was in the force's register, or None."""
        days = [row["tracked_on"], *(move.effective_on for move in self.moves.get(row["pk"], ()))]
        held = [day for day in days if day >= row["tracked_on"] and self.in_register(row["pk"], day)]
        return min(held, default=None)


def source_filter(key: str, prefix: str = "") -> Q:
    """Return the filter for a paper limited to one source, or for everything if `key` is "".

    `prefix` leads to the tracked recommendation.
    """
    return Q(**{f"{prefix}recommendation__inspection__source": key}) if key else Q()


def _known(row: Transfer | Restriction, known_at: datetime.datetime) -> bool:
    return row.recorded_at <= known_at and (row.withdrawn_at is None or row.withdrawn_at > known_at)


def is_open(row: dict, closures: Iterable[Closure], day: datetime.date) -> bool:
    """Whether it was tracked on a day and none of its `closures` was in force."""
    return row["tracked_on"] <= day and not any(is_in_force(closure, day) for closure in closures)


def is_in_force(closure: Closure, day: datetime.date) -> bool:
    """Whether a closure was in force on a day."""
    if closure.closed_on is None:
        return False
    return closure.closed_on <= day and (closure.reopened_on is None or closure.reopened_on > day)
