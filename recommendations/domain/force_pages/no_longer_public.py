"""Statements of a release that may no longer be public: since restricted, withdrawn, or moved to another force."""

from recommendations.domain.force_pages.compile import promises_of
from recommendations.domain.force_pages.data import PageFacts
from recommendations.domain.public.releases import lines_gone, reports_gone
from recommendations.domain.text.quotations import without_marks
from recommendations.models import Force, Response


def no_longer_public(facts: PageFacts, force: Force) -> list[str]:
    """A sentence for each. What has closed since may stay: it was open on the day of the release. Four queries."""
    lines = lines_gone([each.reference for each in facts.lines], force)
    return [*lines, *reports_gone(_titles(facts), force), *_answers(facts), *_promises(facts, force)]


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
