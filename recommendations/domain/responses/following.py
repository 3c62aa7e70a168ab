"""Track a sentence of a published response as a commitment."""

import datetime

from recommendations.domain.commitments.commitments import KEEPER, check_terms
from recommendations.domain.ownership.people import link_accounts
from recommendations.domain.responses.published_text import quotable, text_of_version
from recommendations.domain.text.quotations import place_of, same_words
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Every, ResponseState
from recommendations.models import Comment, Commitment, ResponseVersion, User
from recommendations.periods import say
from recommendations.trail import verb


def mark_commitment(
    *,
    version: ResponseVersion,
    quote: str,
    keeper: str,
    check_on: datetime.date,
    by: User | None,
    at: datetime.datetime,
    comment: Comment | None = None,
    every: str = Every.ONCE,
) -> Commitment:
    """Create a commitment from a sentence of a published version: of `comment`, or else of the narrative or the reply.

    The quote must occur there word for word, and is stored as it is spelled there. Raises Refusal if it does not occur,
    is tracked already, or has no keeper or check date.
    """
    with verb("mark_commitment", by=by, at=at) as act:
        if lock_row(version.response).state == ResponseState.WITHDRAWN:
            raise Refusal("This response is withdrawn, and stays as it is.")
        texts = [comment.text] if comment else quotable(text_of_version(version))
        quote = _published_quote(quote, texts)
        _check_new(version, quote, keeper, check_on, every)
        terms = {"keeper": keeper.strip(), "check_on": check_on, "every": every, "next_on": check_on}
        made = Commitment(of=version, comment=comment, quote=quote, recorded_at=at, recorded_by=by, **terms)
        link_accounts([made], *KEEPER)
        act.subject = act.save(made)
    return act.subject


def _published_quote(quote: str, texts: list[str]) -> str:
    """Return the quote as spelled in the first of these texts that contains it. Raises Refusal if none does."""
    for text in texts:
        if place := place_of(quote, text):
            return text[slice(*place)]
    raise Refusal("These words are not there. Copy the sentence word for word.", "quote", code="not-in-text")


def _check_new(version: ResponseVersion, quote: str, keeper: str, check_on: datetime.date, every: str) -> None:
    followed = Commitment.objects.filter(of__response=version.response).values_list("quote", flat=True)
    if any(same_words(quote, other) for other in followed):
        raise Refusal("This sentence is followed as a commitment already.", "quote", code="marked-already")
    if check_on < version.published_on:
        published = say(version.published_on)
        raise Refusal(
            f"{say(check_on)} is before the response was published, {published}.", "check_on", code="before-publication"
        )
    check_terms(keeper, every)
