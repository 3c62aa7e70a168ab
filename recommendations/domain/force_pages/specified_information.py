"""What the Specified Information Order asks for beside inspections, and answers by others, compiled for a page.

Only what the office chose is in it, and nothing restricted.
"""

import datetime

from django.db.models import QuerySet

from recommendations.domain.force_pages.data import PageChoices
from recommendations.domain.force_pages.specified_information_data import (
    OtherAnswer,
    PublicComplaints,
    PublicOutcome,
    PublicPriorities,
)
from recommendations.domain.sources.queries import sources
from recommendations.enums import Outcome, Position, Vocabulary
from recommendations.enums.sources import OF_HMICFRS, Answerer, AnswerStepKind, SourceKind
from recommendations.models import AnswerStep, Force, ForceUpdate, Inspection, Label, Standing
from recommendations.models.register.standing import StandingQuerySet


def priorities_of(choices: PageChoices) -> PublicPriorities | None:
    """What the office says of the national priorities; None if nothing."""
    found = PublicPriorities(
        contribution=choices.priorities_contribution, applicability=choices.priorities_applicability
    )
    return found if found != PublicPriorities() else None


def complaints_of(force: Force, choices: PageChoices) -> PublicComplaints | None:
    """What the page says of complaints about the force; None if nothing. Three queries at most."""
    found = PublicComplaints(
        data_link=choices.complaints_data_link,
        statistics_link=choices.complaints_statistics_link,
        words=choices.complaints_words,
        link=choices.complaints_link,
        outcomes=_outcomes(force, choices) if choices.complaints_recommendations else (),
    )
    return found if found != PublicComplaints() else None


def complaint_standings(force: Force) -> StandingQuerySet:
    """How what HMICFRS and the IOPC recommended to a force stands today: closed ones too, and no restricted ones."""
    made_by = [key for key, each in sources().items() if each.kind == SourceKind.IOPC]
    return Standing.objects.now().filter(
        force=force,
        restricted=False,
        tracked__recommendation__withdrawn_at__isnull=True,
        tracked__recommendation__inspection__withdrawn_at__isnull=True,
        tracked__recommendation__inspection__source__in=[*OF_HMICFRS, *made_by],
    )


def _outcomes(force: Force, choices: PageChoices) -> tuple[PublicOutcome, ...]:
    """By reference."""
    rows = complaint_standings(force).filter(tracked__in=choices.complaints_recommendations)
    rows = rows.select_related("tracked__recommendation__inspection").order_by("reference")
    stages = Label.objects.words()[Vocabulary.STAGE]
    refused = [row.tracked_id for row in rows if row.position == Position.NOT_ACCEPTED]
    updates = ForceUpdate.objects.filter(tracked__in=refused).standing().latest_of_each()
    explained = dict(updates.values_list("tracked", "done")) if refused else {}
    return tuple(_outcome(row, stages, explained.get(row.tracked_id, "")) for row in rows)


def _outcome(row: Standing, stages: dict[str, str], explanation: str) -> PublicOutcome:
    asked = row.tracked.recommendation
    return PublicOutcome(
        reference=row.reference,
        label=asked.short_label,
        heading=asked.heading,
        text=asked.text,
        source=asked.inspection.source_word,
        report=asked.inspection.title,
        word=_word(row, stages),
        on=row.closed_on or row.last_update_on,
        explanation=explanation,
    )


def _word(row: Standing, stages: dict[str, str]) -> str:
    """ "Closed: implemented", "Not accepted", "Accepted. In progress", or "Open"."""
    if row.closed_on:
        return f"Closed: {Outcome(row.outcome).label.lower()}"
    position = Position(row.position).label if row.position else ""
    stage = "" if row.position == Position.NOT_ACCEPTED else stages.get(row.stage, row.stage)
    return ". ".join(filter(None, (position, stage))) or "Open"


def answered_by_others(force: Force) -> QuerySet[Inspection]:
    """The reports on a force that its chief officer answers, the newest first."""
    rows = Inspection.objects.filter(covers__force=force, answerer=Answerer.CHIEF_OFFICER)
    return rows.order_by("-published_on", "-pk")


def other_answers(force: Force, choices: PageChoices, on: datetime.date) -> tuple[OtherAnswer, ...]:
    """The answers by the chief officer that the office shows, the newest report first. No query if it shows none."""
    if not choices.other_answers:
        return ()
    reports = list(answered_by_others(force).filter(pk__in=choices.other_answers))
    published = AnswerStep.objects.filter(inspection__in=reports, step=AnswerStepKind.PUBLISHED).exclude(link="")
    links = dict(published.order_by("effective_on", "pk").values_list("inspection", "link"))
    title = f"{force.chief_officer_title} of {force.short_name}"
    return tuple(_other_answer(each, on, title, links.get(each.pk, "")) for each in reports)


def _other_answer(report: Inspection, on: datetime.date, answerer: str, link: str) -> OtherAnswer:
    last_day, sent_on = report.last_day, report.answer_sent_on
    late = ((sent_on or on) - last_day).days if last_day else 0
    return OtherAnswer(
        source=report.source_word,
        title=report.title,
        published_on=report.published_on,
        answerer=answerer,
        last_day=last_day,
        sent_on=sent_on,
        days_late=max(0, late),
        link=link,
    )
