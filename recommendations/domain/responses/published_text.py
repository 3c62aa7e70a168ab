"""The text of a version, kept whole when it is published: later changes to the register do not reach it."""

import hashlib
from dataclasses import replace

from recommendations.domain.audit.history import Beside, tell_beside
from recommendations.domain.responses.text import KIND_WORDS, ChiefOfficer, Note, ResponseText
from recommendations.domain.text.dataclass_json import from_json, to_json
from recommendations.domain.text.markdown import PARAGRAPHS, plain_paragraphs
from recommendations.enums import InspectionKind
from recommendations.models import PublishedText, ResponseVersion
from recommendations.periods import say
from recommendations.trail import Act, canonical


def keep_text(act: Act, version: ResponseVersion, text: ResponseText) -> PublishedText:
    """Keep how a version reads, inside the verb that publishes it. Once: it never changes."""
    told = to_json(text)
    return act.save(
        PublishedText(
            of=version,
            heading=text.heading,
            text=told,
            sha256=hashlib.sha256(canonical(told).encode()).hexdigest(),
        )
    )


def as_kept(kept: PublishedText) -> ResponseText:
    """The text that was kept. Its words are as they were; a last day that section 55 never set is not read.

    Until 0.3.0 one was counted for a fire and rescue report too. It stays in the row and in the issued files.
    """
    text = from_json(ResponseText, kept.text)
    if text.kind_words == KIND_WORDS[InspectionKind.FIRE] and not text.is_stated:
        return replace(text, last_day=None, is_stated=True)
    return text


def counts_by_section_55(version: ResponseVersion) -> bool:
    """Whether the kept text, and so the issued files, count a last day by section 55, rightly or not."""
    return not version.reads.text.get("is_stated", False)


def text_of_version(version: ResponseVersion) -> ResponseText:
    """A published version as it reads, written here or brought in."""
    return as_kept(version.reads)


def plain_narrative(text: ResponseText) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """The paragraphs of the narrative and its footnotes in plain words."""
    return plain_paragraphs(text.markdown) if text.markdown else (text.narrative, text.footnotes)


def quotable(text: ResponseText) -> list[str]:
    """Where a sentence that is in no comment can stand: the narrative in plain words and as written, and the reply."""
    return [PARAGRAPHS.join(plain_narrative(text)[0]), text.markdown, text.reply]


def words_told(text: ResponseText, *, is_brought_in: bool) -> dict[str, str]:
    """The words as the history of a response tells them, by name; empty for nothing.

    A document that was brought in names no holder and no label, and its chief officers' comments are one text.
    """
    paragraphs, notes = plain_narrative(text)
    officers = [each.text if is_brought_in else _signed(each) for each in text.chief_officers]
    return {
        "holder": text.holder,
        "comment_label": "" if is_brought_in else text.comment_label,
        "narrative": "\n".join(paragraphs),
        "footnotes": "\n".join(f"{note.mark} {note.text}" for note in notes),
        "chief_officer_comments": PARAGRAPHS.join(officers),
        "reply": text.reply,
    }


def _signed(said: ChiefOfficer) -> str:
    dated = f", {say(said.dated_on)}" if said.dated_on else ""
    signed = f" ({said.signed_by}, {said.signed_as}{dated})" if said.signed_by else ""
    return f"{said.force}{signed}: {said.text or said.why}"


def _words_of(versions: set[int]) -> dict[int, dict[str, str]]:
    found = PublishedText.objects.filter(of__in=versions).select_related("of").defer("of__source_text")
    return {each.of_id: words_told(as_kept(each), is_brought_in=each.of.submission_id is None) for each in found}


tell_beside(
    ResponseVersion,
    Beside(
        _words_of,
        behind={
            "body_name": ("holder", "comment_label"),
            "published_on": ("narrative", "footnotes", "chief_officer_comments", "reply"),
        },
    ),
)
