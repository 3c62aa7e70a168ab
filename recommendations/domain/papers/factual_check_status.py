"""The state of a paper's factual check, for finalising, the paper's page and the paper itself."""

import datetime

from django.db.models import Q

from recommendations.enums import CorrectionAnswer, FactualReply
from recommendations.models import FactualCheck, FactualCorrection, ScrutinyReport
from recommendations.periods import london_day, say


def checks_of(paper: ScrutinyReport) -> list[FactualCheck]:
    """Return each factual check requested, oldest first, with its corrections. At most two queries."""
    return list(paper.factual_checks.select_related("force", "sent_by", "replied_by").prefetch_related("corrections"))


def check_sentences(paper: ScrutinyReport, known_at: datetime.datetime) -> tuple[str, ...]:
    """Return the sentences that a paper prints about its factual checks at a given time, one for each."""
    if paper.pk is None:
        return ()
    day = london_day(known_at)
    checks = FactualCheck.objects.filter(paper=paper.pk).prefetch_related("corrections")
    return tuple(_sentence(each, day) for each in checks)


def _sentence(check: FactualCheck, day: datetime.date) -> str:
    if check.replied_at:
        said = f"Checked for factual accuracy by the force, {say(london_day(check.replied_at))}"
        return f"{said}: {_correction_words(list(check.corrections.all()))}."
    if check.ended_at:
        return (
            f"The force was asked to check the facts by {say(check.due_on)}. "
            f"The office went on without its reply on {say(london_day(check.ended_at))}: "
            f"{_end_with_stop(check.ended_why)}"
        )
    if day > check.due_on:
        return f"The force did not reply by {say(check.due_on)}, its day to check the facts."
    return f"With the force for a check of its facts until {say(check.due_on)}."


def _end_with_stop(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _correction_words(corrections: list[FactualCorrection]) -> str:
    """ "no correction", "3 corrections, 2 accepted, 1 not accepted"."""
    if not corrections:
        return "no correction"
    answers = [each.answer for each in corrections]
    counts = (
        (CorrectionAnswer.ACCEPTED, "accepted"),
        (CorrectionAnswer.NOT_ACCEPTED, "not accepted"),
        ("", "not answered yet"),
    )
    parts = [f"{answers.count(key)} {words}" for key, words in counts if key in answers]
    number = "1 correction" if len(answers) == 1 else f"{len(answers)} corrections"
    return ", ".join([number, *parts])


def why_not_yet(paper: ScrutinyReport, day: datetime.date) -> str:
    """Return the reason why the factual check prevents finalising a draft on a London day, or "".

    A force that has not replied by its due day does not prevent it.
    """
    running = paper.factual_checks.filter(reply="", ended_at__isnull=True, due_on__gte=day).first()
    if running:
        return (
            f"The force has until {say(running.due_on)} to check the facts. "
            "Wait for its reply, or say why the office goes on without it."
        )
    number = FactualCorrection.objects.filter(of__paper=paper, answer="").count()
    if number:
        words = "1 correction of the force is" if number == 1 else f"{number} corrections of the force are"
        return f"{words} not answered yet."
    return ""


def awaiting_check(day: datetime.date) -> Q:
    """Return the condition for papers that a check prevents from being finalised, including the joint papers of such
    parts.

    This is `why_not_yet` for many papers at once.
    """
    running = FactualCheck.objects.filter(reply="", ended_at__isnull=True, due_on__gte=day).order_by()
    unanswered = FactualCorrection.objects.filter(answer="").order_by()
    of_papers = Q(pk__in=running.values("paper")) | Q(pk__in=unanswered.values("of__paper"))
    parts = running.filter(paper__part_of__isnull=False).values("paper__part_of")
    more_parts = unanswered.filter(of__paper__part_of__isnull=False).values("of__paper__part_of")
    return of_papers | Q(pk__in=parts) | Q(pk__in=more_parts)


def state_of(check: FactualCheck, day: datetime.date) -> str:
    """Return the state of one check, in words."""
    if check.replied_at:
        came = "No correction," if check.reply == FactualReply.NONE else "Corrections came on"
        return f"{came} {say(london_day(check.replied_at))}"
    if check.ended_at:
        return f"Ended on {say(london_day(check.ended_at))} without a reply"
    if check.paper.state != "draft":
        return f"No reply by {say(check.due_on)}; the paper is finalised"
    return f"Late: asked for by {say(check.due_on)}" if day > check.due_on else f"Asked for by {say(check.due_on)}"
