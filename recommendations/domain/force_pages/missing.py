"""What the Specified Information Order (SI 2011/3050, Schedule) asks for and a force's page lacks. Pure."""

from collections.abc import Iterator

from recommendations.domain.force_pages.data import PageFacts
from recommendations.domain.force_pages.specified_information_data import PublicComplaints, PublicPriorities


def missing(facts: PageFacts) -> list[str]:
    """A sentence for each. Of a fire and rescue service it asks neither for priorities nor for complaints."""
    asked = [
        *_inspection_requirements(facts),
        *(_police_requirements(facts) if facts.is_police else ()),
        *_custody_requirements(facts),
    ]
    return [words for words, there in asked if not there]


def _inspection_requirements(facts: PageFacts) -> Iterator[tuple[str, object]]:
    yield "The latest annual report of HMICFRS on the force is not chosen (paragraph 7B).", facts.report
    yield "The latest summary assessment has no address (paragraph 7B).", facts.summary_link


def _police_requirements(facts: PageFacts) -> Iterator[tuple[str, object]]:
    priorities, complaints = facts.priorities or PublicPriorities(), facts.complaints or PublicComplaints()
    yield (
        "What the force contributes to the national priorities for policing is not said (paragraph 7A).",
        priorities.contribution,
    )
    yield "Which national priorities apply here, and why, is not said (paragraph 7A).", priorities.applicability
    yield "The IOPC’s latest quarterly data has no address (paragraph 7C).", complaints.data_link
    yield "The IOPC’s annual statistics have no address (paragraph 7C).", complaints.statistics_link
    yield "How complaints are handled is not reported (paragraph 7C).", complaints.words or complaints.link


def _custody_requirements(facts: PageFacts) -> Iterator[tuple[str, object]]:
    words = "How custody visiting works is not said (paragraph 8)."
    yield words, facts.custody and facts.custody.words
