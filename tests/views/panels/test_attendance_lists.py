"""Who came, from a list that is pasted or brought in: shown as it was read, matched, never guessed, recorded."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.enums import MeetingState
from recommendations.models import Attendance, TrailEntry
from tests.conftest import AT
from tests.makers.panels import make_channel, make_meeting, make_member, member_entry, record
from tests.makers.spreadsheet_file import excel_file
from tests.per_module import per_module
from tests.views.form_of import fields_among
from tests.views.hooks import flashes, lacking, wrong

DAY = datetime.date
TIME = datetime.time


@pytest.fixture
def client_of(sign_in, officer):
    return sign_in(officer)


@per_module
def panel(westmarch):
    panel = make_channel(westmarch)
    make_member(panel, "Ada Gray", of_force=True, decision_maker=True, role="Superintendent")
    make_member(panel, "Siân O’Neill")
    make_member(panel, "Bo Hill", until=DAY(2026, 3, 31))
    return panel


@per_module
def meeting(panel):
    return make_meeting(panel)


def at(name: str, meeting) -> str:
    return reverse(name, args=[meeting.pk])


def page(answer):
    return LexborHTMLParser(answer.content.decode())


def text_of(element) -> str:
    return " ".join(element.text(separator=" ").split())


def pasted(client, meeting, text: str, **files):
    return client.post(at("paste_attendance", meeting), {"text": text, **files})


def filled(answer, **typed) -> dict:
    form = page(answer).css_first("form.app-attend")
    return fields_among([each for each in form.css("[name]") if each.tag != "button"]) | typed


def problems(answer) -> list[str]:
    return [message for _, message in answer.context["form"].problems]


def chosen(answer) -> list[tuple[str, str]]:
    """Each line's name and who is chosen for it: a member's name, or nothing."""
    form = answer.context["form"]
    named = {str(each.pk): each.name for row in form.lines for each in row.of_day.values()}
    return [(row.listed.name, named.get(row["who"].value(), "")) for row in form.lines]


def recorded(meeting) -> list[tuple]:
    rows = Attendance.objects.filter(meeting=meeting).order_by("name")
    return [(row.name, row.how, row.member.name if row.member else "", row.body) for row in rows]


def test_nothing_is_saved_before_it_is_confirmed(client_of, meeting):
    entries = TrailEntry.objects.count()
    answer = pasted(client_of, meeting, "Present: ada  GRAY\nApologies: Siân O'Neill")
    assert answer.status_code == 200
    assert chosen(answer) == [("ada GRAY", "Ada Gray"), ("Siân O'Neill", "Siân O’Neill")]
    assert (Attendance.objects.count(), TrailEntry.objects.count()) == (0, entries)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    answer = client_of.post(at("confirm_attendance", meeting), filled(answer))
    assert answer.status_code == 302
    assert answer.url == meeting.get_absolute_url()
    assert recorded(meeting) == [
        ("Ada Gray", "present", "Ada Gray", "Westmarch Police"),
        ("Siân O’Neill", "apologies", "Siân O’Neill", "Aldford Council"),
    ]
    assert TrailEntry.objects.latest("pk").verb == "record_attendance"


def test_a_name_without_its_accent_is_offered_and_not_chosen(client_of, panel, meeting):
    answer = pasted(client_of, meeting, "Present: Supt Ada Gray, Sian O'Neill")
    assert chosen(answer) == [("Supt Ada Gray", ""), ("Sian O'Neill", "")]
    form = answer.context["form"]
    offered = [[name for _, name in row.fields["who"].choices[1:2]] for row in form.lines]
    assert offered == [["Ada Gray, Westmarch Police (offered)"], ["Siân O’Neill, Aldford Council (offered)"]]
    answer = client_of.post(at("confirm_attendance", meeting), filled(answer))
    assert answer.status_code == 422
    named = [(words.count("Ada Gray"), words.count("Neill")) for words in problems(answer)]
    assert named == [(1, 0), (0, 1), (0, 1), (1, 0)]
    sian, ada = (panel.members.get(name=name).pk for name in ("Siân O’Neill", "Ada Gray"))
    assert wrong(answer) == ["l0-who", "l1-who", f"n{sian}-how", f"n{ada}-how"]
    assert Attendance.objects.count() == 0
    ada, sian = panel.members.get(name="Ada Gray"), panel.members.get(name="Siân O’Neill")
    typed = {"l0-who": ada.pk, "l1-who": sian.pk}
    assert client_of.post(at("confirm_attendance", meeting), filled(answer, **typed)).status_code == 302
    assert [row[0] for row in recorded(meeting)] == ["Ada Gray", "Siân O’Neill"]


def test_unknown_names_are_somebody_else_an_observer_or_left_out(client_of, meeting):
    text = "Ada Gray\nSiân O’Neill\nKim Lee (Prevent Lead, NHS)\nLiz Vos\nThe meeting opened at 10am."
    answer = pasted(client_of, meeting, text)
    assert lacking(answer, "main", "5 people read", "of whom 3") == []
    typed = {"l2-who": "other", "l3-who": "observer", "l4-who": "out"}
    answer = client_of.post(at("confirm_attendance", meeting), filled(answer, **typed))
    assert problems(answer) == ["Say whom Liz Vos represents."]
    answer = client_of.post(at("confirm_attendance", meeting), filled(answer, **{"l3-body": "Aldford College"}))
    assert answer.status_code == 302
    assert recorded(meeting) == [
        ("Ada Gray", "present", "Ada Gray", "Westmarch Police"),
        ("Kim Lee", "present", "", "NHS"),
        ("Liz Vos", "observer", "", "Aldford College"),
        ("Siân O’Neill", "present", "Siân O’Neill", "Aldford Council"),
    ]
    assert Attendance.objects.get(name="Kim Lee").role == "Prevent Lead"


def test_a_member_whose_term_ended_is_said_and_not_matched(client_of, meeting):
    answer = pasted(client_of, meeting, "Bo Hill")
    assert chosen(answer) == [("Bo Hill", "")]
    assert lacking(answer, "main", "Bo Hill’s term", "31 March 2026") == []


def test_substitutes_and_parts_are_recorded(client_of, meeting):
    answer = pasted(client_of, meeting, "Jo Park (Westmarch Police) for Ada Gray\nSiân O’Neill, left at 11.30")
    form = filled(answer)
    assert (form["l1-part_from"], form["l1-part_to"]) == (["10:00"], ["11:30"])
    ada = next(row.member for row in answer.context["form"].not_listed)
    typed = {"l0-who": "other", "l0-of_force": "on", f"n{ada.pk}-how": "apologies"}
    assert client_of.post(at("confirm_attendance", meeting), form | typed).status_code == 302
    jo, sian = Attendance.objects.get(name="Jo Park"), Attendance.objects.get(name="Siân O’Neill")
    assert (jo.how, jo.substitute_for, jo.of_force, jo.body) == ("substitute", ada, True, "Westmarch Police")
    assert (sian.how, sian.part_from, sian.part_to) == ("part", TIME(10), TIME(11, 30))
    assert Attendance.objects.get(member=ada).how == "apologies"


def test_what_a_row_cannot_be_stands_beside_it(client_of, meeting):
    text = "Ada Gray\nADA GRAY\nSiân O’Neill, from 9.15\nSubstitutes: Kim Lee (NHS)"
    answer = pasted(client_of, meeting, text)
    answer = client_of.post(at("confirm_attendance", meeting), filled(answer, **{"l3-who": "other", "l3-body": "NHS"}))
    assert answer.status_code == 422
    assert wrong(answer) == ["l0-who", "l1-who", "l2-part_from", "l3-substitute_for"]
    assert lacking(answer, ".govuk-error-summary", "Ada Gray", "10:00", "Kim Lee") == []
    assert filled(answer)["l3-body"] == ["NHS"]
    assert Attendance.objects.count() == 0


@pytest.mark.suite(0, 3)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "choose a file"),
        (" \n ", "choose a file"),
        ("Present:\n", "choose a file"),
        ("\n".join(f"Person {n}" for n in range(500)), "60 people"),
    ],
)
def test_a_list_that_cannot_be_read_says_why_and_stays(client_of, meeting, text, said):
    answer = pasted(client_of, meeting, text)
    assert answer.status_code == 422
    assert (wrong(answer), lacking(answer, ".govuk-error-summary", said)) == (["text"], [])
    assert page(answer).css_first("textarea").text().strip() == text.strip()


def test_a_sheet_is_read(client_of, meeting):
    rows = [("Name", "Body", "Role", "How"), ("Ada Gray", "", "", "yes"), ("Siân O'Neill", "", "", "no")]
    answer = pasted(client_of, meeting, "", document=SimpleUploadedFile("who.xlsx", excel_file(rows)))
    assert chosen(answer) == [("Ada Gray", "Ada Gray"), ("Siân O'Neill", "Siân O’Neill")]
    assert client_of.post(at("confirm_attendance", meeting), filled(answer)).status_code == 302
    assert [row[:2] for row in recorded(meeting)] == [("Ada Gray", "present"), ("Siân O’Neill", "absent")]


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize(
    ("text", "name", "content", "said"),
    [
        ("Ada Gray", "who.xlsx", excel_file([("Name",), ("Ada Gray",)]), "not both."),
        ("", "who.pdf", b"%PDF-1.7", "PDF"),
        ("", "who.xlsx", b"", "empty"),
        ("", "who.xlsx", b"PK\x03\x04 no workbook", "damaged"),
        ("", "who.csv", b"x" * (2 * 1024 * 1024 + 1), "2 MB"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_why(client_of, meeting, text, name, content, said):
    answer = pasted(client_of, meeting, text, document=SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    (error,) = [each for errors in answer.context["form"].errors.values() for each in errors]
    assert said in error


def test_hostile_names_are_shown_as_texts(client_of, meeting):
    answer = pasted(client_of, meeting, "<script>alert</script>")
    assert "<script>alert" not in answer.content.decode()
    assert [row.listed.name for row in answer.context["form"].lines] == ["<script>alert</script>"]


def test_a_list_is_of_its_meeting_and_ours(client_of, panel, meeting):
    form = filled(pasted(client_of, meeting, "Ada Gray"))
    other = make_meeting(panel, DAY(2026, 10, 20))
    for target, data in ((other, form), (meeting, form | {"read": form["read"][0][:-1]}), (meeting, {})):
        answer = client_of.post(at("confirm_attendance", target), data, follow=True)
        assert answer.redirect_chain == [(at("paste_attendance", target), 302)]
        assert flashes(answer) == ["error"]
    assert Attendance.objects.count() == 0


def test_a_list_takes_the_place_of_what_was_recorded(client_of, panel, meeting):
    record(meeting, *(member_entry(each, "present") for each in panel.members.on(meeting.on)))
    answer = pasted(client_of, meeting, "Ada Gray\nApologies: Siân O’Neill")
    assert lacking(answer, "main", "2 people recorded") == []
    client_of.post(at("confirm_attendance", meeting), filled(answer))
    assert [row[1] for row in recorded(meeting)] == ["present", "apologies"]


def test_somebody_elses_attendance_meanwhile_is_shown(client_of, panel, meeting, approver):
    form = filled(pasted(client_of, meeting, "Ada Gray\nSiân O’Neill"))
    record(meeting, *(member_entry(each, "absent") for each in panel.members.on(meeting.on)), by=approver, at=AT)
    answer = client_of.post(at("confirm_attendance", meeting), form)
    assert answer.status_code == 422
    assert sorted(answer.context["form"].conflicts()) == [
        ("Ada Gray", "Absent", "Present"),
        ("Siân O’Neill", "Absent", "Present"),
    ]
    assert client_of.post(at("confirm_attendance", meeting), filled(answer)).status_code == 302
    assert [row[1] for row in recorded(meeting)] == ["present", "present"]


def test_a_meeting_to_come_or_cancelled_takes_no_list(client_of, panel):
    to_come = make_meeting(panel, DAY(2099, 1, 8))
    for name in ("paste_attendance", "confirm_attendance"):
        answer = client_of.post(at(name, to_come), {"text": "Ada Gray"}, follow=True)
        assert answer.redirect_chain == [(to_come.get_absolute_url(), 302)]
        assert (flashes(answer), lacking(answer, ".app-flash", "8 January 2099")) == (["error"], [])


def test_the_meeting_leads_to_it(client_of, meeting):
    links = {link.attributes["href"] for link in page(client_of.get(meeting.get_absolute_url())).css("main a")}
    assert at("paste_attendance", meeting) in links


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1, 30])
def test_the_preview_costs_the_same_for_thirty_people(client_of, panel, meeting, django_assert_num_queries, number):
    names = [f"Mem {chr(65 + n)}ber" for n in range(number)]
    for name in names:
        make_member(panel, name)
    text = "\n".join(f"{name}\nKim Lee{place} for {name}" for place, name in enumerate(names))
    pasted(client_of, meeting, text)
    with django_assert_num_queries(8):
        assert pasted(client_of, meeting, text).status_code == 200


def test_a_force_records_no_attendance(sign_in, force_lead, meeting):
    client = sign_in(force_lead)
    for name in ("paste_attendance", "confirm_attendance"):
        assert client.post(at(name, meeting), {"text": "Ada Gray"}).status_code == 403
