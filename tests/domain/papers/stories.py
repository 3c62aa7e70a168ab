"""Random years of two forces' registers, with everything that can happen to what a paper counts."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction
from hypothesis import strategies as st

from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.register import closures, disputes, restrictions, transfers, voices
from recommendations.domain.register.parts import closures as part_closures
from recommendations.domain.register.rechecks import rechecks
from recommendations.domain.register.rechecks.plans import LookPlan
from recommendations.domain.register.voices import withdraw
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import ForceUpdate, ScrutinyReport, TargetDate, TrackedRecommendation
from recommendations.periods import london_day
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.world import close, moment, take_out

BEGAN = datetime.date(2026, 1, 15)
TRACKED = (0, 0, 60, 120, 200)  # how many days after it began each recommendation is published
QUARTERS = [
    (datetime.date(2026, 1, 1), datetime.date(2026, 3, 31)),
    (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30)),
    (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30)),
]
OUTCOMES = {"close": "implemented", "supersede": "superseded", "withdraw": "withdrawn"}
LOOKS = ("look", "held", "slip", "agree", "disagree")
HAPPENS = (
    *OUTCOMES,
    "reopen",
    "target",
    "update",
    "restrict",
    "lift",
    "transfer",
    "take_out",
    "add",
    "withdraw_row",
    "close_part",
    "reopen_part",
    "decide",
    *LOOKS,
)
# One thing that happens: to which recommendation, what, on which day since the beginning, recorded how much later.
EVENTS = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(HAPPENS), st.integers(0, 300), st.integers(0, 60)), max_size=24
)
CORRECTED = st.sets(st.sampled_from(range(len(QUARTERS))))


def decide(tracked, officer, approver, at, **when) -> None:
    """The force says why it does not accept it, and the office decides."""
    disputes.record_dispute_reason(tracked=tracked, text="x", by=officer, at=at, **when)
    again = at.date() + datetime.timedelta(days=60)
    disputes.decide_dispute(tracked=tracked, decision="agrees", text="x", review_on=again, by=approver, at=at, **when)


@dataclass
class Story:
    """Two forces, whoever acts, what is tracked, and the papers that were filed with their figures of then."""

    forces: list
    officer: object
    approver: object
    tracked: list = field(default_factory=list)
    filed: list = field(default_factory=list)

    def begin(self) -> None:
        for number, later in enumerate(TRACKED):
            on = BEGAN + datetime.timedelta(days=later)
            inspection = make_inspection(self.forces, title=f"Report {number}", published_on=on, at=moment(on))
            kind = {"kind": "area_for_improvement"} if number % 2 else {"parts": ("(a) This.", "(b) That.")}
            made = make_tracked(inspection, number=str(number), at=moment(on), **kind)
            self.tracked += TrackedRecommendation.objects.filter(recommendation=made.recommendation)

    def apply(self, which: int, what: str, day: int, later: int) -> None:
        """Do one thing, if it can be done then: a refusal is part of life."""
        on = BEGAN + datetime.timedelta(days=day)
        at = moment(on + datetime.timedelta(days=later))
        tracked = TrackedRecommendation.on_file.get(pk=self.tracked[(which + day) % len(self.tracked)].pk)
        if at < tracked.recorded_at or tracked.withdrawn_at:
            return
        try:
            with transaction.atomic():
                self._do(what, tracked, on, at)
        except Refusal:
            return

    def _do(self, what, tracked, on, at) -> None:
        said = {"tracked": tracked, "by": self.officer, "at": at}
        if what in OUTCOMES:
            close(tracked, self.officer, self.approver, on, OUTCOMES[what], at)
        elif what == "reopen":
            closures.reopen(reason="It failed.", reopened_on=on, **said)
        elif what == "target":
            voices.set_target(target_on=on + datetime.timedelta(days=30), reason="Late.", effective_on=on, **said)
        elif what == "update":
            voices.log_force_update(done="x", position="not_accepted", effective_on=on, **said)
        elif what in ("restrict", "lift"):
            verb = restrictions.restrict if what == "restrict" else restrictions.lift_restriction
            verb(reason="x", effective_on=on, **said)
        elif what == "transfer":
            other = next(force for force in self.forces if force.pk != tracked.force_id)
            transfers.transfer(to_force=other, reason="x", effective_on=on, **said)
        elif what == "take_out":
            take_out(tracked, self.officer, at)
        elif what in ("close_part", "reopen_part"):
            self._part(what, tracked, on, said)
        elif what == "decide":
            decide(tracked, self.officer, self.approver, at, effective_on=on)
        elif what in LOOKS:
            self._look(what, said, on)
        elif what == "add":
            self._add(tracked, at)
        else:
            self._withdraw_row(tracked, at)

    def _part(self, what, tracked, on, said) -> None:
        """The first part that can be closed, or reopened."""
        parts = tracked.recommendation.parts.all()
        done = tracked.parts_discharged.in_force(datetime.date.max).values("part")
        if what == "reopen_part" and (part := parts.filter(pk__in=done).first()):
            part_closures.reopen_part(part=part, reason="It failed.", reopened_on=on, **said)
        elif what == "close_part" and (part := parts.exclude(pk__in=done).first()):
            part_closures.request_part_closure(part=part, reason="x", requested_on=on, **said)
            decided = said | {"by": self.approver, "closed_on": on}
            part_closures.decide_part_closure(part=part, approve=True, **decided)

    def _look(self, what, said, on) -> None:
        """Something of a look at what was closed."""
        if what == "look":
            plan = LookPlan(london_day(said["at"]) + datetime.timedelta(days=30), "It lasts.")
            rechecks.look_again(look=plan, seen_on=on, **said)
        elif what in ("held", "slip"):
            verb = rechecks.record_held if what == "held" else rechecks.report_slip
            verb(saw="x", seen_on=on, **said)
        elif what == "agree":
            rechecks.agree_slip(reopened_on=on, **said | {"by": self.approver})
        else:
            rechecks.decline_slip(reason="x", **said | {"by": self.approver})

    def _add(self, tracked, at) -> None:
        """Something of an earlier report, recorded late."""
        inspection, number = tracked.recommendation.inspection, f"late {len(self.tracked)}"
        made = make_tracked(inspection, number=number, at=at)
        self.tracked += TrackedRecommendation.objects.filter(recommendation=made.recommendation)

    def _withdraw_row(self, tracked, at) -> None:
        for model in (TargetDate, ForceUpdate):
            row = model.objects.filter(tracked=tracked, withdrawn_at__isnull=True, recorded_at__lte=at).first()
            if row:
                withdraw(row=row, reason="Wrong.", by=self.officer, at=at)

    def file(self, first, last, at, correct=False) -> None:
        """Both forces' open and closed papers of a quarter, or corrected issues of them."""
        for force in self.forces:
            for closed in (False, True):
                of = {"force": force, "start": first, "end": last, "closed": closed}
                if correct:
                    before = ScrutinyReport.objects.filter(**of).order_by("-issue").first()
                    paper = papers.correct(paper=before, by=self.officer, at=at)
                else:
                    paper = papers.prepare(**of, by=self.officer, at=at)
                self._file(paper, at)

    def _file(self, paper, at) -> None:
        figures = compile_figures(paper=paper, known_at=at)
        self.check(paper, figures)
        paper = papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=self.approver, at=at)
        self.filed.append((paper.pk, figures))

    def check(self, paper, figures) -> None:
        """It reconciles, it opens with the last one's closing, and what it lists is what it counts."""
        assert figures.differences == []
        last = [kept for pk, kept in self.filed if self._precedes(pk, paper)]
        if last:
            assert (figures.sum.opening, figures.then_and_now.overdue_then) == (
                last[-1].sum.closing,
                last[-1].then_and_now.overdue_now,
            )
        each = figures.sum
        assert len(figures.new) == each.new + each.recorded_late + each.transferred_in + each.from_other_paper
        left = each.closed + each.superseded + each.withdrawn + each.transferred_out
        assert len(figures.closed) == left + (each.to_other_paper if paper.closed else 0)
        assert len(figures.open_ids) == each.closing
        assert paper.closed or not self._restricted(figures)

    def _precedes(self, pk, paper) -> bool:
        other = ScrutinyReport.objects.get(pk=pk)
        after = other.end + datetime.timedelta(days=1) == paper.start
        return after and (other.force_id, other.closed) == (paper.force_id, paper.closed)

    def _restricted(self, figures) -> set[str]:
        """The references in an open paper that are restricted when it is compiled."""
        named = {line.reference for line in (*figures.new, *figures.closed, *figures.reopened, *figures.moved)}
        named |= {line.reference for line in (*figures.overdue, *figures.entries, *figures.since)}
        found = TrackedRecommendation.on_file.filter(reference__in=named)
        return {
            each.reference for each in found if restrictions.restriction_of(each, known_at=figures.known_at) is not None
        }
