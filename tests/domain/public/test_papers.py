"""What may be made public of a paper, by its words and no other; what stands at its address afterwards."""

import datetime
import re

import pytest
from django.db import IntegrityError, models, transaction

from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.people import records
from recommendations.domain.public import papers as public_papers
from recommendations.domain.public.papers import (
    find_paper,
    find_paper_file,
    list_public_papers,
    publication_of,
    publish_paper,
    why_not_public,
    withdraw_public_paper,
)
from recommendations.domain.retention import redactions
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import PolicingBody, PublicPaper, ScrutinyReport, SearchEntry
from recommendations.search_words import read_words
from recommendations.trail import verb
from tests.conftest import AT, make_tracked
from tests.makers.factual_checks import Q1, make_draft, make_filed
from tests.per_module import per_module
from tests.refusals import refusal

DAY = datetime.timedelta(days=1)
WHERE = ("westmarch", Q1["start"], Q1["end"])


@per_module
def paper(westmarch, body, approver):
    return make_filed(westmarch, approver)


def correction(paper, officer, approver, at=AT):
    draft = papers.correct(paper=paper, by=officer, at=at)
    figures = compile_figures(paper=draft, known_at=at)
    return papers.finalise(paper=draft, figures=figures, content=b"%PDF 2", by=approver, at=at)


def publish(paper, approver=None, at=AT):
    return publish_paper(paper=paper, by=approver, at=at)


def test_a_filed_paper_is_public_at_an_address_of_words(paper, approver):
    made = publish(paper, approver)
    assert made.get_public_url() == "/published/papers/westmarch/2026-04-01-to-2026-06-30/issue-1/"
    found = find_paper(*WHERE, 1)
    assert (found.heading, found.body_name, found.published_on, found.size) == (
        "Westmarch Police: scrutiny report, Q1 2026/27, April to June 2026",
        PolicingBody.objects.get().name,
        AT.date(),
        4,
    )
    file, withdrawn = find_paper_file(*WHERE, 1)
    assert (file.pk, withdrawn) == (paper.file_id, False)
    assert [each.heading for each in list_public_papers()] == [found.heading]


def test_the_names_of_the_day_and_the_address_stay(paper, westmarch, approver):
    publish(paper, approver)
    westmarch.name, westmarch.slug = "Marches Police", "marches"
    records.keep(record=westmarch, by=None, at=AT)
    assert find_paper(*WHERE, 1).force_name == "Westmarch Police"
    assert find_paper("marches", *WHERE[1:], 1) is None


def test_nothing_is_there_that_nobody_made_public(paper, westmarch):
    make_draft(westmarch, start=datetime.date(2026, 1, 1), end=datetime.date(2026, 3, 31))
    assert (find_paper(*WHERE, 1), find_paper_file(*WHERE, 1), list_public_papers()) == (None, None, [])


def test_a_draft_a_closed_and_a_sensitive_paper_are_never_public(westmarch, body, paper):
    draft = make_draft(westmarch, start=datetime.date(2026, 1, 1), end=datetime.date(2026, 3, 31))
    assert why_not_public(draft) == public_papers.DRAFT
    rows = models.QuerySet(ScrutinyReport).filter(pk=paper.pk)
    rows.update(figures=paper.figures | {"marking": "OFFICIAL-SENSITIVE"})
    paper.refresh_from_db()
    assert why_not_public(paper) == public_papers.ONLY_OFFICIAL
    rows.update(closed=True)
    with pytest.raises(Refusal, match=re.escape(public_papers.CLOSED)):
        publish(paper)
    assert PublicPaper.on_file.count() == 0


def test_it_is_made_public_once(paper, approver):
    publish(paper, approver)
    with pytest.raises(Refusal, match=re.escape(public_papers.PUBLIC)):
        publish(paper, approver)


def test_a_corrected_issue_and_the_one_before_name_each_other_only_while_both_are_public(paper, officer, approver):
    publish(paper, approver)
    second = correction(paper, officer, approver, AT + DAY)
    assert "Issue 2" in why_not_public(paper)
    assert (find_paper(*WHERE, 1).replaced_by, find_paper(*WHERE, 2)) == (None, None)
    made = publish(second, approver, AT + DAY)
    assert (find_paper(*WHERE, 1).replaced_by, find_paper(*WHERE, 2).corrects) == (2, 1)
    assert [each.issue for each in list_public_papers()] == [2]
    withdraw_public_paper(publication=made, reason="Wrong file.", by=approver, at=AT + DAY)
    assert (find_paper(*WHERE, 1).replaced_by, find_paper(*WHERE, 2).withdrawn_why) == (None, "Wrong file.")
    assert [each.issue for each in list_public_papers()] == [1]


def test_it_is_withdrawn_with_a_reason_and_can_be_public_again(paper, approver):
    made = publish(paper, approver)
    for reason, code in ((" ", "no-reason"), ("A name.", "")):
        if code:
            with pytest.raises(Refusal) as refused:
                withdraw_public_paper(publication=made, reason=reason, by=approver, at=AT)
            assert (refused.value.field, refused.value.code) == ("reason", code)
        else:
            withdraw_public_paper(publication=made, reason=reason, by=approver, at=AT)
    with refusal("withdrawn"):
        withdraw_public_paper(publication=made, reason="x", by=approver, at=AT)
    found, (_, withdrawn) = find_paper(*WHERE, 1), find_paper_file(*WHERE, 1)
    assert (found.withdrawn_on, found.withdrawn_why, withdrawn, list_public_papers()) == (
        AT.date(),
        "A name.",
        True,
        [],
    )
    again = publish(paper, approver, AT + DAY)
    assert publication_of(paper) == again
    assert (find_paper(*WHERE, 1).withdrawn_on, find_paper_file(*WHERE, 1)[1], len(list_public_papers())) == (
        None,
        False,
        1,
    )


def test_another_papers_address_is_not_taken(paper, westmarch, eastvale, approver):
    publish(paper, approver)
    for force, slug in ((westmarch, "old"), (eastvale, "westmarch")):
        force.slug = slug
        records.keep(record=force, by=None, at=AT)
    with refusal("address-taken"):
        publish(make_filed(eastvale, approver), approver)


@pytest.mark.on_postgresql
def test_each_question_costs_one_query(westmarch, body, approver, django_assert_num_queries):
    where = ("westmarch", datetime.date(2026, 1, 1), datetime.date(2026, 1, 28), 1)
    for month in (1, 2):
        days = {"start": datetime.date(2026, month, 1), "end": datetime.date(2026, month, 28)}
        publish(make_filed(westmarch, approver, **days), approver)
        for ask in (list_public_papers, lambda: find_paper(*where), lambda: find_paper_file(*where)):
            with django_assert_num_queries(1):
                assert ask()


def test_who_sees_a_paper_sees_how_it_was_made_public(paper, approver, officer, member, force_lead, other_force_lead):
    publish(paper, approver)
    people_ = (officer, approver, member, force_lead, other_force_lead)
    assert [PublicPaper.objects.visible_to(person).count() for person in people_] == [1, 1, 1, 1, 0]


@pytest.mark.on_postgresql
@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({}, r"publicpaper_standing_once|publicpaper\.paper_id"),
        ({"slug": ""}, "publicpaper_has_an_address"),
        ({"withdrawn_at": AT}, "publicpaper_withdrawn_says_why"),
    ],
)
def test_the_database_refuses_half_a_publication_and_a_second_one(paper, approver, facts, name):
    publish(paper, approver)
    whole = {"slug": "westmarch", "force_name": "Westmarch Police"} | facts
    with pytest.raises(IntegrityError, match=name), transaction.atomic(), verb("break", by=None, at=AT) as act:
        act.save(PublicPaper(paper=paper, published_at=AT, **whole))


def test_of_two_who_publish_at_once_the_second_is_refused(paper, approver):
    stale = ScrutinyReport.objects.get(pk=paper.pk)
    public_papers.publish_paper(paper=paper, by=approver, at=AT)
    with pytest.raises(Refusal):
        public_papers.publish_paper(paper=stale, by=approver, at=AT)


def found(typed):
    return [each.heading for each in list_public_papers(read_words(typed))]


@pytest.mark.on_postgresql
def test_a_public_paper_is_found_by_the_words_that_it_prints(westmarch, approver, officer, inspection):
    make_tracked(inspection, number="4", text="Examiners should read calls about stalking.")
    paper = make_filed(westmarch, approver)
    assert found("stalking") == []
    made = publish(paper, approver)
    name = "Westmarch Police: scrutiny report, Q1 2026/27, April to June 2026"
    assert [found(typed) for typed in ("stalk examiner", "westmarch", "stalking zeppelin")] == [[name], [name], []]
    entry = SearchEntry.objects.get(source="publicpaper", title=inspection.title)
    assert (entry.address, entry.readers) == (made.get_public_url(), "public")
    withdraw_public_paper(publication=made, reason="The figures of custody are wrong.", by=approver, at=AT + DAY)
    assert found("stalking") == []


def test_one_with_words_that_were_redacted_since_is_not_searched(westmarch, approver, officer, inspection):
    make_tracked(inspection, number="4", text="Mr Verity Blackwood read the calls.")
    publish(make_filed(westmarch, approver), approver)
    asked = {"words": "Verity Blackwood", "reason": "He is a victim."}
    redaction = redactions.propose_redaction(by=officer, at=AT, **asked)
    seen = redactions.look_for(asked["words"]).mark
    assert len(found("blackwood")) == 1
    redactions.confirm_redaction(redaction=redaction, seen=seen, by=approver, at=AT)
    assert (found("blackwood"), SearchEntry.objects.filter(source="publicpaper").exists()) == ([], False)
