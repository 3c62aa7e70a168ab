"""Published responses as public data: Atom, JSON and CSV. Only what their pages say, under one licence."""

import csv
import datetime
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.feedgenerator import Atom1Feed

from recommendations.documents.formats.reproducible_zip import for_xml
from recommendations.documents.responses.form_text import days_late
from recommendations.domain.public.responses import ListedResponse
from recommendations.domain.responses.published_text import plain_narrative
from recommendations.domain.responses.text import ChiefOfficer, ResponseItem, ResponseText
from recommendations.domain.text.csv_safety import escape_formula
from recommendations.domain.text.markdown import Note
from recommendations.enums import RecommendationKind
from recommendations.periods import day_start, say

LICENCE = "Open Government Licence v3.0"
LICENCE_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
LINE_END = "\r\n"
BOM = b"\xef\xbb\xbf"  # so that Excel recognises UTF-8
HEADINGS = (
    *("Address", "Response", "Response from", "Office holder", "Forces", "Inspectorate", "Kind of inspection"),
    *("Report published", "Last day", "Last day is stated", "First published", "Version", "Version published"),
    *("Part", "Label", "The report’s words", "Sub-recommendations", "Directed to"),
    *("Action", "Reason", "The response’s words", "Answered with", "Licence"),
)


@dataclass(frozen=True)
class FeedEntry:
    """A published response and its absolute address."""

    address: str
    listed: ListedResponse
    text: ResponseText

    @cached_property
    def plain(self) -> tuple[tuple[str, ...], tuple[Note, ...]]:
        """The narrative's paragraphs and footnotes as plain text."""
        return plain_narrative(self.text)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return self.plain[0]

    @property
    def notes(self) -> tuple[Note, ...]:
        return self.plain[1]


@dataclass(frozen=True)
class FeedSource:
    """The publisher, and the absolute addresses of the list and of the feed itself."""

    office: str
    address: str
    itself: str


def as_atom(entries: list[FeedEntry], source: FeedSource) -> bytes:
    """The feed: an entry for each response, dated by its latest version."""
    feed = empty_feed(source, "published responses", "Responses to reports of HM inspectorate.")
    for entry in entries:
        feed.add_item(
            title=for_xml(entry.listed.heading),
            link=entry.address,
            description=for_xml(_summary(entry)),
            unique_id=entry.address,
            author_name=for_xml(entry.listed.body_name),
            pubdate=day_start(entry.listed.first_on),
            updateddate=day_start(entry.listed.published_on),
            categories=[for_xml(name) for name in entry.text.forces],
        )
    return feed_bytes(feed)


def empty_feed(source: FeedSource, subject: str, subtitle: str) -> Atom1Feed:
    """An empty feed of what an office publishes (`subject`), under the one licence."""
    return Atom1Feed(
        title=for_xml(f"{source.office}: {subject}".removeprefix(": ")),
        link=source.address,
        description=None,
        subtitle=subtitle,
        language="en-gb",
        author_name=for_xml(source.office),
        feed_url=source.itself,
        feed_copyright=f"{LICENCE}, {LICENCE_ADDRESS}",
    )


def feed_bytes(feed: Atom1Feed) -> bytes:
    """The feed as UTF-8 bytes."""
    out = io.BytesIO()
    feed.write(out, "utf-8")
    return out.getvalue()


def _summary(entry: FeedEntry) -> str:
    """The summary of a response for feed readers."""
    listed, text = entry.listed, entry.text
    corrects = f"Version {listed.number}, published {say(listed.published_on)}: {text.correction}".rstrip(": ")
    first = f"First published {say(listed.first_on)}."
    parts = (
        f"Response from: {text.body_name}.",
        f"Forces: {', '.join(text.forces)}." if text.forces else "",
        *((first, corrects) if listed.number > 1 else ()),
        entry.paragraphs[0] if entry.paragraphs else "",
    )
    return "\n".join(filter(None, parts))


def as_json(entries: list[FeedEntry], source: FeedSource) -> bytes:
    """{"about": …, "responses": [{…, "recommendations": [{…}]}]}: days as 2026-11-07, null for no day."""
    about = {
        "title": "Published responses",
        "publisher": source.office,
        "address": source.address,
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
        "responses": len(entries),
    }
    told = {"about": about, "responses": [_response(entry) for entry in entries]}
    return json.dumps(told, default=str, ensure_ascii=False, indent=1).encode()


def _response(entry: FeedEntry) -> dict[str, object]:
    text, listed = entry.text, entry.listed
    return {
        "address": entry.address,
        "heading": text.heading,
        "title": text.title,
        "inspectorate": text.inspectorate,
        "kind": text.kind_words,
        "response_from": text.body_name,
        "office_holder": text.holder,
        "forces": list(text.forces),
        "report_published_on": text.report_on,
        "report_address": text.report_link,
        "last_day": text.last_day,
        "last_day_is_stated": text.is_stated,
        "law": "" if text.is_stated else "Police Act 1996, section 55",
        "first_published_on": listed.first_on,
        "days_late": days_late(text, listed.first_on) if text.last_day else None,
        "version": listed.number,
        "version_published_on": listed.published_on,
        "correction": text.correction,
        "narrative": list(entry.paragraphs),
        "footnotes": [{"mark": note.mark, "text": note.text} for note in entry.notes],
        "recommendations": [_item(item, entry.address) for item in text.items],
        "comments": list(text.general),
        "chief_officers": [_chief_officer(each) for each in text.chief_officers],
        "reply": text.reply,
    }


def _item(item: ResponseItem, address: str) -> dict[str, object]:
    return {
        "address": f"{address}#{item.anchor}",
        "label": item.label,
        "kind": RecommendationKind(item.kind).label,
        "number": item.number,
        "text": item.text,
        "parts": list(item.parts),
        "directed_to": list(item.addressees),
        "action": item.action_words,
        "reason": item.reason,
        "comment": item.comment,
        "answered_with": item.with_label,
        "answers_also": list(item.also),
    }


def _chief_officer(chief_officer: ChiefOfficer) -> dict[str, object]:
    return {
        "force": chief_officer.force,
        "comments": chief_officer.text,
        "signed_by": chief_officer.signed_by,
        "signed_as": chief_officer.signed_as,
        "dated_on": chief_officer.dated_on,
        "none_because": chief_officer.why,
    }


def as_csv(entries: list[FeedEntry]) -> bytes:
    """A row for each part of each response. UTF-8 with a BOM for Excel; texts that would execute are escaped."""
    out = io.StringIO(newline="")
    write = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=LINE_END)
    write.writerow(HEADINGS)
    for entry in entries:
        head = _head(entry)
        write.writerows([_plain(value) for value in (*head, *part, LICENCE)] for part in _parts(entry))
    return BOM + out.getvalue().encode()


def _head(entry: FeedEntry) -> tuple[object, ...]:
    """The columns about the response, the same in each of its rows."""
    text, listed = entry.text, entry.listed
    return (
        *(entry.address, text.heading, text.body_name, text.holder, ", ".join(text.forces)),
        *(text.inspectorate, text.kind_words, text.report_on, text.last_day, "yes" if text.is_stated else "no"),
        *(listed.first_on, listed.number, listed.published_on),
    )


def _parts(entry: FeedEntry) -> Iterator[tuple[str, ...]]:
    """The parts in page order: kind, label, the report's text, and the answer to it."""
    text = entry.text
    yield _row("Narrative", "", "\n\n".join(entry.paragraphs))
    for words in text.general:
        yield _row("Comment", text.comment_label, words)
    for item in text.items:
        yield (
            *(RecommendationKind(item.kind).label, item.label, item.text, "\n".join(item.parts)),
            *("\n".join(item.addressees), item.action_words, item.reason, item.comment, item.with_label),
        )
    for each in text.chief_officers:
        yield _row("Chief officer’s comments", each.force, each.text or each.why)
    if text.reply:
        yield _row("Reply to the chief officer’s comments", "", text.reply)
    for note in entry.notes:
        yield _row("Footnote", note.mark, note.text)


def _row(part: str, label: str, words: str) -> tuple[str, ...]:
    return (part, label, "", "", "", "", "", words, "")


def _plain(value: object) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return escape_formula(value) if isinstance(value, str) else str(value)
