"""The fixed wording of a response, as opposed to its authors': identical in the PDF, the text and the Word file.
exchange/documents_in/responses/ parses all of it: importing what was published yields the same parts.
"""

import datetime
import re

from recommendations.domain.register.entries import in_sentence, join_words
from recommendations.domain.responses.text import ChiefOfficer, ResponseItem, ResponseText
from recommendations.domain.text.markdown import blocks_of, plain_paragraphs, plain_to_markdown
from recommendations.enums import RecommendationKind
from recommendations.exchange.documents_in.addressees import find_addressees
from recommendations.exchange.documents_in.asking import reads_as_recommendation
from recommendations.periods import say, say_days, say_nth

FROM = "Response from:"
RECOMMENDATIONS, NOTES, ABOUT = "Recommendations:", "Notes", "About this response"
COMMENT = "Comment"
AS_SUBMITTED, NONE_SUBMITTED = "As submitted.", "None submitted."
NOT_YET, A_DRAFT, UNWRITTEN = "Not yet.", "This is a draft.", "Not written yet."
NOT = f"{NOT_YET} {A_DRAFT}"
REPORT = "The report:"
LAW = "Made under section 55 of the Police Act 1996."
HANGS = re.compile(r"\d{1,4}(?:\.\d{1,2})?[a-z]?")
LONGEST_HEADING = 12  # words
CHIEF_CONSTABLE, CHIEF_OFFICER = "chief constable", "chief officer"


def facts(text: ResponseText) -> list[tuple[str, str]]:
    """The lines below the title: the dates of the report and of the response, and the version."""
    found = [
        ("Report published", say(text.report_on)),
        ("Last day for a response", _last_day(text)),
        *_publication_lines(text),
    ]
    if len(text.forces) > 1:
        found.append(("Forces", join_words(text.forces)))
    if text.number > 1:
        corrects = f" It corrects: {text.correction}" if text.correction else ""
        found.append(("Version", f"{text.number}. It replaces version {text.number - 1}.{corrects}"))
    return found


def _last_day(text: ResponseText) -> str:
    if text.last_day is None:
        return "None is stated"
    if text.counted_under:
        return f"{say(text.last_day)}, under {text.counted_under}"
    return f"{say(text.last_day)}, {'as stated' if text.is_stated else f'the {nth_day(text, text.last_day)} day'}"


def _publication_lines(text: ResponseText) -> list[tuple[str, str]]:
    """When it was published. For a correction: when the response first was, which is what counts, and its own day."""
    by = f", by {text.holder}" if text.holder else ""
    if text.number == 1:
        return [
            ("This response published", f"{_day_with_count(text, text.published_on)}{by}" if text.published_on else NOT)
        ]
    own = ("This version published", f"{say(text.published_on)}{by}" if text.published_on else NOT)
    if text.first_on is None:
        return [own]
    in_time = ", in time" if text.last_day and not days_late(text, text.first_on) else ""
    return [("First published", f"{_day_with_count(text, text.first_on)}{in_time}"), own]


def _day_with_count(text: ResponseText, first_on: datetime.date) -> str:
    """The day of first publication, its number within the period, and how late it was."""
    late = days_late(text, first_on)
    after = f", {say_days(late)} after the last day" if late else ""
    nth = "" if text.is_stated else f", the {nth_day(text, first_on)} day"
    return f"{say(first_on)}{nth}{after}"


def days_late(text: ResponseText, first_on: datetime.date) -> int:
    """How many days late a response first published on this day is; 0 if in time."""
    return max(0, (first_on - text.last_day).days) if text.last_day else 0


def nth_day(text: ResponseText, day: datetime.date) -> str:
    """The ordinal of a day in the period, the day of publication being the 1st: "56th"."""
    return say_nth((day - text.report_on).days + 1)


def issue(text: ResponseText) -> str:
    """The text at the foot of every page."""
    if text.published_on is None:
        return "Draft · not published"
    return f"Version {text.number} · published {say(text.published_on)}"


def markdown_of(text: ResponseText) -> str:
    """The narrative with its footnotes as Markdown; that of an imported response is built from its paragraphs."""
    return text.markdown if text.markdown else plain_to_markdown(text.narrative, text.footnotes)


def comment_of(text: ResponseText, words: str) -> str:
    """A comment or the reply as Markdown; imported ones are plain text."""
    return words if is_written_here(text) else plain_to_markdown(words.split("\n\n"))


def is_written_here(text: ResponseText) -> bool:
    """Whether its text is Markdown; the narrative of an imported response is a list of paragraphs."""
    return bool(text.markdown) or not text.narrative


def chief_heading(text: ResponseText, chief_officer: ChiefOfficer) -> str:
    """ "Comments of the chief constable", with the force if there are several."""
    of = f" of {chief_officer.force}" if len(text.chief_officers) > 1 else ""
    return f"Comments of the {officer_title(chief_officer)}{of}"


def officer_title(chief_officer: ChiefOfficer) -> str:
    """ "chief constable" if the signatory is one, otherwise "chief officer"."""
    told = f"{chief_officer.signed_as} {chief_officer.why}".casefold()
    return CHIEF_CONSTABLE if CHIEF_CONSTABLE in told else CHIEF_OFFICER


def signature(chief_officer: ChiefOfficer) -> str:
    """ "Marian Ashgrove, Chief Constable, 24 June 2026." """
    words = (
        chief_officer.signed_by,
        chief_officer.signed_as,
        say(chief_officer.dated_on) if chief_officer.dated_on else "",
    )
    return ", ".join(filter(None, words)) + "." if chief_officer.signed_by else ""


def reply_heading(text: ResponseText) -> str:
    if len(text.chief_officers) > 1:
        return "Reply to the chief officers’ comments"
    return f"Reply to the {officer_title(text.chief_officers[0]) if text.chief_officers else CHIEF_OFFICER}"


def hung(item: ResponseItem) -> str:
    """The number to the left of a recommendation: "7.1"; "" for other kinds and numbers, which are printed in full."""
    plain = item.kind == RecommendationKind.RECOMMENDATION and HANGS.fullmatch(item.number)
    return item.number if plain and item.label == f"{item.label.split()[0]} {item.number}" else ""


def heading(item: ResponseItem) -> str:
    """The office's short heading of a recommendation; "" if it may be the recommendation's own text."""
    fits = len(item.heading.split()) <= LONGEST_HEADING and item.heading[-1:] not in (".", ";", ":")
    return item.heading if fits and not reads_as_recommendation(item.heading) else ""


def deadline_and_addressees(item: ResponseItem) -> list[tuple[str, str]]:
    """Its deadline words and addressees, unless its own text contains them."""
    words = _normalise(item.deadline_words)
    known = {_normalise(each) for each in find_addressees(item.text)}
    found = []
    if words and words not in _normalise(item.text) and words not in _normalise(heading(item)):
        found.append(("Deadline", item.deadline_words))
    if item.addressees and {_normalise(each) for each in item.addressees} != known:
        found.append(("Directed to", "; ".join(item.addressees)))
    return found


def label(text: ResponseText) -> str:
    """The label of the body's comments, with a colon."""
    return f"{(text.comment_label or COMMENT).rstrip(' :')}:"


def action(item: ResponseItem) -> str:
    """ "Action taken.", or "" if none is stated."""
    return f"{item.action_words}." if item.action else ""


def pointer(item: ResponseItem) -> str:
    """ "Answered with recommendation 1." """
    return f"Answered with {in_sentence(item.with_label)}." if item.with_label else ""


def also(item: ResponseItem) -> str:
    """ "This also answers recommendation 2 and AFI 3." """
    return f"This also answers {join_words([in_sentence(each) for each in item.also])}." if item.also else ""


def says_nothing(item: ResponseItem) -> bool:
    return not (item.action or item.reason or item.comment or item.with_label)


def answer_paragraphs(text: ResponseText, item: ResponseItem) -> list[str]:
    """The answer to a recommendation, as plain paragraphs."""
    comment = list(plain_paragraphs(comment_of(text, item.comment))[0]) if item.comment else []
    reason = " ".join(item.reason.split())
    opening = [action(item), reason]
    if not reason and comment and begins_with_a_paragraph(text, item):
        opening.append(comment.pop(0))
    if not comment:
        opening.append(pointer(item))
        return [*filter(None, (" ".join(filter(None, opening)), also(item)))]
    return [*filter(None, (" ".join(filter(None, opening)), *comment, pointer(item), also(item)))]


def begins_with_a_paragraph(text: ResponseText, item: ResponseItem) -> bool:
    """Whether the comment can continue on the line of its label: not if it starts with a list."""
    blocks, _ = blocks_of(comment_of(text, item.comment))
    return bool(blocks) and blocks[0].kind in ("paragraph", "heading")


def about_document(text: ResponseText) -> str:
    """The statement about the document, at its end."""
    version = "a draft, not published" if text.published_on is None else f"version {text.number}"
    replaces = f"It replaces version {text.number - 1}." if text.number > 1 else ""
    sentences = (
        "" if text.is_stated else LAW,
        "It holds the policing body’s comments, the chief officer’s comments as submitted, and any reply to them.",
        f"This is {version}, by {text.body_name}. {replaces}".strip(),
        f"It is marked {text.marking}.",
        REPORT if text.report_link else "",
    )
    return " ".join(filter(None, sentences))


def _normalise(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))
