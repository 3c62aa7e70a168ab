"""Statements of a release that may no longer be public: since restricted, withdrawn, or moved to another force."""

from collections.abc import Iterator

from recommendations.domain.force_pages.compile import promises_of
from recommendations.domain.force_pages.data import PageFacts
from recommendations.domain.force_pages.specified_information_data import PublicOutcome
from recommendations.domain.public.releases import lines_gone, reports_gone
from recommendations.domain.text.quotations import without_marks
from recommendations.models import Force, Response


def no_longer_public(facts: PageFacts, force: Force) -> list[str]:
    """A sentence for each. What has closed since may stay: it was open on the day of the release. Four queries."""
    lines = lines_gone(dict.fromkeys(_references(facts)), force)
    return [*lines, *reports_gone(_titles(facts), force), *_answers(facts), *_promises(facts, force)]


def _references(facts: PageFacts) -> Iterator[str]:
    yield from (line.reference for line in facts.lines)
    yield from (outcome.reference for outcome in _outcomes(facts))
    yield from (reference for shown in facts.indicators for reference in shown.references)


def _outcomes(facts: PageFacts) -> tuple[PublicOutcome, ...]:
    return facts.complaints.outcomes if facts.complaints else ()


def _titles(facts: PageFacts) -> set[str]:
    graded = {grade.report for grade in facts.grades}
    of_lines, of_answers = {line.report for line in facts.lines}, {answer.report for answer in facts.answers}
    found = {report.title for report in ({facts.report} | graded | of_lines | of_answers) if report}
    return found | {each.report for each in _outcomes(facts)} | {each.title for each in facts.other_answers}


def _answers(facts: PageFacts) -> list[str]:
    there = set(Response.objects.public().filter(withdrawn_at__isnull=True).values_list("year", "slug"))
    said = {(each.year, each.slug): each.report.title for each in facts.answers if each.slug}
    return [f"The response to “{title}” is withdrawn." for address, title in said.items() if address not in there]


def _promises(facts: PageFacts, force: Force) -> list[str]:
    there = {without_marks(quote) for quote in promises_of(force).values_list("quote", flat=True)}
    gone = [each for each in facts.promises if each.quote not in there]
    return [f"A promise of “{each.heading}” is no longer in a published response." for each in gone]
