"""One version of a response for the public: text and markings, its dates, and the version that replaced it."""

import datetime
from dataclasses import dataclass

from recommendations.documents.formats.markdown_html import Written, render_comment, render_markdown
from recommendations.documents.responses import form_text
from recommendations.domain.public.responses import PublicResponse, Version
from recommendations.domain.responses.text import ChiefOfficer, ResponseItem, ResponseText
from recommendations.domain.text.markdown import Note
from recommendations.enums import RecipientKind
from recommendations.exchange.documents_in.recommendation_starts import read_limb
from recommendations.periods import say, say_days
from recommendations.views.responses.reading import FootnotedText

COPIES = {RecipientKind.INSPECTORATE: "to the inspectorate", RecipientKind.HOME_SECRETARY: "to the Home Secretary"}


LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True)
class PublicAnswer:
    """A recommendation and its comment. `with_anchor` links to the one whose comment answers this one too."""

    item: ResponseItem
    asked: list[tuple[str, str]]
    comment: Written
    also: str
    with_anchor: str

    @property
    def signed(self) -> bool:
        """Whether the parts of the recommendation carry printed marks of their own: "(a)"."""
        return any(map(read_limb, self.item.parts))


@dataclass(frozen=True)
class SubmittedComments:
    """A chief officer's comments under their heading, as submitted, or the statement that there are none."""

    heading: str
    said: ChiefOfficer
    signature: str


def version_context(published: PublicResponse, version: Version, text: ResponseText) -> dict:
    """The context of the page: the filed text and the facts of the version."""
    return reads(text) | {
        "published": published,
        "version": version,
        "replaced": published.after(version),
        "days": _days(published, version, text),
        "number_words": _number_words(published, version),
        "copies": _copies(version),
    }


def reads(text: ResponseText) -> dict:
    """The context of the text alone; also used for drafts."""
    return {
        "text": text,
        "written": render_markdown(text.markdown) if text.markdown else None,
        "marked": FootnotedText(text.narrative, [_note(note) for note in text.footnotes]),
        "general": [_comment(text, comment) for comment in text.general],
        "said": _public_answers(text),
        "officers": [
            SubmittedComments(form_text.chief_heading(text, each), each, form_text.signature(each))
            for each in text.chief_officers
        ],
        "reply": _comment(text, text.reply),
        "reply_heading": form_text.reply_heading(text),
    }


def _note(note: Note) -> dict:
    """A footnote of an imported response; the page raises its mark."""
    return {"mark": note.mark.translate(LOWERED), "text": note.text}


def _comment(text: ResponseText, comment: str) -> Written:
    return render_comment(form_text.comment_of(text, comment) if comment.strip() else "")


def _public_answers(text: ResponseText) -> list[PublicAnswer]:
    anchors = {item.label: item.anchor for item in text.items}
    return [
        PublicAnswer(
            item,
            form_text.deadline_and_addressees(item),
            _comment(text, item.comment),
            form_text.also(item),
            anchors.get(item.with_label, ""),
        )
        for item in text.items
    ]


def _days(published: PublicResponse, version: Version, text: ResponseText) -> list[tuple[str, str]]:
    """The dates of the response and of the report. The first version decides whether it was in time, whichever is
    shown."""
    first, own, report = published.first_on, version.published_on, ("Report published", say(text.report_on))
    (name, last), in_time = _last_day(text), _timeliness_words(text, first)
    if version.number == published.versions[-1].number:
        return [("Published", say(own)), report, (name, ": ".join(filter(None, (last, in_time))))]
    days = [("First published", ", ".join(filter(None, (say(first), in_time)))), ("This version published", say(own))]
    return [*days, report, (name, last)]


def _timeliness_words(text: ResponseText, first_on: datetime.date) -> str:
    if text.last_day is None:
        return ""
    late = form_text.days_late(text, first_on)
    return f"{say_days(late)} late" if late else "in time"


def _last_day(text: ResponseText) -> tuple[str, str]:
    if text.last_day is None:
        return "Last day", "None is stated"
    name = "Last day" if text.counted_under else "Stated last day" if text.is_stated else "Deadline"
    return name, say(text.last_day)


def _number_words(published: PublicResponse, version: Version) -> str:
    later = published.after(version)
    if later:
        return f"{version.number}, replaced on {say(later.published_on)}"
    return f"{version.number} (only version)" if len(published.versions) == 1 else f"{version.number}, the latest"


def _copies(version: Version) -> str:
    """Which copies were sent on which day, as a sentence; "" if none is recorded."""
    days: dict = {}
    for kind, to in COPIES.items():
        if kind in version.copies:
            days.setdefault(version.copies[kind], []).append(to)
    told = [f"{' and '.join(to)} on {say(day)}" for day, to in sorted(days.items())]
    return f"Copies went {', and '.join(told)}." if told else ""
