"""Statements of a release that may no longer be public: since restricted, withdrawn, or moved to another force."""

from collections.abc import Iterable

from recommendations.domain.force_pages.compile import promises_of
from recommendations.domain.force_pages.data import PageFacts
from recommendations.domain.text.quotations import without_marks
from recommendations.models import Force, Inspection, Response, Standing


def no_longer_public(facts: PageFacts, force: Force) -> list[str]:
    """A sentence for each. What has closed since may stay: it was open on the day of the release. Four queries."""
    lines = lines_gone([each.reference for each in facts.lines], force)
    return [*lines, *reports_gone(_titles(facts), force), *_answers(facts), *_promises(facts, force)]


def lines_gone(references: Iterable[str], force: Force) -> list[str]:
    """A sentence for each recommendation that may no longer be shown. One query."""
    now = Standing.objects.now().filter(force=force, restricted=False).order_by()
    shown = set(now.values_list("reference", flat=True))
    gone = [each for each in references if each not in shown]
    return [f"{reference} is restricted, withdrawn or of another force now." for reference in gone]


def reports_gone(titles: Iterable[str], force: Force) -> list[str]:
    """A sentence for each report that no longer covers the force, whatever its source. One query."""
    there = set(Inspection.objects.filter(covers__force=force).values_list("title", flat=True))
    return [f"The report “{title}” is withdrawn, or called otherwise now." for title in sorted(set(titles) - there)]


def _titles(facts: PageFacts) -> set[str]:
    graded = {grade.report for grade in facts.grades}
    of_lines, of_answers = {line.report for line in facts.lines}, {answer.report for answer in facts.answers}
    return {report.title for report in ({facts.report} | graded | of_lines | of_answers) if report}


def _answers(facts: PageFacts) -> list[str]:
    there = set(Response.objects.public().filter(withdrawn_at__isnull=True).values_list("year", "slug"))
    said = {(each.year, each.slug): each.report.title for each in facts.answers if each.slug}
    return [f"The response to “{title}” is withdrawn." for address, title in said.items() if address not in there]


def _promises(facts: PageFacts, force: Force) -> list[str]:
    there = {without_marks(quote) for quote in promises_of(force).values_list("quote", flat=True)}
    gone = [each for each in facts.promises if each.quote not in there]
    return [f"A promise of “{each.heading}” is no longer in a published response." for each in gone]
