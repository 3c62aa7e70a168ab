"""Large files of the register: asked for, made beside the web server, fetched by whoever asked, gone after a day."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.builds.builds import NOBODY, WAITS
from recommendations.domain.people.records import keep
from recommendations.domain.register.export import large_files
from recommendations.models import RegisterExport, TrailEntry
from tests.makers.builds import run_exports
from tests.per_module import per_module
from tests.views.register.page import ago, recent_inspection, three_overdue
from tests.views.register.test_exports import export, references


@pytest.fixture(autouse=True)
def _large_from_three(monkeypatch):
    monkeypatch.setattr(large_files, "LARGE", 2)


@per_module
def overdue(westmarch):
    three_overdue(recent_inspection(westmarch))


def ask(client, form: str = "xlsx", query: str = "rag=red"):
    return client.post(f"{reverse('export_register', args=[form])}?{query}")


def taken_out() -> list[str]:
    return list(TrailEntry.objects.filter(verb="export_register").values_list("about", flat=True))


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_it_is_asked_for_made_and_fetched_and_each_time_on_the_trail(sign_in, overdue, officer, form):
    client = sign_in(officer)
    small = references(export(client, "csv", rag="red"), "csv")
    asking = export(client, form, rag="red")
    assert (asking["Content-Type"], asking.context["rows"]) == ("text/html; charset=utf-8", "3 rows")
    to = ask(client, form)
    waiting = client.get(to.url)
    assert to.url == RegisterExport.objects.get().get_absolute_url()
    assert (waiting.context["progress"].is_unfinished, waiting.context["progress"].done) == (True, 0)
    assert client.get(f"{to.url}file/").url == to.url
    assert [str(each.state) for each in run_exports()] == ["done"]
    assert client.get(f"{to.url}progress/").json() == {"words": "Made", "done": 2, "total": 2, "over": True}
    before = len(taken_out())
    file = client.get(f"{to.url}file/")
    assert references(file, form) == small
    assert file["Content-Disposition"] == f'attachment; filename="register-{ago(0).isoformat()}.{form}"'
    assert client.head(f"{to.url}file/").content == b""
    assert taken_out()[before:] == [f"{form}, 3 rows as at {ago(0).isoformat()}: RAG: Red"]
    assert [each.pk for each in export(client, form).context["asked_for"]] == [RegisterExport.objects.get().pk]


def test_asked_for_twice_it_is_made_once_and_another_waits(sign_in, overdue, officer):
    client = sign_in(officer)
    first, again, other = ask(client), ask(client), ask(client, "docx")
    assert (first.url, other.status_code) == (again.url, 409)
    assert large_files.ANOTHER in other.text
    assert [each.form for each in run_exports()] == ["xlsx"]
    assert ask(client, "docx").status_code == 302


def test_what_is_not_large_is_made_at_once(sign_in, overdue, officer):
    client = sign_in(officer)
    assert references(export(client, "xlsx", q="theirs"), "xlsx") == []
    assert len(references(export(client, "csv"), "csv")) == 3
    assert ask(client, "csv").url == f"{reverse('export_register', args=['csv'])}?rag=red"
    assert RegisterExport.objects.count() == 0


def test_nobody_else_fetches_it_and_nobody_whose_sight_has_changed(sign_in, overdue, officer, approver, westmarch):
    url = ask(sign_in(officer)).url
    run_exports()
    assert sign_in(approver).get(f"{url}file/").status_code == 404
    assert sign_in(officer).get(f"{url}file/").status_code == 200
    officer.role = "approving_officer"
    keep(record=officer, by=None, at=timezone.now())
    found = [sign_in(officer).get(f"{url}{part}").status_code for part in ("", "progress/", "file/")]
    assert found == [404, 404, 404]


def test_whoever_may_see_other_rows_by_then_is_told_to_ask_again(sign_in, overdue, officer):
    ask(sign_in(officer))
    officer.role = "approving_officer"
    keep(record=officer, by=None, at=timezone.now())
    assert [each.problem for each in run_exports()] == [large_files.CHANGED]
    assert [bytes(each.content or b"") for each in RegisterExport.objects.all()] == [b""]


def test_a_force_has_its_own_rows_alone(sign_in, overdue, force_lead, other_force_lead):
    assert references(export(sign_in(other_force_lead), "xlsx"), "xlsx") == []
    client = sign_in(force_lead)
    url = ask(client, query="").url
    run_exports()
    assert len(references(client.get(f"{url}file/"), "xlsx")) == 3


def test_it_is_gone_after_a_day(sign_in, overdue, officer):
    client, day = sign_in(officer), datetime.timedelta(days=1)
    url = ask(client).url
    run_exports()
    made = RegisterExport.objects.get()
    large_files.remove_old(at=made.asked_at + day - datetime.timedelta(seconds=1))
    assert client.get(url).status_code == 200
    RegisterExport.objects.update(asked_at=made.asked_at - day)
    assert client.get(f"{url}file/").status_code == 404
    call_command("build_papers", stdout=io.StringIO())
    assert RegisterExport.objects.count() == 0


def test_what_nobody_made_says_so_and_can_be_asked_for_again(sign_in, overdue, officer):
    client = sign_in(officer)
    url = ask(client).url
    RegisterExport.objects.update(asked_at=timezone.now() - WAITS - datetime.timedelta(seconds=1))
    page = client.get(url)
    assert page.context["progress"].problem == NOBODY
    assert client.post(page.context["again"]).status_code == 302
    assert sorted(RegisterExport.objects.values_list("state", flat=True)) == ["failed", "waiting"]
