"""A register of several sources: each is filtered, counted, named and taken out; one of HMICFRS alone is as before."""

import csv
import io

from django.urls import reverse

from recommendations.domain.register import voices
from tests.conftest import make_inspection, make_tracked
from tests.makers.sources import follow, from_iopc
from tests.per_module import per_module
from tests.views.register.page import address, now


@per_module
def of_hmicfrs(westmarch):
    return make_tracked(make_inspection(westmarch), number="9")


@per_module
def of_iopc(westmarch):
    follow("iopc")
    return make_tracked(from_iopc(westmarch))


def filters(page) -> dict:
    return {each.name: each for _, group in page.context["more_filters"] for each in group}


def headings(client) -> list[str]:
    taken = client.get(reverse("export_register", args=["csv"])).content.decode("utf-8-sig")
    return next(csv.reader(io.StringIO(taken)))


def test_a_register_of_hmicfrs_alone_has_no_word_of_sources(sign_in, officer, of_hmicfrs):
    follow("iopc")
    client = sign_in(officer)
    voices.record_inspectorate_status(tracked=of_hmicfrs, status="complete", by=officer, at=now())
    page = client.get(reverse("register"))
    assert ("source" in filters(page), "Source" in headings(client)) == (False, False)
    assert "HMICFRS status" in [each.label for each in page.context["columns"]]


def test_it_is_filtered_and_counted_by_source(sign_in, officer, of_hmicfrs, of_iopc):
    client = sign_in(officer)
    voices.record_inspectorate_status(tracked=of_hmicfrs, status="complete", by=officer, at=now())
    whole = client.get(reverse("register"))
    counted = [(each.value, each.label, each.number) for each in filters(whole)["source"].options]
    assert counted == [("hmicfrs", "HMICFRS", "1"), ("iopc", "IOPC", "1")]
    assert "HMICFRS / source" in [each.label for each in whole.context["columns"]]
    page = client.get(address(source="iopc"))
    assert [row.reference for row in page.context["rows"]] == [of_iopc.reference]
    assert [label for label, _ in page.context["chips"]] == ["Source: IOPC"]


def test_a_file_names_the_source(sign_in, officer, of_hmicfrs, of_iopc):
    client = sign_in(officer)
    taken = client.get(reverse("export_register", args=["csv"])).content.decode("utf-8-sig")
    rows = {row["Reference"]: row for row in csv.DictReader(io.StringIO(taken))}
    assert {key: row["Source"] for key, row in rows.items()} == {
        of_hmicfrs.reference: "HMICFRS",
        of_iopc.reference: "IOPC",
    }
    assert [name for name in headings(client) if "HMICFRS" in name or name.startswith("Source")] == [
        "HMICFRS reference",
        "Source",
        "Source deadline",
        "Source status",
    ]


def test_the_third_voice_on_the_record_is_the_source_s(sign_in, officer, of_iopc):
    voices.record_inspectorate_status(
        tracked=of_iopc, status="complete", source="A letter", effective_on=now().date(), by=officer, at=now()
    )
    page = sign_in(officer).get(of_iopc.get_absolute_url())
    card = page.context["cards"][2]
    assert (card.label, card.initial, page.context["dates"][0].label) == ("IOPC status", "I", "IOPC deadline")
    assert [words for _, words in page.context["kinds"]][2] == "IOPC status"
    assert [each.label for each in page.context["filters"]][3] == "IOPC"
    assert [shown.event.initial for shown in page.context["events"] if shown.event.tile == "hmi"] == ["I"]


def test_the_saved_message_names_the_source(sign_in, officer, of_iopc):
    answer = sign_in(officer).post(
        reverse("record_inspectorate_status", args=[of_iopc.pk]), {"status": "complete"}, follow=True
    )
    assert [str(each) for each in answer.context["messages"]] == [f"IOPC status recorded on {of_iopc}."]
