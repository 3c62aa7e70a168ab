"""No word of what somebody may not read is found, counted or suggested, wherever it stands."""

from contextlib import nullcontext

import pytest
from django.urls import reverse

from recommendations.domain.search import following
from recommendations.domain.search.find import SearchQuery, readable
from recommendations.models import Attachment, OfficeNote, SearchEntry
from recommendations.search_words import NO_WORDS
from tests.conftest import TODAY
from tests.security import world as built
from tests.security.marks import KINDS, SHOWN, canaries, said
from tests.security.world import CANARY, build_world

PERSONAS = ("lead_a", "lead_b", "member", "administrator", "officer")
SHOWN_TEXTS = ("title", "about", "address", "said_by", "text", "names", "words", "by__name", "force__name")


def texts(entries) -> str:
    return " ".join(map(str, entries.values_list(*SHOWN_TEXTS)))


def of_others(world) -> list[str]:
    """The second force's own words: what search reads of it, public texts left out."""
    own = SearchEntry.objects.filter(force=world.force_b).exclude(readers="public")
    return sorted({word for text in own.values_list("words", flat=True) for word in text.split() if CANARY in word})


@pytest.mark.parametrize("persona", PERSONAS)
def test_all_that_can_be_found_is_what_its_pages_show(world, persona):
    """Whatever is searched for, counted and suggested comes from these entries."""
    asked = SearchQuery(words=NO_WORDS, day=TODAY)
    found = readable(asked, world.people[persona])
    for kind, marks in SHOWN.get(persona, {}).items():
        own = found.exclude(readers="public") if kind == "of the second force" else found
        assert KINDS[kind](texts(own)) <= marks, kind
    hidden = {"draft", "note", "commitment"} if persona != "officer" else set()
    assert hidden.isdisjoint(found.values_list("kind", flat=True))


def test_there_is_much_of_the_second_force_to_be_found(world):
    assert len(of_others(world)) >= 20
    assert canaries(texts(readable(SearchQuery(words=NO_WORDS, day=TODAY), world.people["lead_b"])))


@pytest.mark.parametrize("persona", PERSONAS)
def test_files_are_found_as_they_are_seen_and_notes_by_the_office_alone(world, persona):
    """And each carries a mark of its force, so that the tests around this one would find it elsewhere."""
    user = world.people[persona]
    found = readable(SearchQuery(words=NO_WORDS, day=TODAY), user)
    files, notes = (found.filter(source=name) for name in ("attachment", "officenote"))
    assert set(files.values_list("row", flat=True)) == set(
        Attachment.on_file.visible_to(user).values_list("pk", flat=True)
    )
    assert set(notes.values_list("row", flat=True)) == set(
        OfficeNote.on_file.visible_to(user).values_list("pk", flat=True)
    )
    assert [
        each.title for each in files | notes if each.force_id == world.force_b.pk and CANARY not in each.words
    ] == []


@pytest.mark.parametrize("number", [3, pytest.param(8, marks=pytest.mark.soak)])
def test_the_first_force_is_told_nothing_of_the_second_by_any_of_its_words(world, number):
    client, told = world.clients["lead_a"], set()
    for word in of_others(world)[:number]:
        for asked in (f"q={word}", f"q={word[:-1]}x", f"q={word}+bells", f"q={word}&as_at=1+January+2027"):
            page = said(client.get(f"{reverse('search')}?{asked}"))
            told |= canaries(page.replace(word, "").replace(f"{word[:-1]}x", ""))
    assert told == set()


def test_a_reference_of_the_second_force_opens_nothing(world):
    answer = world.clients["lead_a"].get(reverse("search"), {"q": world.open_b.reference})
    assert answer.status_code == 200
    assert world.clients["lead_b"].get(reverse("search"), {"q": world.open_b.reference}).status_code == 302


@pytest.mark.parametrize("persona", ["lead_a", "member", pytest.param("officer", marks=pytest.mark.soak)])
def test_what_is_found_leads_to_a_page_that_its_reader_may_open(world, persona):
    """One of each kind of record, and one that was withdrawn."""
    entries = readable(SearchQuery(words=NO_WORDS, day=TODAY), world.people[persona])
    addresses = {(each.source, bool(each.withdrawn_on), each.readers): each.address for each in entries}
    answers = {address: world.clients[persona].get(address.partition("#")[0]) for address in set(addresses.values())}
    assert {address: answer.status_code for address, answer in answers.items() if answer.status_code != 200} == {}


@pytest.mark.soak
def test_what_is_searched_follows_each_verb_of_the_world(db, monkeypatch):
    monkeypatch.setattr(built, "rebuild_at_end", nullcontext)
    build_world()
    assert SearchEntry.objects.count() > 200
    assert list(following.wrong()) == []
