"""What a release of a force's page says, who releases it, and that it never changes by itself."""

import datetime
import re

import pytest
from django.db import IntegrityError, models, transaction

from recommendations.digests import sha256_of
from recommendations.domain.commitments.queries import CheckOutcome
from recommendations.domain.force_pages import releases
from recommendations.domain.force_pages.changes import changes_between, due_words, statements
from recommendations.domain.force_pages.compile import compile_page
from recommendations.domain.force_pages.compile_lines import longest_overdue
from recommendations.domain.force_pages.data import PageChoices, PageFacts
from recommendations.domain.force_pages.missing import missing
from recommendations.domain.force_pages.no_longer_public import no_longer_public
from recommendations.domain.inspections import grades
from recommendations.domain.inspections.grades import NewGrade
from recommendations.domain.people import records
from recommendations.domain.public.releases import (
    CHANGED,
    OWN_WORK,
    last_released,
    return_release,
    withdraw_release,
)
from recommendations.domain.register import restrictions, voices
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import InspectionKind
from recommendations.models import ForceFacts, ForceRelease, Inspection, PeelCycle, TrailEntry
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.commitments import check, make_commitment, make_version
from tests.makers.custody import make_suite, make_visit
from tests.makers.force_pages import HOUR, prepared, released
from tests.makers.sources import follow, from_iopc
from tests.per_module import per_module
from tests.refusals import refusal

DAY = datetime.timedelta(days=1)
SECRET = "zqsecret"
SUMMARY = {"summary_link": "https://example.org/summary"}


@per_module
def peel(westmarch):
    return make_inspection(
        westmarch,
        title="PEEL 2025: Westmarch",
        short_name="PEEL 25",
        kind=InspectionKind.PEEL,
        published_on=datetime.date(2025, 12, 30),
        link="https://example.org/peel",
    )


@per_module
def graded(peel, westmarch, officer):
    cycle = records.keep(record=PeelCycle(name="PEEL 2025", since=datetime.date(2025, 1, 1)), by=None, at=AT)
    new = [NewGrade("Preventing crime", "good"), NewGrade("Investigating crime", "adequate")]
    about = {
        "force": westmarch,
        "cycle": cycle,
        "inspection": peel,
        "source": SECRET,
        "effective_on": peel.published_on,
    }
    grades.record_grades(grades=new, by=officer, at=AT, **about)
    return cycle


@per_module
def lines(westmarch, eastvale, officer):
    """Three open ones of Westmarch, with words of the office's own everywhere; one of Eastvale."""
    report = make_inspection(westmarch, title="Stalking in Westmarch", link="https://example.org/stalking")
    leads = dict.fromkeys(("chief_officer_lead", "business_lead", "opcc_lead", "portal_reference"), SECRET)
    made = [
        make_tracked(report, number=str(n), text=f"The force should audit {n}.", leads=leads, due_on=due)
        for n, due in ((1, datetime.date(2026, 6, 30)), (2, datetime.date(2027, 1, 1)), (3, None))
    ]
    for each in made:
        speak(each, officer, f"Audits are monthly now {each.reference}.", f"One month is no trend {each.reference}.")
    other = make_inspection(eastvale, title="Zqsecret in Eastvale")
    make_tracked(other, text=f"Eastvale should {SECRET}.")
    return made


def speak(tracked, officer, done: str, why: str, at=AT) -> None:
    by = {"by": officer, "at": at}
    voices.log_force_update(
        tracked=tracked,
        done=done,
        evidence=SECRET,
        said_by=SECRET,
        position="accepted",
        stage="in_progress",
        effective_on=TODAY,
        **by,
    )
    assured = {"view": "not_assured", "rationale": why, "looked_at": SECRET, "effective_on": TODAY}
    voices.record_assurance(tracked=tracked, **assured, **by)
    voices.record_inspectorate_status(
        tracked=tracked, status="being_progressed", source=SECRET, effective_on=TODAY, **by
    )


def compiled(force, on=TODAY, **chosen) -> PageFacts:
    return compile_page(force=force, choices=PageChoices(**chosen), on=on)


def test_it_says_the_report_the_grades_the_open_ones_and_how_late_they_are(graded, peel, lines, westmarch, body):
    facts = compiled(westmarch, report=peel.pk, in_full=(lines[0].pk,), **SUMMARY)
    assert (facts.force, facts.body, facts.cycle) == (westmarch.name, body.name, "PEEL 2025")
    assert (facts.report.title, facts.report.link) == (peel.title, peel.link)
    assert [(each.area, each.grade, each.place, each.of, each.is_good) for each in facts.grades] == [
        ("Preventing crime", "Good", 4, 5, True),
        ("Investigating crime", "Adequate", 3, 5, False),
    ]
    first, *others = facts.lines
    assert (first.reference, first.is_late, first.days_late, facts.late) == ("WM-0001", True, 130, 1)
    assert (first.force.word, first.force.text) == ("Accepted. In progress", "Audits are monthly now WM-0001.")
    assert (first.office.word, first.office.text) == ("Not assured", "One month is no trend WM-0001.")
    assert (first.inspectorate.word, first.inspectorate.text) == ("Being progressed", "")
    assert [(each.reference, each.force.text, each.office.text) for each in others] == [
        ("WM-0002", "", ""),
        ("WM-0003", "", ""),
    ]
    assert PageFacts.from_json(facts.to_json()) == facts
    assert [each.report.title for each in facts.answers] == ["Stalking in Westmarch", "PEEL 2025: Westmarch"]


def test_the_two_longest_overdue_are_picked_by_one_rule_and_the_page_says_so(lines, westmarch, officer):
    # wording: the public reads which are shown and why
    report = Inspection.objects.get(title="Stalking in Westmarch")
    older, restricted = (
        make_tracked(report, number=n, due_on=datetime.date(2026, 2, day)) for n, day in (("8", 2), ("9", 1))
    )
    restrictions.restrict(tracked=restricted, reason=SECRET, by=officer, at=AT)
    longest = longest_overdue(westmarch, TODAY)
    assert longest == [older.pk, lines[0].pk]
    for chosen, shows, words in (
        (longest, True, "the two longest overdue"),
        (longest[:1], True, "the longest overdue"),
        (longest[1:], False, "one that the policing body chose"),
        ([lines[1].pk, lines[2].pk], False, "two that the policing body chose"),
        ([], True, ""),
    ):
        facts = compiled(westmarch, in_full=tuple(chosen))
        assert (facts.shows_longest, facts.words_of_choice) == (shows, words)
        assert statements(facts).get("Shown in full", "") == words


def test_a_line_says_whose_date_it_is(lines, westmarch):
    # wording: the public reads whose date it is
    voices.set_target(tracked=lines[2], target_on=datetime.date(2026, 5, 1), by=None, at=AT)
    by_reference = {line.reference: due_words(line) for line in compiled(westmarch).lines}
    assert by_reference["WM-0001"].startswith(
        "To be done by 30 June 2026 (HMICFRS’s deadline): 130 days past its date."
    )
    assert by_reference["WM-0003"].startswith(
        "To be done by 1 May 2026 (the force’s own date; HMICFRS gave none): 190 days past its date."
    )


def test_a_release_of_format_1_reads_as_it_was_released(lines, westmarch):
    # wording: a release keeps its words
    kept = compiled(westmarch, in_full=(lines[0].pk,)).to_json() | {"format": 1}
    del kept["shows_longest"]
    for line in kept["lines"]:
        del line["is_own_date"]
    facts = PageFacts.from_json(kept)
    assert due_words(facts.lines[0]) == "To be done by 30 June 2026: 130 days past its date."
    assert "Shown in full" not in statements(facts)


def test_it_is_of_reports_of_hmicfrs_alone(lines, westmarch):
    before = compile_page(force=westmarch, choices=PageChoices(), on=TODAY)
    follow("iopc")
    make_tracked(from_iopc(westmarch), number="7", text="Search children by two officers.")
    after = compile_page(force=westmarch, choices=PageChoices(), on=TODAY)
    assert (after.lines, after.left_out, after.answers) == (before.lines, before.left_out, before.answers)


def test_it_has_no_word_of_the_office_of_who_works_on_it_or_of_another_force(graded, lines, westmarch, body, officer):
    hidden, withdrawn = lines[1], lines[2]
    restrictions.restrict(tracked=hidden, reason=SECRET, effective_on=None, by=officer, at=AT)
    update = withdrawn.updates.get()
    voices.withdraw(row=update, reason=SECRET, by=officer, at=AT)
    facts = compiled(westmarch, in_full=(lines[0].pk, hidden.pk))
    assert SECRET not in str(facts.to_json()).lower()
    assert [each.reference for each in facts.lines] == ["WM-0001", "WM-0003"]
    assert (facts.left_out, facts.lines[1].force.word) == (1, "")


def test_promises_are_those_of_published_responses_to_hmicfrs(westmarch, body, officer):
    version = make_version(body, westmarch)
    kept = make_commitment(version)
    check(kept, outcome=CheckOutcome.KEPT, said=SECRET, evidence=SECRET, effective_on=datetime.date(2026, 4, 1))
    (promise,) = compiled(westmarch).promises
    assert (promise.quote, promise.outcome, promise.days_late) == ("We will watch the bells each quarter.", "Kept", 130)
    assert (promise.year, promise.slug) == (version.response.year, version.response.slug)
    (answer,) = compiled(westmarch).answers
    assert (answer.answered_on, answer.days_late, answer.slug) == (version.published_on, 0, version.response.slug)
    models.QuerySet(Inspection).update(source="iopc", kind=InspectionKind.OTHER, section_55=False)
    assert (compiled(westmarch).promises, compiled(westmarch).promises_left_out) == ((), 1)


def test_custody_is_words_and_counts(westmarch, settings):
    suite = make_suite(westmarch)
    make_visit(suite, datetime.date(2026, 8, 3), findings=SECRET)
    make_visit(suite, datetime.date(2026, 10, 5))
    chosen = {"custody_words": "Volunteers come.", "custody_from": datetime.date(2026, 7, 1)}
    custody = compiled(westmarch, **chosen).custody
    assert (custody.visits, custody.seen, custody.end) == (1, 8, datetime.date(2026, 9, 30))
    assert SECRET not in str(compiled(westmarch, **chosen))
    settings.SECTIONS_OFF = ("custody",)
    assert compiled(westmarch, **chosen).custody is None


def test_what_was_looked_at_is_what_is_kept_and_released(lines, westmarch, officer, approver):
    waiting = prepared(westmarch, by=officer, in_full=(lines[0].pk,))
    kept = ForceFacts.objects.get(of=waiting)
    assert (waiting.number, kept.sha256) == (None, sha256_of(kept.facts))
    speak(lines[0], officer, "Something new.", "Something new.", at=AT + HOUR)
    made = releases.release_page(release=waiting, by=approver, at=AT + 2 * HOUR)
    assert (made.number, made.decided_by) == (1, approver)
    assert ForceFacts.objects.get(of=made).facts == kept.facts
    with pytest.raises(ValueError, match="never changes"):
        kept.save()


def test_what_changed_meanwhile_is_looked_at_again(lines, westmarch, officer):
    choices = PageChoices()
    seen = sha256_of(compile_page(force=westmarch, choices=choices, on=TODAY).to_json())
    speak(lines[0], officer, "Something new.", "Something new.", at=AT + DAY)
    restrictions.restrict(tracked=lines[2], reason="Why.", effective_on=None, by=officer, at=AT)
    with pytest.raises(Refusal, match=re.escape(CHANGED)):
        releases.prepare_release(force=westmarch, choices=choices, seen=seen, by=officer, at=AT)


@pytest.mark.on_postgresql
def test_nobody_releases_their_own_and_one_waits_at_a_time(lines, westmarch, officer, approver):
    own = prepared(westmarch, by=approver)
    with pytest.raises(NotAllowed, match=re.escape(OWN_WORK)):
        releases.release_page(release=own, by=approver, at=AT)
    with refusal("waits-already"):
        prepared(westmarch, by=officer)
    return_release(release=own, reason="A typing error.", by=approver, at=AT)
    assert TrailEntry.objects.latest("sequence").verb == "return_force_page"
    with refusal("decided-already"):
        releases.release_page(release=own, by=officer, at=AT)
    assert prepared(westmarch, by=officer).state == "waiting"
    facts = {"state": "released", "number": 1, "decided_at": AT, "decided_by": approver}
    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(ForceRelease).filter(pk=own.pk).update(returned_why="", **facts)


def test_what_is_restricted_before_its_release_stops_it_and_is_named_after_it(lines, westmarch, officer, approver):
    first = released(westmarch, by=officer, approver=approver)
    second = prepared(westmarch, by=officer, at=AT + HOUR)
    assert no_longer_public(releases.facts_of(first), westmarch) == []
    restrictions.restrict(tracked=lines[1], reason="An operation.", effective_on=None, by=officer, at=AT + HOUR)
    (gone,) = no_longer_public(releases.facts_of(first), westmarch)
    assert gone.startswith("WM-0002 ")
    with refusal("not-public", naming=gone):
        releases.release_page(release=second, by=approver, at=AT + HOUR)


def test_the_second_release_shows_what_changed(lines, graded, westmarch, officer, approver):
    before = releases.facts_of(released(westmarch, by=officer, approver=approver))
    restrictions.restrict(tracked=lines[1], reason="An operation.", effective_on=None, by=officer, at=AT)
    voices.record_assurance(
        tracked=lines[0], view="assured", rationale="Three months.", effective_on=TODAY, by=officer, at=AT + HOUR
    )
    changes = changes_between(before, compiled(westmarch, **SUMMARY))
    assert [(each.what, bool(each.before), bool(each.after)) for each in changes] == [
        ("Summary assessment", False, True),
        ("Open: WM-0001, The force should audit 1.", True, True),
        ("Open and not shown", False, True),
        ("Open: WM-0002, The force should audit 2.", True, False),
    ]
    assert "office: Assured, 7 November 2026" in changes[1].after
    assert len(missing(before)) == 8


def test_a_withdrawn_one_says_why_and_its_number_is_not_given_again(lines, westmarch, officer, approver):
    first = released(westmarch, by=officer, approver=approver)
    with refusal("no-reason"):
        withdraw_release(release=first, reason=" ", by=approver, at=AT + DAY)
    withdraw_release(release=first, reason="It names a person.", by=approver, at=AT + DAY)
    assert last_released(ForceRelease, westmarch).withdrawn_why == "It names a person."
    assert TrailEntry.objects.latest("sequence").verb == "withdraw_force_page"
    assert released(westmarch, by=officer, approver=approver, at=AT + DAY).number == 2
