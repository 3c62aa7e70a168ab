"""What is restricted reaches nobody through a paper but the office, through its closed paper."""

import datetime
import re

import pytest
from django.urls import reverse

from recommendations.domain.register.restrictions import lift_restriction
from tests.conftest import AT
from tests.security.marks import said
from tests.security.worlds.papers.restriction import RESTRICTED, WHY

OUTSIDE = ("lead_a", "lead_b", "member", "administrator", "anonymous")
LATER = AT + datetime.timedelta(hours=20)


def marks(world, persona: str, urls) -> set[str]:
    found = set()
    for url in urls:
        found |= set(re.findall(rf"(?:{RESTRICTED}|{WHY})[ab]", said(world.clients[persona].get(url, follow=True))))
    return found


def closed_addresses(world) -> list[str]:
    """Every page that a paper has, of the closed ones; and pages on which papers are listed or compared."""
    papers = [getattr(world, f"closed_{name}_{letter}").pk for name in ("draft", "final") for letter in "ab"]
    names = ("paper", "paper_file", "paper_words", "send_to_check", "issue_paper")
    own = [reverse(name, args=[pk]) for pk in papers for name in names]
    compared = f"{reverse('compare_papers')}?from={world.final_a.pk}&to={world.closed_final_a.pk}"
    return [*own, compared, reverse("papers"), reverse("home"), reverse("committee_requests")]


@pytest.mark.parametrize("persona", OUTSIDE)
def test_nobody_outside_the_office_reads_of_it_in_a_paper(world, persona):
    assert marks(world, persona, closed_addresses(world)) == set()


@pytest.mark.parametrize("persona", OUTSIDE)
def test_no_list_of_papers_says_that_a_closed_one_is_there(world, persona):
    answer = said(world.clients[persona].get(reverse("papers"), follow=True))
    assert [word for word in ("Closed paper", world.closed_final_a.get_absolute_url()) if word in answer] == []


def test_the_office_reads_of_it_in_the_closed_paper_and_not_in_the_open_draft(world):
    closed = [world.closed_draft_a.get_absolute_url(), reverse("paper_file", args=[world.closed_final_b.pk])]
    assert marks(world, "officer", closed) == {f"{RESTRICTED}a", f"{RESTRICTED}b"}
    draft = [world.draft_a.get_absolute_url()]
    assert marks(world, "officer", draft) == set()
    left_out = "1 restricted recommendation is left out; it is in the closed paper."
    assert left_out in said(world.clients["officer"].get(draft[0]))
    by = {"by": world.people["officer"], "at": LATER}
    lift_restriction(tracked=world.restricted_a, reason="It is over.", **by)
    answer = said(world.clients["officer"].get(draft[0]))
    assert (left_out in answer, marks(world, "officer", closed[:1])) == (False, set())
