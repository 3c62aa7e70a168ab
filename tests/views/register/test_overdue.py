"""One meaning of "overdue", and one set of numbers of a round, on every page and paper over the same records."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.register import closures, voices
from recommendations.domain.register.definitions import definitions
from recommendations.domain.rounds import rounds
from recommendations.models import ScrutinyReport, Thresholds, TrackedRecommendation
from tests.conftest import make_inspection, make_tracked
from tests.makers.rounds import answered
from tests.per_module import per_module
from tests.views.hooks import parsed
from tests.views.register.page import address, ago, now

# What is recorded: the days since its deadline, and whether that makes it overdue. An immediate one's is its report's.
DATED = {
    "past its deadline": (1, True),
    "due today": (0, False),
    "past its deadline, closed": (1, False),
    "past its deadline, not accepted": (1, False),
}
IMMEDIATE = {"immediate, open for 91 days": (91, True), "immediate, open for 90 days": (90, False)}
TARGET = {"past its first target": (2, True), "due by its first target": (0, False)}
ALL = DATED | IMMEDIATE | TARGET
OVERDUE = sum(is_overdue for _, is_overdue in ALL.values())


def record(force, name: str, days: int = 300, **facts) -> TrackedRecommendation:
    """One recommendation of a report that was published so many days ago."""
    return make_tracked(make_inspection(force, title=name, published_on=ago(days), at=now()), at=now(), **facts)


@per_module
def records(body, westmarch, officer, approver, force_lead):
    """A recommendation for each of ALL, and one without a date."""
    made = {name: record(westmarch, name, due_on=ago(days)) for name, (days, _) in DATED.items()}
    for name, (days, _) in IMMEDIATE.items():
        made[name] = record(westmarch, name, days, deadline_kind="immediate", deadline_on=ago(days))
    for name, (days, _) in TARGET.items():
        made[name] = record(westmarch, name)
        voices.set_target(tracked=made[name], target_on=ago(days), by=force_lead, at=now())
    record(westmarch, "without a date")
    closed, refused = made["past its deadline, closed"], made["past its deadline, not accepted"]
    closures.request_closure(tracked=closed, outcome="implemented", reason="Done.", by=officer, at=now())
    closures.approve_closure(tracked=closed, by=approver, at=now())
    voices.log_force_update(tracked=refused, done="No.", position="not_accepted", by=force_lead, at=now())
    return made


def number_at(page, words: str) -> int:
    """The number of the link that says these words."""
    found = [" ".join(each.text(separator=" ").split()) for each in parsed(page).css("main a")]
    (number,) = [int(each.split()[0]) for each in found if each.split(" ", 1)[-1] == words]
    return number


def test_overdue_is_the_same_number_everywhere(sign_in, officer, records, westmarch):
    client, today = sign_in(officer), localdate()
    home, register = client.get("/?whose=everyone"), client.get(address(show="overdue"))
    inspections = client.get(reverse("inspections")).context["rows"]
    paper = ScrutinyReport(force=westmarch, start=today - datetime.timedelta(days=80), end=today, issue=1)
    figures = compile_figures(paper=paper, known_at=now())
    assert figures.differences == []
    found = {
        "first page, red": number_at(home, "Red"),
        "register, its tab": next(int(tab.number) for tab in register.context["tabs"] if tab.label == "Overdue"),
        "register, its rows": len(register.context["rows"]),
        "inspections": sum(count.overdue for row in inspections for count in row.counts),
        "paper, then and now": figures.then_and_now.overdue_now,
        "paper, its list": len(figures.overdue),
        "paper, by date": next(each.count for each in figures.by_date if each.label == "Overdue"),
        "paper, by age": sum(band.overdue for band in figures.charts.ages),
    }
    assert found == dict.fromkeys(found, OVERDUE)
    assert {line.reference for line in figures.overdue} == {row.reference for row in register.context["rows"]}


@pytest.mark.parametrize("word", ["Red", "Serious"])
def test_the_definition_of_overdue_is_that_of_the_colour(word):
    found = {each.term: each.words for each in definitions(Thresholds(red=word))}
    assert found["Overdue"].casefold() == f"Open and {word}: {found[word]}".casefold()


@pytest.mark.soak
def test_a_round_about_what_is_overdue_has_one_set_of_numbers(sign_in, officer, force_lead, records, westmarch):
    ids = [row.pk for row in sign_in(officer).get(address(show="overdue")).context["rows"]]
    overdue = list(TrackedRecommendation.objects.filter(pk__in=ids))
    about = {"force": westmarch, "tracked": overdue, "name": "November", "due_on": ago(-6)}
    round = rounds.ask_for_updates(by=officer, at=now(), **about)
    first, second, _ = round.lines.all()
    answered(first, force_lead)
    rounds.return_answer(answer=answered(second, force_lead), question="Which?", by=officer, at=now())

    def words(person, url: str, css: str) -> list[str]:
        page = parsed(sign_in(person).get(url))
        return [" ".join(each.text(separator=" ").split()) for each in page.css(css)]

    # wording: the same words count the same
    url = round.get_absolute_url()
    assert OVERDUE == 3
    assert words(officer, reverse("rounds"), "td[data-label=Answered]") == ["1 of 3"]
    assert words(force_lead, reverse("rounds"), "td[data-label=Answered]") == ["1 of 3"]
    assert words(force_lead, reverse("rounds"), "td[data-label='To answer'] a") == [f"2 in {round}"]
    assert words(officer, url, ".app-roundsum__big p")[0] == "1 of 3 answered"
    assert words(officer, url, ".app-key a")[1:] == [
        "1 for you to look at",
        "1 returned with a question",
        "1 not answered",
    ]
    assert words(officer, url, ".app-table__sum td") == ["3", "1", "1", "1"]
    assert words(force_lead, url, ".app-record__line")[0].startswith("1 of 3 answered ·")
    assert words(force_lead, url, ".app-counts a")[:3] == ["3 all", "2 to do", "1 returned to you"]
    assert "Answer 2 recommendations" in words(force_lead, "/", ".app-todo a")
    assert "November. 2 more with the force." in words(officer, "/", ".app-todo p")
