"""Marking a force's register as handed over: it stays readable, and takes no new rows."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import models

from recommendations import models as m
from recommendations import trail
from recommendations.domain.handing_over.scope import ON_TRACKED
from recommendations.domain.writing.input_checks import longest
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import Force, TrailHead, User
from recommendations.periods import say
from recommendations.trail import verb

# From each record of a force's register to the force.
PATHS: Mapping[type[models.Model], str] = {
    **dict.fromkeys(ON_TRACKED, "tracked__force"),
    **dict.fromkeys((m.TrackedRecommendation, m.InspectionForce, m.MonitoringStage, m.PeelGrade), "force"),
    **dict.fromkeys((m.PlannedInspection, m.UpdateRound, m.ScrutinyReport, m.CommitteeRequest, m.Invitation), "force"),
    m.Action: "force",
    **dict.fromkeys((m.ActionPlan, m.ForceRelease, m.Panel, m.CustodySuite, m.ChiefOfficerComments), "force"),
    **dict.fromkeys((m.PaperWords, m.FactualCheck, m.RequestAnswer, m.PaperIssue), "paper__force"),
    **dict.fromkeys((m.ActionLink, m.ActionRow), "action__force"),
    **dict.fromkeys((m.Indicator, m.IndicatorSheet), "force"),
    **dict.fromkeys((m.IndicatorValue, m.DefinitionChange, m.IndicatorLink), "indicator__force"),
    m.LegacyJudgement: "tracked__force",
    m.RoundAnswer: "line__round__force",
    m.RoundLine: "round__force",
    m.Meeting: "panel__force",
    m.CustodyVisit: "suite__force",
}
TAKEN_BACK = "take_back_register"


def mark_handed_over(
    *,
    force: Force,
    on: datetime.date,
    to: str,
    head: tuple[int, str],
    fingerprint: str,
    by: User | None,
    at: datetime.datetime,
) -> Force:
    """Mark a force's register as handed over to another office. The entry names the bag's fingerprint.

    `head` is the trail's head when the bag was filled. Raises Refusal if something was recorded since, if the register
    is handed over already, or if no office is named, or one with too long a name.
    """
    check_office_named(to)
    reason = f"Handed over to {to}. Fingerprint of the bag: {fingerprint}."
    with verb("hand_over", by=by, at=at, reason=reason, subject=force) as act:
        force = lock_row(force)
        check_not_handed_over(force)
        list(TrailHead.objects.select_for_update())
        if trail.head() != head:
            raise Refusal("Something was recorded while the bag was filled. Stop the server, and hand over again.")
        force.handed_over_on, force.handed_over_to = on, to
        act.save(force)
    return force


def take_back(*, force: Force, reason: str, by: User | None, at: datetime.datetime) -> Force:
    """Undo handing over: the register takes new rows again. Raises Refusal without a reason, or if it was not."""
    if not reason.strip():
        raise Refusal("Say why the register is taken back.")
    with verb(TAKEN_BACK, by=by, at=at, reason=reason, subject=force) as act:
        force = lock_row(force)
        if force.handed_over_on is None:
            raise Refusal(f"{force} was not handed over.")
        force.handed_over_on, force.handed_over_to = None, ""
        act.save(force)
    return force


def check_office_named(to: str) -> None:
    """Raise Refusal without the name of the office that takes over, and if it is too long."""
    most = longest(Force, "handed_over_to")
    if not to.strip():
        raise Refusal("Name the office that takes over.", code="no-office")
    if len(to) > most:
        raise Refusal(f"The name of the office is too long: {most} characters fit.", code="too-long")


def check_not_handed_over(force: Force) -> None:
    """Raise Refusal if a force's register was handed over."""
    if force.handed_over_on is not None:
        raise Refusal(handed_over_words(force))


def handed_over_words(force: Force) -> str:
    """What a page says of a register that was handed over."""
    assert force.handed_over_on is not None
    return (
        f"The register of {force} was handed over to {force.handed_over_to} on {say(force.handed_over_on)}. "
        "It can be read here, and nothing is added to it."
    )


@trail.follow
class HandedOverGuard:
    """Refuses a verb that writes to a register that was handed over."""

    def __init__(self) -> None:
        self.rows: defaultdict[type[models.Model], set[int]] = defaultdict(set)

    def note(self, row: models.Model, changed: Iterable[str]) -> None:
        """Remember a written row of a force's register."""
        if type(row) in PATHS:
            self.rows[type(row)].add(row.pk)

    def finish(self) -> None:
        """Raise Refusal if any of these rows is of a force that was handed over. One query, if there is none."""
        if not self.rows:
            return
        handed_over = list(Force.objects.filter(handed_over_on__isnull=False))
        for model, pks in self.rows.items() if handed_over else ():
            found = model._base_manager.filter(pk__in=pks, **{f"{PATHS[model]}__in": handed_over})
            if (pk := found.values_list(PATHS[model], flat=True).first()) is not None:
                raise Refusal(handed_over_words(next(force for force in handed_over if force.pk == pk)))
