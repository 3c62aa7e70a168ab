"""A document of another source is chosen, read, checked and saved: its rule says who answers and by when."""

import datetime

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from recommendations.models import (
    AnswerStep,
    DocumentDraft,
    Inspection,
    InspectionDocument,
    Recommendation,
    Response,
    TrackedRecommendation,
)
from tests.makers.sources import follow, from_iopc
from tests.readers.layouts import file_of
from tests.readers.source import source
from tests.views.documents_in.checking import Check, problems, where
from tests.views.documents_in.reports.conftest import CHOOSE
from tests.views.documents_in.reports.test_reports import nothing_saved, text_of

PEOPLE = ("Quennell", "Langholm", "Pellingham", "Drax", "Leopold")


@pytest.fixture
def bring(choose):
    """Send the first form with one of the fictional documents; its day is left to the document."""

    def act(name, layout="word:styles", called="", **given):
        data, file_name = file_of(source(name), layout)
        return choose(document=SimpleUploadedFile(called or file_name, data), **{"published_on": ""} | given)

    return act


@pytest.fixture
def check(bring, office):
    """Bring one of them in, and check it."""

    def act(name, **given):
        return Check(office, bring(name, **given))

    return act


def test_an_office_that_follows_hmicfrs_alone_sees_no_choice_and_is_told(office, bring):
    assert "source" not in office.get(CHOOSE).context["form"].fields
    page = bring("iopc-page", published_on="11/3/2026")
    assert page.context["form"].errors.keys() == {"document"}
    assert nothing_saved()


def test_iopc_recommendations_are_saved_with_their_rule_and_no_response_begins(check, body):
    follow("iopc")
    brought = check("iopc-page")
    assert brought.page.form.who_by_when.sentence == "The chief officer must answer the IOPC by 5 May 2026."
    assert "The document answers 2 recommendations." in text_of(brought.get())
    brought.type(made_to="The Chief Constable of Westmarch")
    brought.save()
    made = Inspection.objects.get()
    assert (made.source, made.basis, made.source_reference) == ("iopc", "iopc-28a", "2025/204417")
    assert (made.starts_on, made.last_day) == (datetime.date(2026, 3, 11), datetime.date(2026, 5, 5))
    assert (made.needs_response, made.made_to) == (False, "The Chief Constable of Westmarch")
    assert (TrackedRecommendation.objects.count(), Response.objects.count()) == (2, 0)


def test_of_a_coroners_report_nothing_that_names_a_person_is_shown_kept_or_saved(check, body):
    follow("coroner")
    brought = check("coroner-form-table", called="Leopold-Quennell-Prevention-of-future-deaths.docx")
    page, kept = brought.get(), str(DocumentDraft.objects.values().get())
    assert [name for name in PEOPLE if name in page.content.decode() or name in kept] == []
    assert "6 lines were not read" in text_of(page)
    assert brought.values["made_to"] == (
        "Chief Constable, Westmarch Police; Chief Executive, Marches NHS Foundation Trust"
    )
    brought.save()
    made, document = Inspection.objects.get(), InspectionDocument.objects.get()
    # wording: the title and the file's name are made of the source's words and name nobody
    assert (made.title, made.basis) == ("Report to prevent future deaths, 14 February 2026", "coroner")
    saved = " ".join([made.title, made.made_to, document.name, document.text, *_asked()])
    assert [name for name in PEOPLE if name in saved] == []
    assert document.name == "Report to prevent future deaths.docx"
    assert "The log of a missing person does not show who has read it." in _asked()


CANARY = """REGULATION 28 REPORT TO PREVENT FUTURE DEATHS

Leopold Quennell: Prevention of future deaths report

Ref: Quennell/2026-1

Deceased name: Leopold Quennell

Date of report: 14 February 2026

THIS REPORT IS BEING SENT TO:

1. Chief Constable Quennell

2. Mr Quennell, Chief Constable, Westmarch Police

1 CORONER

I am Perpetua Quennell, Assistant Coroner

3 INVESTIGATION and INQUEST

On 4 March 2025 I commenced an investigation into the death of Leopold Quennell.

4 CIRCUMSTANCES OF THE DEATH

Mr Quennell was found on the next day.

5 CORONER'S CONCERNS

The MATTERS OF CONCERN are as follows.

(1) The log of Mr Quennell does not show who has read it.

(2) Call handlers are not told of leave.

6 ACTION SHOULD BE TAKEN

In my opinion action should be taken for the family of Leopold Quennell.

8 COPIES and PUBLICATION

I have sent a copy of my report to Mrs Quennell.

9 14 February 2026

Perpetua Quennell
"""


def test_a_name_in_any_part_of_a_coroners_report_is_in_no_table_once_it_is_saved(choose, office, body):
    follow("coroner")
    brought = Check(office, choose(text=CANARY, published_on=""))
    one, two = brought.page.marked.keys
    assert set(where(brought.save())) == {
        "id_made_to",
        f"id_recommendation-{one}-text",
        f"id_recommendation-{one}-addressees",
        f"id_recommendation-{two}-addressees",
    }
    words = {
        "made_to": "Chief Constable of Westmarch",
        f"recommendation__{one}__text": "The log does not show who has read it.",
        f"recommendation__{one}__addressees": "Chief Constable of Westmarch",
        f"recommendation__{two}__addressees": "Chief Constable of Westmarch",
    }
    brought.type(**words)
    brought.save()
    assert Recommendation.objects.count() == 2
    stored = {model.__name__: str(list(model._base_manager.values())) for model in apps.get_models()}
    assert [name for name, rows in stored.items() if "quennell" in rows.casefold()] == []


def _asked() -> list[str]:
    return list(Recommendation.objects.values_list("text", flat=True))


def test_what_is_made_to_another_force_is_asked_about_once(check, body):
    follow("iopc")
    brought = check("iopc-page")
    at = f"recommendation__{brought.page.marked.keys[0]}"
    brought.type(**{f"{at}__addressees": "The Chief Constable of Eastvale", f"{at}__directed": ""})
    page = brought.save()
    assert where(page) == [f"id_{at.replace('__', '-')}-directed"]
    assert nothing_saved()
    brought.save(asked_force=page.context["form"]["asked_force"].value())
    assert list(TrackedRecommendation.objects.values_list("directed_to_force", flat=True)) == [False, True]


def test_a_concern_that_seems_to_name_a_person_is_not_saved_until_someone_has_looked(check, body):
    follow("coroner")
    brought = check("coroner-form-table")
    brought.type(**{f"recommendation__{brought.page.marked.keys[0]}__text": "The log was not read to Mr Quennell."})
    assert problems(brought.save()) == [  # wording: it says which words it takes for a name
        "“Mr Quennell” seems to be the name of a person. Delete it, or tick below that no person is named."
    ]
    assert nothing_saved()
    brought.save(names_ok="on")
    assert Inspection.objects.count() == 1


def test_an_audit_is_saved_with_its_priorities_and_agreed_days(check, body):
    follow("audit")
    saved = check("audit-table").save()
    assert saved.status_code == 302, problems(saved)
    rows = Recommendation.objects.order_by("pk").values_list("number", "heading", "deadline_on")
    assert list(rows) == [
        ("1", "Priority 2", datetime.date(2026, 3, 31)),
        ("2", "Priority 1", datetime.date(2026, 6, 30)),
    ]
    assert TrackedRecommendation.objects.count() == 2


def test_a_document_that_could_be_of_two_sources_asks_and_takes_the_answer(choose, office):
    follow("iopc", "coroner")
    # wording: the words of a document, not of the program
    text = "THIS REPORT IS BEING SENT TO: the force\n\nThe IOPC recommends that the force acts."
    unsure = choose(text=text)
    assert unsure.context["form"].errors.keys() == {"source"}
    brought = Check(office, choose(text=text, source="iopc"))
    assert [part.row.text for part in brought.page.parts] == ["The IOPC recommends that the force acts."]


@pytest.fixture
def coroners(westmarch, body):
    """A coroner's report that the chief officer answers, by the day that the fictional answers name."""
    follow("coroner")
    day = datetime.date(2026, 2, 14)
    said = {"source": "coroner", "basis": "coroner", "starts_on": day, "published_on": day, "title": "Missing persons"}
    return from_iopc(westmarch, **said)


def test_an_answer_to_a_coroner_is_followed_once_a_person_has_checked_it(check, coroners, office):
    brought = check("coroner-answer-by-concern", called="Answer-Leopold-Quennell.docx")
    page, form = brought.get(), brought.page.form
    assert (brought.values["inspection"], form.whose, form.person_names) == (str(coroners.pk), "", [])
    kept = str(DocumentDraft.objects.values().get())
    assert [name for name in PEOPLE if name in page.content.decode() or name in kept] == []
    words = {word for word, _ in brought.lines}
    assert {"Concern 1", "Concern 2", "Day"} <= words
    assert [word for word in words if word.startswith("Rec")] == []
    assert (AnswerStep.objects.count(), InspectionDocument.objects.count()) == (0, 0)
    brought.type(address="https://www.judiciary.example/2026-0101")
    assert brought.save().context["form"].errors.keys() == {"published_on"}
    brought.type(published_on="1/6/2026")
    done = brought.save()
    coroners.refresh_from_db()
    steps = list(AnswerStep.objects.values_list("step", "effective_on", "link"))
    assert steps == [
        ("sent", datetime.date(2026, 4, 8), ""),
        ("published", datetime.date(2026, 6, 1), "https://www.judiciary.example/2026-0101"),
    ]
    kept = InspectionDocument.objects.get()
    assert (kept.inspection, coroners.answer_sent_on) == (coroners, datetime.date(2026, 4, 8))
    assert "Concern 2: “Call handlers are not told of a patient's leave from a ward.”" in kept.text
    assert "An agreed form has been in use since 1 April 2026." in office.get(done.url).content.decode()
    again = check("coroner-answer-by-concern").save()
    assert again.context["form"].errors.keys() == {"inspection"}


def test_an_answer_asks_which_report_whose_it_is_and_whom_it_names(check, coroners):
    brought = check("coroner-answer-headed")
    brought.type(chief_officer_comments="Mr Quennell was not seen.")
    assert where(brought.save()) == [
        "id_inspection",
        "id_officer_ok",
        "id_chief_officer_comments",
    ]
    assert InspectionDocument.objects.count() == 0
    brought.type(inspection=coroners.pk)
    brought.save(officer_ok="on", names_ok="on")
    assert InspectionDocument.objects.get().inspection == coroners
