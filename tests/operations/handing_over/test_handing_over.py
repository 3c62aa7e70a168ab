"""One force's register goes from one office to another: all of it, nothing of another force, and it proves itself."""

import datetime
import hashlib
import json

import pytest
from django.db import connection

from recommendations.domain.audit import verification
from recommendations.domain.handing_over.giving_back import give_back
from recommendations.domain.handing_over.marking import take_back
from recommendations.domain.handing_over.verification import check_received
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.register import voices
from recommendations.domain.search import following
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import (
    Attachment,
    Force,
    ForceUpdate,
    ReceivedEntry,
    ReceivedRegister,
    ScrutinyReport,
    Standing,
    TrackedRecommendation,
    User,
)
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.stories import QUARTERS
from tests.makers.handing_over import CANARY, NOW, make_bag, make_origin, make_successor, members, take_bag, the_bag
from tests.snapshots import contents, undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def bag():
    """Westmarch's register in a file, with what its office had of it."""
    return the_bag("whole", _facts)


def _facts(story) -> dict:
    westmarch = story.forces[0]
    updates = ForceUpdate.objects.filter(tracked__force=westmarch)
    papers = ScrutinyReport.objects.filter(force=westmarch).order_by("end", "pk")
    return {
        "references": list(_references("westmarch")),
        "updates": sorted(updates.values_list("done", "effective_on")),
        "papers": [_filed(each) for each in papers],
        "problems": verification.verify(),
    }


def _references(slug: str):
    return (
        TrackedRecommendation.on_file.filter(force__slug=slug).order_by("reference").values_list("reference", flat=True)
    )


def _filed(paper: ScrutinyReport) -> tuple:
    return paper.start, paper.end, paper.closed, paper.figures["sum"], paper.figures["register"]


def test_the_office_that_hands_over_keeps_a_whole_trail_and_the_mark(bag):
    _, facts = bag
    assert (facts["problems"], facts["stays"]) == ([], [])


def test_all_of_it_is_taken_over_and_nothing_else(bag, tmp_path):
    file, facts = bag
    make_successor()
    take_bag(file, tmp_path, fingerprint=facts["fingerprint"])
    westmarch = Force.objects.get(slug="westmarch")
    assert list(_references("westmarch")) == facts["references"]
    updates = ForceUpdate.objects.filter(tracked__force=westmarch).values_list("done", "effective_on")
    assert sorted(updates) == facts["updates"]
    papers = ScrutinyReport.objects.filter(force=westmarch).order_by("end", "pk")
    assert [_filed(each) for each in papers] == facts["papers"]
    assert sorted(Force.objects.values_list("slug", flat=True)) == ["southmere", "westmarch"]
    assert [each.name for each in Attachment.objects.all()] == ["audit.pdf"]


def test_papers_trails_and_all_that_follows_are_whole_at_the_successor(bag, tmp_path):
    file, _ = bag
    make_successor()
    take_bag(file, tmp_path)
    ((register, problems, checks),) = check_received()
    assert (problems, [each.problems for each in checks]) == ([], [[]] * 6)
    assert register.entries.count() == ReceivedEntry.objects.count() > 0
    assert (verification.verify(), check_papers()) == ([], [])
    assert list(following.wrong()) == []
    of_each = Standing.objects.current().filter(force__slug="westmarch").count()
    assert of_each == TrackedRecommendation.on_file.filter(force__slug="westmarch").count()


def test_the_next_paper_opens_with_what_the_last_one_closed_with(bag, tmp_path):
    file, _ = bag
    make_successor()
    take_bag(file, tmp_path)
    westmarch = Force.objects.get(slug="westmarch")
    last = ScrutinyReport.objects.filter(force=westmarch, closed=False).order_by("end").last()
    start, end = last.end.replace(month=10, day=1), last.end.replace(month=12, day=31)
    paper = ScrutinyReport(force=westmarch, start=start, end=end, issue=1)
    figures = compile_figures(paper=paper, known_at=NOW)
    assert (figures.differences, figures.sum.opening) == ([], last.figures["sum"]["closing"])
    assert figures.opening_agrees_with == "the paper to 30 September 2026, issue 1"


def test_no_word_of_another_force_is_in_the_bag(bag):
    file, _ = bag
    for word in (CANARY, "EV-0001", "Eastvale"):
        assert word.encode() not in file.read_bytes()


def test_a_bag_is_a_bag_for_any_program(bag):
    """RFC 8493: the declaration, the manifest of the data, and the manifest of the rest."""
    file, _ = bag
    found = members(file)
    assert found["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    for name, of_data in (("manifest-sha256.txt", True), ("tagmanifest-sha256.txt", False)):
        lines = [
            f"{hashlib.sha256(content).hexdigest()}  {each}"
            for each, content in sorted(found.items())
            if each.startswith("data/") == of_data and each != "tagmanifest-sha256.txt"
        ]
        assert found[name].decode().splitlines() == lines


def test_a_preview_changes_nothing(bag, tmp_path):
    file, _ = bag
    make_successor()
    before = contents()
    done = take_bag(file, tmp_path, keep=False)
    assert contents() == before
    assert done.both_have == ["Report 0, 0, followed as SM-0004"]
    assert done.labels == ["theme: “Custody” there is “In custody” here"]
    assert [name.partition(": ")[2] for name in done.people] == ["Hannah Whitlock", "Margaret Osei"]


def test_it_is_taken_over_only_with_the_fingerprint_that_the_other_office_told(bag, tmp_path):
    file, _ = bag
    make_successor()
    with pytest.raises(Refusal, match="The fingerprint is not the one of this bag"):
        take_bag(file, tmp_path, fingerprint="0" * 64)
    assert ReceivedRegister.objects.count() == 0


def test_it_is_taken_over_once(bag, tmp_path):
    file, _ = bag
    make_successor()
    take_bag(file, tmp_path)
    with pytest.raises(Refusal, match="This register was taken over already"):
        take_bag(file, tmp_path)


def test_people_are_who_the_map_says(bag, tmp_path):
    file, _ = bag
    make_successor()
    numbers = {row["name"]: str(row["id"]) for row in map(json.loads, members(file)["data/people.jsonl"].splitlines())}
    chosen = tmp_path / "map.json"
    chosen.write_text(json.dumps({"people": {numbers["Hannah Whitlock"]: "sam.okoro@example.org"}}))
    take_bag(file, tmp_path, map=chosen)
    sam = User.objects.get(email="sam.okoro@example.org")
    assert {each.recorded_by for each in ForceUpdate.objects.filter(tracked__force__slug="westmarch")} == {sam}
    (margaret,) = User.objects.filter(name="Margaret Osei")
    assert (margaret.is_active, margaret.has_usable_password()) == (False, False)


def test_a_reference_that_clashes_is_named_and_may_be_written_otherwise(bag, tmp_path):
    file, facts = bag
    make_successor()
    taken = TrackedRecommendation.objects.get(reference="SM-0001")
    chosen = tmp_path / "map.json"
    theirs = facts["references"][0]
    chosen.write_text(json.dumps({"values": {"trackedrecommendation.reference": {theirs: taken.reference}}}))
    with pytest.raises(Refusal, match="reference: “SM-0001” is here already"):
        take_bag(file, tmp_path, map=chosen)
    chosen.write_text(json.dumps({"values": {"trackedrecommendation.reference": {theirs: "WX-0001"}}}))
    take_bag(file, tmp_path, map=chosen)
    assert TrackedRecommendation.objects.filter(force__slug="westmarch", reference="WX-0001").exists()
    assert [problems for _, problems, _ in check_received()] == [[]]


def test_it_can_be_undone_until_something_is_built_on_it(bag, tmp_path):
    file, _ = bag
    make_successor()
    tables = ("recommendations_trackedrecommendation", "recommendations_historicaltrackedrecommendation")
    tables += ("recommendations_forceupdate", "recommendations_scrutinyreport", "recommendations_issuedfile")
    tables += ("recommendations_standing", "recommendations_searchentry", "recommendations_receivedrecord")
    before = contents(of=tables)
    register = take_bag(file, tmp_path).register
    give_back(register=register, reason="Wrong one.", by=None, at=NOW)
    assert contents(of=tables) == before
    assert (verification.verify(), list(following.wrong()), list(check_received())) == ([], [], [])
    register = take_bag(file, tmp_path).register
    tracked = TrackedRecommendation.objects.filter(force__slug="westmarch").first()
    voices.log_force_update(tracked=tracked, done="Built on it.", by=None, at=NOW)
    with pytest.raises(Refusal, match="Something was built on it since: entry"):
        give_back(register=register, reason="Too late.", by=None, at=NOW)
    assert verification.verify() == []


def test_rows_that_were_removed_without_such_an_entry_are_named(bag, tmp_path):
    file, _ = bag
    make_successor()
    take_bag(file, tmp_path)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM recommendations_receivedentry WHERE id = (SELECT max(id) FROM recommendations_receivedentry)"
        )
    assert any("received trail entry" in problem and "was deleted" in problem for problem in verification.verify())


def test_a_register_that_was_handed_over_takes_no_new_rows(tmp_path):
    story = make_origin(happens=(), quarters=())
    westmarch, eastvale = story.forces
    make_bag(westmarch, tmp_path)
    tracked = {force: TrackedRecommendation.objects.filter(force=force).first() for force in story.forces}
    before = contents()
    with pytest.raises(Refusal, match="was handed over to South Mayor on 30 November 2026"):
        voices.log_force_update(tracked=tracked[westmarch], done="Too late.", by=story.officer, at=NOW)
    with pytest.raises(Refusal, match="was handed over to South Mayor"):
        make_bag(westmarch, tmp_path / "again")
    assert contents() == before
    voices.log_force_update(tracked=tracked[eastvale], done="In time.", by=story.officer, at=NOW)
    take_back(force=westmarch, reason="They did not take it over.", by=None, at=NOW)
    voices.log_force_update(tracked=tracked[westmarch], done="In time.", by=story.officer, at=NOW)


def test_a_day_for_ever_that_an_earlier_release_took_goes_over(tmp_path):
    never = datetime.date.max
    with undone():
        force = make_origin(quarters=QUARTERS[:1]).forces[0]
        make_tracked(make_inspection(force, title="For ever"), due_on=never, at=NOW)
        file, _ = make_bag(force, tmp_path / "made")
    make_successor()
    take_bag(file, tmp_path)
    assert TrackedRecommendation.objects.filter(force__slug="westmarch", recommendation__deadline_on=never).count() == 1
