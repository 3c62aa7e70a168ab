"""What is published as data: feed, JSON and CSV say what the pages say, name the licence, and nothing in them runs."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree

import pytest
from django.conf import settings
from django.urls import reverse

from recommendations.documents.public.feeds import HEADINGS
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses.imported import NewComment
from tests.conftest import AT
from tests.makers.responses import make_draft
from tests.views.public.makers import DAY, make_report, page_of, publish_correction, withdraw
from tests.views.responses.test_responses import make_response as bring_in

FEED, JSON, CSV = (reverse(name) for name in ("public_feed", "public_json", "public_csv"))
ATOM = "{http://www.w3.org/2005/Atom}"


def whole(address: str) -> str:
    return f"{settings.ORIGIN}{address}"


def data_of(client) -> dict:
    return json.loads(client.get(JSON).content)


def rows_of(client) -> list[dict]:
    text = client.get(CSV).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def entries_of(client) -> list[dict]:
    feed = ElementTree.fromstring(client.get(FEED).content)
    return [{part.tag.removeprefix(ATOM): part.text for part in entry} for entry in feed.iter(f"{ATOM}entry")]


def test_json_has_each_response_with_its_parts(client, written, brought_in):
    # wording: the names of the data, its licence and the law are what others' programs read
    data = data_of(client)
    assert data["about"] == {
        "title": "Published responses",
        "publisher": "Police and Crime Commissioner for the Marches",
        "address": whole("/published/"),
        "licence": "Open Government Licence v3.0",
        "licence_address": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "responses": 2,
    }
    first, second = data["responses"]
    assert first == {
        "address": whole(page_of(written)),
        "heading": "HMICFRS: Custody in Westmarch (custody inspection)",
        "title": "Custody in Westmarch",
        "inspectorate": "HMICFRS",
        "kind": "custody inspection",
        "response_from": "Police and Crime Commissioner for the Marches",
        "office_holder": "",
        "forces": ["Westmarch Police"],
        "report_published_on": "2026-01-15",
        "report_address": "https://example.org/report",
        "last_day": "2026-03-11",
        "last_day_is_stated": False,
        "law": "Police Act 1996, section 55",
        "first_published_on": "2026-11-07",
        "days_late": 241,
        "version": 1,
        "version_published_on": "2026-11-07",
        "correction": "",
        "narrative": ["We welcome the report."],
        "footnotes": [],
        "recommendations": [item_of(written, number) for number in ("1", "7.1")],
        "comments": [],
        "chief_officers": [
            {
                "force": "Westmarch Police",
                "comments": "The force agrees.",
                "signed_by": "A. Rowe",
                "signed_as": "Chief constable",
                "dated_on": "2026-11-07",
                "none_because": "",
            }
        ],
        "reply": "",
    }
    assert second["footnotes"][0] == {"mark": "1", "text": "See https://example.org/levels"}
    assert second["comments"] == ["Words on the whole."]
    assert second["recommendations"][1]["answered_with"] == "Recommendation 1"
    assert second["recommendations"][0]["answers_also"] == ["Recommendation 2"]


def item_of(response, number: str) -> dict:
    return {
        "address": f"{whole(page_of(response))}#recommendation-{number}",
        "label": f"Recommendation {number}",
        "kind": "Recommendation",
        "number": number,
        "text": f"The force should test bell {number} of Custody in Westmarch.",
        "parts": [],
        "directed_to": [],
        "action": "Action proposed",
        "reason": "",
        "comment": "We have asked for the figures each quarter.",
        "answered_with": "",
        "answers_also": [],
    }


def test_csv_has_a_row_for_each_part(client, written, brought_in):
    # wording: the names of the data and its licence are what others' programs read
    rows = rows_of(client)
    assert list(rows[0]) == list(HEADINGS)
    of_written = [row for row in rows if row["Address"] == whole(page_of(written))]
    assert [(row["Part"], row["Label"]) for row in of_written] == [
        ("Narrative", ""),
        ("Recommendation", "Recommendation 1"),
        ("Recommendation", "Recommendation 7.1"),
        ("Chief officer’s comments", "Westmarch Police"),
    ]
    assert of_written[1] == {
        "Address": whole(page_of(written)),
        "Response": "HMICFRS: Custody in Westmarch (custody inspection)",
        "Response from": "Police and Crime Commissioner for the Marches",
        "Office holder": "",
        "Forces": "Westmarch Police",
        "Inspectorate": "HMICFRS",
        "Kind of inspection": "custody inspection",
        "Report published": "2026-01-15",
        "Last day": "2026-03-11",
        "Last day is stated": "no",
        "First published": "2026-11-07",
        "Version": "1",
        "Version published": "2026-11-07",
        "Part": "Recommendation",
        "Label": "Recommendation 1",
        "The report’s words": "The force should test bell 1 of Custody in Westmarch.",
        "Sub-recommendations": "",
        "Directed to": "",
        "Action": "Action proposed",
        "Reason": "",
        "The response’s words": "We have asked for the figures each quarter.",
        "Answered with": "",
        "Licence": "Open Government Licence v3.0",
    }
    assert [row["Part"] for row in rows if row not in of_written] == [
        *("Narrative", "Comment", "Recommendation", "Recommendation", "Recommendation", "Footnote", "Footnote")
    ]


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝"])
def test_nothing_in_the_csv_runs(client, body, westmarch, at, start):
    words = f"{start}HYPERLINK(1)"
    facts = {"narrative": (words,), "footnotes": ({"mark": "1", "text": words},), "reply": words}
    recommendations = (NewRecommendation(text=words, number="1", parts=(words,), addressees=(words,)),)
    comments = (NewComment(words, (0,)), NewComment(words))
    facts |= {"recommendations": recommendations, "comments": comments, "chief_officer_comments": words}
    bring_in(body, westmarch, title=words, body_name=words, at=at, **facts)
    cells = [value for row in rows_of(client) for value in row.values()]
    assert [cell for cell in cells if cell.startswith(start)] == []
    assert sum(cell.startswith(f"'{start}") for cell in cells) >= 10


def test_the_feed_has_an_entry_for_each(client, written, brought_in, officer, approver):
    # wording: the names of the data and its licence are what others' programs read
    publish_correction(written, by=officer, approver=approver, at=AT + DAY)
    first, second = entries_of(client)
    assert first["title"] == "HMICFRS: Custody in Westmarch (custody inspection)"
    assert (first["id"], first["published"], first["updated"]) == (
        whole(page_of(written)),
        "2026-11-07T00:00:00+00:00",
        "2026-11-08T00:00:00+00:00",
    )
    assert first["summary"].split("\n") == [
        "Response from: Police and Crime Commissioner for the Marches.",
        "Forces: Westmarch Police.",
        "First published 7 November 2026.",
        "Version 2, published 8 November 2026: A figure was wrong.",
        "We welcome the report warmly.",
    ]
    assert (second["published"], second["updated"]) == ("2020-08-20T23:00:00+00:00", "2020-08-20T23:00:00+00:00")
    answer = client.get(FEED)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.find(f"{ATOM}rights").text.startswith("Open Government Licence v3.0")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"alternate": whole("/published/"), "self": whole(FEED)}


def test_drafts_and_what_was_withdrawn_are_in_none_of_them(client, westmarch, body, officer, approver, written):
    make_draft(make_report(westmarch, title="Drafted"), body, by=officer)
    withdraw(written, by=approver, at=AT + DAY)
    assert (data_of(client)["responses"], rows_of(client), entries_of(client)) == ([], [], [])


def test_signs_that_xml_cannot_hold_break_no_feed(client, body, westmarch, at):
    bring_in(body, westmarch, title="Bells\x0b and\x1f &<>", narrative=("One\x08.",), at=at)
    assert entries_of(client)[0]["title"] == "HMICFRS: Bells and &<> (custody inspection)"


def test_each_costs_the_same_for_one_as_for_many(client, body, westmarch, eastvale, at, django_assert_num_queries):
    for number in range(3):
        bring_in(body, [westmarch, eastvale][number % 2], title=f"Report {number}", at=at)
        if number in (0, 2):
            for address in (FEED, JSON, CSV):
                with django_assert_num_queries(3):
                    client.get(address)
                with django_assert_num_queries(2):
                    client.get(address)


def test_an_empty_office_has_empty_data(client, db):
    assert data_of(client)["responses"] == rows_of(client) == entries_of(client) == []
