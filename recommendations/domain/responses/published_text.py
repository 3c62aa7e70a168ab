"""The full text of a version, stored when it is published: later changes to the register do not affect it."""

from dataclasses import replace

from recommendations.digests import sha256_of
from recommendations.domain.audit.history import TextsShownWith, register_texts
from recommendations.domain.responses.text import KIND_WORDS, ChiefOfficer, Note, ResponseText
from recommendations.domain.text.dataclass_json import from_json, to_json
from recommendations.domain.text.markdown import PARAGRAPHS, plain_paragraphs
from recommendations.enums import InspectionKind
from recommendations.models import PublishedText, ResponseVersion
from recommendations.periods import say
from recommendations.trail import VerbContext


def keep_text(act: VerbContext, version: ResponseVersion, text: ResponseText) -> PublishedText:
    """Store a version's text, inside the verb that publishes it. It is stored once and never changes."""
    told = to_json(text)
    return act.save(
        PublishedText(
            of=version,
            heading=text.heading,
            text=told,
            sha256=sha256_of(told),
        )
    )


def read_stored(row: PublishedText) -> ResponseText:
    """Return the stored text, without a last day that section 55 never set.

    Before 0.3.0 one was counted for fire and rescue reports too. It stays in the row and in the issued files.
    """
    text = from_json(ResponseText, row.text)
    if text.kind_words == KIND_WORDS[InspectionKind.FIRE] and not text.is_stated:
        return replace(text, last_day=None, is_stated=True)
    return text


def counts_by_section_55(version: ResponseVersion) -> bool:
    """Whether the stored text, and so the issued files, count a last day under section 55, rightly or wrongly."""
    return not version.reads.text.get("is_stated", False)


def text_of_version(version: ResponseVersion) -> ResponseText:
    """Return the text of a published version, written here or imported."""
    return read_stored(version.reads)


def plain_narrative(text: ResponseText) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """Return the narrative's paragraphs and footnotes as plain text."""
    return plain_paragraphs(text.markdown) if text.markdown else (text.narrative, text.footnotes)


def quotable(text: ResponseText) -> list[str]:
    """Return the texts outside the comments that can be quoted: the narrative, plain and as written, and the reply."""
    return [PARAGRAPHS.join(plain_narrative(text)[0]), text.markdown, text.reply]


def words_told(text: ResponseText, *, is_brought_in: bool) -> dict[str, str]:
    """Return the texts as the response's history shows them, by name, "" if there is none.

    An imported document has no holder or label, and its chief officers' comments are one text.
    """
    paragraphs, notes = plain_narrative(text)
    officers = [each.text if is_brought_in else _comment_text(each) for each in text.chief_officers]
    return {
        "holder": text.holder,
        "comment_label": "" if is_brought_in else text.comment_label,
        "narrative": "\n".join(paragraphs),
        "footnotes": "\n".join(f"{note.mark} {note.text}" for note in notes),
        "chief_officer_comments": PARAGRAPHS.join(officers),
        "reply": text.reply,
    }


def _comment_text(comments: ChiefOfficer) -> str:
    dated = f", {say(comments.dated_on)}" if comments.dated_on else ""
    signed = f" ({comments.signed_by}, {comments.signed_as}{dated})" if comments.signed_by else ""
    return f"{comments.force}{signed}: {comments.text or comments.why}"


def _words_of(versions: set[int]) -> dict[int, dict[str, str]]:
    found = PublishedText.objects.filter(of__in=versions).select_related("of").defer("of__source_text")
    return {each.of_id: words_told(read_stored(each), is_brought_in=each.of.submission_id is None) for each in found}


register_texts(
    ResponseVersion,
    TextsShownWith(
        _words_of,
        behind={
            "body_name": ("holder", "comment_label"),
            "published_on": ("narrative", "footnotes", "chief_officer_comments", "reply"),
        },
    ),
)
