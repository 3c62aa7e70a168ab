"""Publish an approved or imported response: read its text, make its files outside any transaction, then publish it.

The functions that make the files are passed in: see render_response and plain_response in documents/responses/.
"""

import datetime
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from recommendations.domain.responses.published_text import text_of_version
from recommendations.domain.responses.publishing import approved_text, confirm, publish
from recommendations.domain.responses.states import SAYS_NO, TRANSITIONS
from recommendations.domain.responses.text import ResponseText
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import Response, ResponseVersion, User
from recommendations.periods import london_day

# (text, created_at=) → an object with the bytes as `pdf` and the characters that it cannot show as `coded`.
# Raises RenderFailed.
RenderResponse = Callable[..., Any]


def publish_response(
    *,
    response: Response,
    render: RenderResponse,
    plain: Callable[[ResponseText], str],
    by: User,
    at: datetime.datetime,
    correction: str = "",
    version: int | None = None,
) -> ResponseVersion:
    """Make the PDF and plain text of an approved response and publish it. Raises Refusal or RenderFailed."""
    if (response.state, "publish") not in TRANSITIONS:
        raise Refusal(SAYS_NO[response.state], code=response.state)
    text = approved_text(response, london_day(at))
    rendered = render(text, created_at=at)
    refuse_coded(text, rendered.coded)
    files = {"pdf": rendered.pdf, "plain": plain(text).encode()}
    return publish(response=response, text=text, **files, correction=correction, by=by, at=at, version=version)


def confirm_response(
    *,
    response: Response,
    render: RenderResponse,
    plain: Callable[[ResponseText], str],
    by: User | None,
    at: datetime.datetime,
    version: int | None = None,
) -> ResponseVersion:
    """Make the PDF and plain text of an imported response and publish it here. Raises Refusal, NotAllowed for who
    imported it, or RenderFailed. Its text is as it was published: the PDF prints the code of what it cannot show.
    """
    if (response.state, "confirm_response") not in TRANSITIONS:
        raise Refusal(SAYS_NO[response.state], code=response.state)
    text = text_of_version(response.versions.get())
    files = {"pdf": render(text, created_at=at).pdf, "plain": plain(text).encode()}
    return confirm(response=response, text=text, **files, by=by, at=at, version=version)


def refuse_coded(text: ResponseText, coded: tuple[str, ...]) -> None:
    """Raise Refusal if the office's own text has a character that the PDF cannot show.

    The inspectorate's and the chief officer's words are never edited: there the PDF prints the character's code
    instead.
    """
    for place, words in _own_words(text):
        for character in coded:
            if character in words:
                name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
                raise Refusal(
                    f"The PDF cannot show “{character}” ({name}), in {place}. Write it in words.", code="not-in-font"
                )


def _own_words(text: ResponseText) -> Iterator[tuple[str, str]]:
    """Yield what the office wrote, as pairs of where it is and the text."""
    yield "the narrative", text.markdown
    yield "the reply", text.reply
    yield "what is corrected", text.correction
    for item in text.items:
        yield f"the comment on {item.label}", f"{item.comment} {item.reason}"
