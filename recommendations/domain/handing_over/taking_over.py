"""Taking over a force's register that another office handed over: all of it, or nothing.

Records become records here with new ids, in the ordinary tables. How they stood at the other office is kept beside
them (models/forces/received.py), and by that the other office's trail and papers are verified before anything counts.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import batched, groupby
from typing import Any

from django.db import IntegrityError, connection, transaction

from recommendations.digests import canonical
from recommendations.domain.handing_over.choices import TakeOverChoices
from recommendations.domain.handing_over.received import FORCE, PERSON, origin_of
from recommendations.domain.handing_over.rows import Row, value_of
from recommendations.domain.handing_over.rows_here import RowsHere
from recommendations.domain.handing_over.scope import PART_OF, How, ScopePart
from recommendations.domain.handing_over.shadow import OriginRegister, OriginRow
from recommendations.domain.handing_over.verification import problems_of
from recommendations.domain.papers.verification import PaperCheck
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Role
from recommendations.models import (
    Force,
    IssuedFile,
    ReceivedEntry,
    ReceivedRecord,
    ReceivedRegister,
    TrackedRecommendation,
    User,
)
from recommendations.trail import VerbContext, verb

AT_ONCE = 400
MOST_SHOWN = 20


@dataclass(frozen=True)
class Received:
    """What another office says of the register that it hands over."""

    origin: str
    force: str
    on: datetime.date
    head: tuple[int, str]
    fingerprint: str
    papers: tuple[int, ...]  # ids there of those whose figures the records give again


@dataclass
class TakeOver:
    """What was, or would be, taken over: added and matched records by table, and what to look at before."""

    register: ReceivedRegister | None = None
    added: Counter[str] = field(default_factory=Counter)
    matched: Counter[str] = field(default_factory=Counter)
    both_have: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)
    papers: list[PaperCheck] = field(default_factory=list)


class _Preview(Exception):
    """Ends a preview: nothing is kept."""


def take_over(
    *,
    received: Received,
    origin: OriginRegister,
    choices: TakeOverChoices,
    by: User | None,
    at: datetime.datetime,
    keep: bool = True,
) -> TakeOver:
    """Take over a register in one transaction; `keep=False` is a preview, after which nothing is changed.

    Raises Refusal if it was taken over already, references or names clash, or the records do not agree with the other
    office's trail, or a paper's figures are not those that it was filed with.
    """
    done = TakeOver()
    try:
        with transaction.atomic():
            _take_over(received, origin, choices, done, by, at)
            connection.check_constraints()
            if not keep:
                raise _Preview
    except _Preview:
        done.register = None
    except IntegrityError as wrong:
        raise Refusal(f"Two records here would be alike, or two people have one account: {wrong}") from None
    return done


def _take_over(
    received: Received,
    origin: OriginRegister,
    choices: TakeOverChoices,
    done: TakeOver,
    by: User | None,
    at: datetime.datetime,
) -> None:
    if ReceivedRegister.objects.filter(fingerprint=received.fingerprint, undone_at__isnull=True).exists():
        raise Refusal("This register was taken over already.")
    reason = f"From {received.origin}. Fingerprint of the bag: {received.fingerprint}."
    with verb("take_over", by=by, at=at, reason=reason) as act:
        Taking(act, received, choices, done).run(origin)
        act.subject = done.register
        act.settle()
    assert done.register is not None
    problems, done.papers = problems_of(origin_of(done.register))
    wrong = [check for check in done.papers if check.problems and check.pk in received.papers]
    problems += [f"{check.title}: {check.problems[0]}" for check in wrong]
    if problems:
        said = "The records do not agree with the trail of the office that handed them over:"
        raise Refusal("\n".join([said, *problems[:MOST_SHOWN]]))


class Taking:
    """Adds the rows of one register, inside a verb."""

    def __init__(self, act: VerbContext, received: Received, choices: TakeOverChoices, done: TakeOver) -> None:
        self.act, self.received, self.done = act, received, done
        self.here = RowsHere(choices, received.on)
        self.choices = choices
        self.waiting: list[ReceivedRecord] = []  # until there is a register to keep them with

    def run(self, origin: OriginRegister) -> None:
        """Add everything, in the order of the tables."""
        self.here.content = origin.content
        for person in origin.people:
            self._add_person(person)
        for force in origin.forces:
            self._add_other_force(force)
        for label, rows in groupby(origin.rows, key=lambda each: each.model):
            self._add_table(PART_OF[label], rows)
            if label == FORCE:
                self._add_register()
        if self.done.register is None:
            raise Refusal("The bag has no force.")
        self._keep()
        for some in batched(origin.entries(), AT_ONCE):
            self.act.add_all([self._entry(each) for each in some])

    def _add_register(self) -> None:
        count, head = self.received.head
        self.done.register = self.act.save(
            ReceivedRegister(
                force_id=self.here.force,
                force_name=self.received.force,
                origin=self.received.origin,
                handed_over_on=self.received.on,
                head_count=count,
                head_hash=head,
                fingerprint=self.received.fingerprint,
                taken_over_at=self.act.at,
            )
        )

    def _entry(self, entry: Row) -> ReceivedEntry:
        columns = {each.attname: each for each in ReceivedEntry._meta.concrete_fields}
        values = {name: value_of(columns[name], value) for name, value in entry.items()}
        return ReceivedEntry(register=self.done.register, **values)

    def _add_person(self, person: Row) -> None:
        """The account that was chosen for a person, or one with the name and no way to sign in."""
        key, name = person["id"], person["name"]
        address = self.choices.people.get(str(key), "")
        own = f"{self.received.fingerprint[:12]}-{key}@taken-over.invalid"
        found = User.objects.filter(email__iexact=address or own).first()
        if address and found is None:
            raise Refusal(f"The map names {address}, and no one here has that address.")
        if not address:
            self.done.people.append(f"{key}: {name}")
        is_new = found is None
        if found is None:
            account = User(name=name, email=own, role=Role.OPCC_OFFICER, is_active=False)
            account.set_unusable_password()
            found = self.act.save(account)
        self._note(PERSON, key, found.pk, person, is_new=is_new)

    def _add_other_force(self, force: Row) -> None:
        """A force that a transfer names: the one here of that address, or a new one with its names alone."""
        found = Force.objects.filter(slug=force["slug"]).first()
        is_new = found is None
        if found is None:
            found = self.act.save(Force(**{name: value for name, value in force.items() if name != "id"}))
        self._note(FORCE, force["id"], found.pk, force, is_new=is_new)

    def _add_table(self, part: ScopePart, rows: Iterable[OriginRow]) -> None:
        for some in batched(rows, 1 if part.model is IssuedFile else AT_ONCE):
            self._add_rows(part, list(some))

    def _add_rows(self, part: ScopePart, rows: list[OriginRow]) -> None:
        """Add some rows of a table; those that refer to others of these come after them."""
        while rows:
            later = [each for each in rows if self.here.waits_for(part, each, {row.key for row in rows})]
            ready = [each for each in rows if each not in later] if later else rows
            if not ready:
                raise Refusal(f"Rows of {part.label} refer to each other in a circle.")
            new: list[tuple[OriginRow, Any]] = []
            for each in ready:
                self._place(part, each, new)
            if self.done.clashes:
                raise Refusal("\n".join(["Records here and there clash:", *self.done.clashes[:MOST_SHOWN]]))
            self.act.add_all([instance for _, instance in new])
            for each, instance in new:
                self._note(part.label, each.key, instance.pk, each.row, each.saves, is_new=True)
            rows = later

    def _place(self, part: ScopePart, each: OriginRow, new: list[tuple[OriginRow, Any]]) -> None:
        """Match a row with one that is here, keep it for the papers alone, or add it to what is new."""
        if part.how is How.KEPT:
            self._note(part.label, each.key, None, each.row, each.saves, is_new=False)
            return
        instance = self.here.instance(part, each)
        if part.how is How.MATCHED and (found := self.here.same(part, instance)) is not None:
            self._say_what_differs(part, instance, found)
            self._note(part.label, each.key, found.pk, each.row, each.saves, is_new=False)
            return
        self.done.clashes += self.here.clashes(part, instance)
        new.append((each, instance))

    def _say_what_differs(self, part: ScopePart, theirs: Any, ours: Any) -> None:
        if part.label == "recommendations.label" and theirs.words != ours.words:
            self.done.labels.append(f"{ours.vocabulary}: “{theirs.words}” there is “{ours.words}” here")
        if part.label == "recommendations.recommendation":
            tracked = TrackedRecommendation.objects.filter(recommendation=ours).values_list("reference", flat=True)
            differs = "" if theirs.text == ours.text else ", in other words"
            followed = f", followed as {', '.join(tracked)}" if tracked else ""
            self.done.both_have.append(f"{ours.inspection}, {ours.number}{followed}{differs}")

    def _note(
        self, label: str, key: int, pk: int | None, row: Row, saves: list[Row] | None = None, *, is_new: bool
    ) -> None:
        """Remember which record a row is here, and keep how it stood there."""
        self.here.pks[label, key] = pk
        if label == FORCE and saves is not None:
            self.here.force = pk
        if pk is not None:
            (self.done.added if is_new else self.done.matched)[label] += 1
        self.waiting.append(
            ReceivedRecord(
                model=label, key=key, record=pk, is_new=is_new, row=canonical(row), saves=canonical(saves or [])
            )
        )
        if self.done.register is not None and len(self.waiting) >= AT_ONCE:
            self._keep()

    def _keep(self) -> None:
        for each in self.waiting:
            each.register = self.done.register  # type: ignore[assignment]  # there is one by now
        self.act.add_all(self.waiting)
        self.waiting = []
