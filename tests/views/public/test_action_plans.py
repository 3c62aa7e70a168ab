"""The public action plan for fire inspections: what it shows, its files and feed, what is gone."""

import csv
import hashlib
import io

from django.db.models import QuerySet

from recommendations.domain.public.releases import withdraw_release
from recommendations.domain.register import restrictions
from recommendations.models import ActionPlanFacts
from tests.conftest import AT, make_tracked
from tests.makers.action_plans import HOUR, PDF, fire_inspection, published
from tests.per_module import per_module
from tests.views.public.makers import INDEX, links_of, text_of

PAGE, LIST = "/published/action-plans/westmarch/", "/published/action-plans/"
FIRST = f"{PAGE}version-1/"
FILE = f"{FIRST}action-plan."


@per_module
def lines(westmarch):
    report = fire_inspection(westmarch)
    return [make_tracked(report, number=str(n), text=f"The service should drill {n}.") for n in (1, 2)]


@per_module
def plan(lines, westmarch, body, officer, approver):
    restrictions.restrict(tracked=lines[1], reason="zqsecret", effective_on=None, by=officer, at=AT)
    return published(westmarch, by=officer, approver=approver)


def test_the_lists_lead_to_the_plan_which_says_what_it_leaves_out(client, plan, django_assert_num_queries):
    assert LIST in links_of(client.get(INDEX))
    with django_assert_num_queries(3):
        assert PAGE in links_of(client.get(LIST))
    with django_assert_num_queries(4):
        text = text_of(client.get(PAGE))
    assert "1 more is not shown" in text
    assert ("drill 1" in text, "drill 2" in text) == (True, False)


def test_its_files_are_those_that_were_published(client, plan):
    kept = ActionPlanFacts.objects.get(of=plan)
    assert hashlib.sha256(client.get(f"{FILE}json").content).hexdigest() == kept.sha256
    rows = list(csv.DictReader(io.StringIO(client.get(f"{FILE}csv").content.decode("utf-8-sig"))))
    assert [(row["Reference"], row["Text"]) for row in rows] == [("WM-0001", "The service should drill 1.")]
    assert client.get(f"{FILE}pdf").content == PDF
    assert client.get(f"{FILE}xlsx").status_code == 404
    redacted = "0" * 64
    QuerySet(ActionPlanFacts).update(sha256=redacted)
    withheld = client.get(f"{FILE}pdf")
    assert (withheld.status_code, "withheld" in text_of(withheld)) == (410, True)


def test_a_new_version_replaces_it_and_a_withdrawn_one_says_why(client, plan, westmarch, officer, approver):
    second = published(westmarch, by=officer, approver=approver, at=AT + HOUR)
    assert "This is version 1" in text_of(client.get(FIRST))
    assert FIRST in links_of(client.get(PAGE))
    assert client.get(f"{PAGE}feed/").text.count("<entry>") == 2
    withdraw_release(release=second, reason="It named a person.", by=approver, at=AT + 3 * HOUR)
    gone = client.get(PAGE)
    assert (gone.status_code, "It named a person." in gone.text, "drill" in gone.text) == (200, True, False)
    address = f"{PAGE}version-2/"
    answers = [client.get(f"{address}{name}").status_code for name in ("", "action-plan.pdf", "action-plan.json")]
    assert answers == [200, 410, 410]
    assert (PAGE in client.get(LIST).text, client.get(f"{PAGE}feed/").text.count("<entry>")) == (False, 1)


def test_what_was_never_published_is_not_there(client, westmarch, lines):
    paths = (PAGE, FIRST, f"{FILE}pdf", f"{PAGE}feed/")
    assert [client.get(path).status_code for path in paths] == [404] * 4
    assert LIST not in links_of(client.get(INDEX))
