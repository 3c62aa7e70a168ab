"""Marking a sentence of a published response as a commitment: existing ones, suggestions, and the form."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate

from recommendations.domain.commitments.detection import Suggestion, suggestions
from recommendations.domain.commitments.queries import CommitmentRow, with_latest
from recommendations.domain.responses.published_text import plain_narrative, text_of_version
from recommendations.domain.text.quotations import occurs_in, same_words, sentences, without_marks
from recommendations.enums import Every
from recommendations.forms.commitments.commitments import MarkForm
from recommendations.models import Comment, Commitment, Response, ResponseVersion, User
from recommendations.models.inspections.inspections import shorten
from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.views.site.requests import AuthenticatedRequest

PARAGRAPHS = "\n\n"
LONGEST = 110


@dataclass(frozen=True)
class LikelyCommitment:
    """A sentence that reads like a commitment, and the address at which to mark it."""

    words: str
    url: str


@dataclass(frozen=True)
class CommentCommitments:
    """What is shown below a comment: its commitments and, for users who may mark them, suggested sentences.
    `mark_url` is for any other sentence of the comment; "" for users who may not.
    """

    rows: tuple[CommitmentRow, ...] = ()
    suggested: tuple[LikelyCommitment, ...] = ()
    mark_url: str = ""


def text_of(version: ResponseVersion, comment: Comment | None) -> str:
    """The text of a comment; without one, of the narrative and the reply."""
    if comment:
        return comment.text
    text = text_of_version(version)
    return PARAGRAPHS.join(filter(None, [*plain_narrative(text)[0], text.reply]))


def commitments_of_response(response: Response, user: User) -> list[Commitment]:
    """The commitments of a response, whichever version they were marked in."""
    found = Commitment.objects.visible_to(user).filter(of__response=response)
    return list(with_latest(found).order_by("pk"))


def commitments_by_comment(
    version: ResponseVersion, comments: list[Comment], user: User
) -> dict[int | None, CommentCommitments]:
    """What is shown below each comment of a version, by the comment's id; None is the narrative and the reply.
    A commitment of an earlier version goes where this version has the same sentence, otherwise to the narrative.
    """
    followed, today = commitments_of_response(version.response, user), localdate()
    texts = {comment.pk: comment.text for comment in comments}
    places = {each.pk: _place(each, texts) for each in followed}
    found = {}
    for comment in [*comments, None]:
        pk = comment.pk if comment else None
        rows = tuple(CommitmentRow(each, today) for each in followed if places[each.pk] == pk)
        found[pk] = _comment_commitments(version, comment, rows, followed, user)
    return found


def _place(each: Commitment, texts: dict[int, str]) -> int | None:
    if each.comment_id is None or each.comment_id in texts:
        return each.comment_id
    return next((pk for pk, text in texts.items() if occurs_in(each.quote, text)), None)


def _comment_commitments(
    version: ResponseVersion,
    comment: Comment | None,
    rows: tuple[CommitmentRow, ...],
    followed: list[Commitment],
    user: User,
) -> CommentCommitments:
    if not user.has_perm(May.CHECK_COMMITMENTS) or not Section.COMMITMENTS.is_on:
        return CommentCommitments(rows)
    found = (
        LikelyCommitment(_short(each.quote), mark_url(version, comment, each))
        for each in _new(version, comment, followed)
    )
    return CommentCommitments(rows, tuple(found), mark_url(version, comment))


def _new(version: ResponseVersion, comment: Comment | None, followed: list[Commitment]) -> list[Suggestion]:
    """The sentences that read like a commitment and are not followed yet."""
    found = suggestions(text_of(version, comment), version.published_on)
    return [each for each in found if not any(occurs_in(other.quote, each.quote) for other in followed)]


def _short(quote: str) -> str:
    return shorten(without_marks(quote), LONGEST)


def mark_url(version: ResponseVersion, comment: Comment | None, suggested: Suggestion | None = None) -> str:
    """The address at which to mark this sentence, or any of the comment."""
    asked = ({"comment": comment.pk} if comment else {}) | ({"start": suggested.start} if suggested else {})
    address = reverse("mark_commitment", args=[version.response_id])
    return f"{address}?{urlencode(asked)}" if asked else address


# The page for marking


def version_and_comment(request: AuthenticatedRequest, pk: int) -> tuple[ResponseVersion, Comment | None]:
    """The newest version of a response, and the comment in the query string; None stands for the rest of the text."""
    response = get_object_or_404(Response.objects.visible_to(request.user), pk=pk)
    version = response.versions.select_related("response__body", "reads").first()
    if version is None:
        raise Http404
    asked = request.GET.get("comment", "")
    if not asked:
        return version, None
    return version, get_object_or_404(version.comments, pk=int(asked) if asked.isdecimal() else 0)


def filled_form(request: AuthenticatedRequest, version: ResponseVersion, comment: Comment | None) -> MarkForm:
    """The form for the sentence in the query string, with the check dates read from its words."""
    start = request.GET.get("start", "")
    text = text_of(version, comment)
    quote = next((each.text for each in sentences(text) if str(each.start) == start), "")
    known = next((each.rhythm for each in suggestions(text, version.published_on) if each.quote == quote), None)
    initial = {"quote": quote, "keeper": request.user.name, "every": known.every if known else Every.ONCE}
    return MarkForm(version=version, comment=comment, initial=initial | {"check_on": known.check_on if known else None})


def show(
    request: AuthenticatedRequest, version: ResponseVersion, comment: Comment | None, form: MarkForm
) -> HttpResponse:
    """Render the page: the text on the left, the form beside it."""
    followed = commitments_of_response(version.response, request.user)
    quote = form["quote"].value() or ""
    others = [each for each in _new(version, comment, followed) if not same_words(each.quote, quote)]
    context = {
        "form": form,
        "response": version.response,
        "paragraphs": text_of(version, comment).split(PARAGRAPHS),
        "is_comment": comment is not None,
        "others": [LikelyCommitment(_short(each.quote), mark_url(version, comment, each)) for each in others],
        "rows": [
            CommitmentRow(each, localdate())
            for each in followed
            if each.comment_id == (comment.pk if comment else None)
        ],
    }
    return render(request, "commitments/mark.html", context, status=422 if form.is_bound else 200)
