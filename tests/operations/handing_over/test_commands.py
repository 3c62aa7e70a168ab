"""hand_over and take_over, as an operator runs them."""

import io

import pytest
from django.core.management import CommandError, call_command

from oversight.operations.handing_over.making import Order, finish
from recommendations.models import Force, ReceivedRegister, TrailEntry
from tests.makers.handing_over import ON, make_origin, make_successor, the_bag
from tests.snapshots import undone

pytestmark = pytest.mark.django_db


def run(*command: object) -> str:
    out = io.StringIO()
    call_command(*map(str, command), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def small():
    return the_bag("small", quarters=[], happens=((0, "update", 3, 0), (0, "close", 20, 1)))


def test_a_preview_says_what_would_be_and_keeps_nothing():
    file, _ = small()
    make_successor()
    said = run("take_over", file)
    assert "tracked recommendations: 5 added, 0 here already" in said
    assert "recommendations: 4 added, 1 here already" in said
    assert "Report 0, 0, followed as SM-0004" in said
    assert "Nothing is changed." in said
    assert (ReceivedRegister.objects.count(), TrailEntry.objects.filter(verb="take_over").count()) == (0, 0)


def test_it_is_taken_over_and_undone():
    file, facts = small()
    make_successor()
    with pytest.raises(CommandError, match="The fingerprint is not the one of this bag"):
        run("take_over", file, "--confirm")
    said = run("take_over", file, "--confirm", "--fingerprint", facts["fingerprint"])
    number = ReceivedRegister.objects.get().pk
    assert f"Taken over, as number {number}." in said
    assert "Entries of its trail" in said
    assert "is whole too" in run("verify_audit")
    assert "Undone." in run("take_over", "--undo", number, "--why", "The wrong one.")
    assert not Force.objects.filter(slug="westmarch").exists()


def test_a_register_is_handed_over_and_taken_back(tmp_path):
    with undone():
        make_origin(happens=(), quarters=(), shared=False)
        file = tmp_path / "westmarch.tar"
        said = run("hand_over", "--force", "westmarch", "--office", "South Mayor", "--to", file)
        assert "is marked as handed over to South Mayor" in said
        assert said.splitlines()[-1] in TrailEntry.objects.get(verb="hand_over").reason
        assert "takes new rows again" in run("hand_over", "--force", "westmarch", "--take-back", "Not yet.")


def test_a_bag_that_a_killed_process_left_gets_its_name_from_the_next_run(tmp_path):
    """Killed between the mark and the name: the bag is whole, and the register is marked."""
    with undone():
        make_origin(happens=(), quarters=(), shared=False)
        file = tmp_path / "westmarch.tar"
        fingerprint = run("hand_over", "--force", "westmarch", "--office", "M", "--to", file).splitlines()[-1]
        order = Order(Force.objects.get(slug="westmarch"), ON, "M", file)
        file.rename(order.unfinished)
        (work := tmp_path / "work").mkdir()
        assert finish(order, work) == fingerprint
        assert file.exists()


@pytest.mark.parametrize(
    ("office", "to"), [("x" * 201, "westmarch.tar"), (" ", "westmarch.tar"), ("M", "no/westmarch.tar")]
)
def test_what_cannot_be_handed_over_so_is_said_before_anything_is_read(tmp_path, office, to):
    with undone():
        make_origin(happens=(), quarters=(), shared=False)
        with pytest.raises(CommandError):
            run("hand_over", "--force", "westmarch", "--office", office, "--to", tmp_path / to)
        assert Force.objects.get(slug="westmarch").handed_over_on is None
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["[" * 100_000, '{"values": {"force.name": {"Westmarch Police": "a\\u0000b"}}}'])
def test_a_map_that_does_not_fit_is_refused(tmp_path, content):
    file, _ = small()
    make_successor()
    (map := tmp_path / "map.json").write_text(content)
    with pytest.raises(CommandError, match="map"):
        run("take_over", file, "--map", map)
