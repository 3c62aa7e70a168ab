"""The pages of redactions: looking for words, proposing, deciding."""

import pytest

from recommendations import trail
from recommendations.domain.people.invitations import invite
from recommendations.enums import Role
from recommendations.models import Redaction, TypedDraft
from tests.conftest import AT
from tests.makers.attachments import make_file
from tests.per_module import per_module
from tests.security.world import build_world

world = per_module(build_world, "world")
ADD = "/redactions/add/"
PLANTED = "Zqplanted beside it"
SGT = {"words": "Sgt Hale", "reason": "A person who was in custody."}


def test_words_are_looked_for_before_anything_is_saved(world):
    officer, before = world.clients["officer"], Redaction.objects.count()
    answer = officer.post(ADD, {"words": "sgt hale", "find": "1"})
    assert answer.status_code == 200
    assert {(line.field, line.words) for line in answer.context["lines"]} == {
        ("Said by", "Sgt Hale"),
        ("Facts", "Sgt Hale"),
    }
    assert officer.post(ADD, {"words": "zq", "find": "1"}).context["form"].errors.keys() == {"words"}
    assert Redaction.objects.count() == before


def test_one_proposes_and_another_confirms_what_they_saw(world):
    page = world.clients["officer"].post(ADD, SGT).url
    assert not world.clients["officer"].get(page).context["may_decide"]
    approver, address = world.clients["approver"], f"{page}confirm/"
    form = approver.get(address).context["form"]
    assert approver.post(address, {"seen": form["seen"].value()}).status_code == 422
    assert approver.post(address, {"seen": "other", "understood": "on"}).status_code == 422
    answer = approver.post(address, {"seen": form["seen"].value(), "understood": "on"}, follow=True)
    assert (answer.context["redaction"].state, "lines" in answer.context) == ("done", False)
    assert world.clients["officer"].post(ADD, {**SGT, "find": "1"}).status_code == 422


def test_files_that_were_not_read_whole_are_named_beside_the_places(world):
    picture = make_file(world.open_a, "cell.png", b"\x89PNG\r\n\x1a\n", by=world.people["officer"])
    make_file(world.open_a, "notes.txt", b"Notes.", text="Notes.", by=world.people["officer"])
    answer = world.clients["officer"].post(ADD, {"words": "We agree", "find": "1"})
    names = [each.name for each in answer.context["unread"]]
    assert (names[0], "notes.txt" in names, answer.context["unread_count"]) == ("cell.png", False, len(names))
    page = " ".join(answer.content.decode().split())
    assert f'<a class="govuk-link" href="{picture.get_absolute_url()}">cell.png</a>' in page


def test_what_others_are_writing_and_what_administrators_alone_read_is_not_shown(world):
    """Not even in the page: the place is counted, and its words go with the others."""
    with trail.verb("plant", by=None, at=AT) as act:
        act.save(TypedDraft(by=world.people["lead_b"], place="zq", fields={"done": [PLANTED]}, at=AT))
    invite(email="zq@example.org", name=PLANTED, role=Role.OPCC_OFFICER, by=world.people["administrator"], at=AT)
    answer = world.clients["officer"].post(ADD, {"words": "Zqplanted", "find": "1"})
    lines = answer.context["lines"]
    assert {(line.is_hidden, line.name, line.before, line.words, line.after) for line in lines} == {(True, *[""] * 4)}
    assert len(lines) >= 2
    assert "beside it" not in answer.content.decode()


def test_an_administrator_looks_for_no_words(world):
    administrator = world.clients["administrator"]
    answers = [administrator.get("/redactions/"), administrator.post(ADD, {"words": "We agree", "find": "1"})]
    assert [answer.status_code for answer in answers] == [403, 403]


@pytest.mark.soak
def test_a_large_number_of_places_has_pages(world):
    found = world.clients["officer"].post(ADD, {"words": "The force should", "find": "1"})
    assert found.context["page"].paginator.count > 20


def test_the_first_page_of_whoever_may_decide_says_that_it_waits(world):
    lead_to = '<a class="govuk-link" href="/redactions/">'
    seen = {name: lead_to in world.clients[name].get("/").content.decode() for name in ("officer", "approver")}
    assert seen == {"officer": False, "approver": True}
