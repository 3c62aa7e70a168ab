"""Publish an approved or imported text, correct it with a later version, or withdraw it. What was published is never
changed.
"""

import datetime
import hashlib

from recommendations.domain.commitments.commitments import KEEPER
from recommendations.domain.ownership.people import link_accounts
from recommendations.domain.responses.draft.approval_workflow import check_unchanged
from recommendations.domain.responses.draft.correction import refill
from recommendations.domain.responses.draft.parts import clear
from recommendations.domain.responses.draft.submitted_text import DraftText, submitted_text, with_its_day
from recommendations.domain.responses.public_address import take_address
from recommendations.domain.responses.published_text import keep_text, text_of_version
from recommendations.domain.responses.states import (
    BROUGHT_IN_BY_YOU,
    claim_response,
    follow,
    has_brought_in,
    submission_of,
)
from recommendations.domain.responses.text import ResponseText
from recommendations.domain.text.quotations import same_words
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.models import (
    Comment,
    CommentAnswer,
    Commitment,
    Explanation,
    IssuedFile,
    Response,
    ResponseSubmission,
    ResponseVersion,
    User,
)
from recommendations.periods import london_day
from recommendations.trail import VerbContext, verb

PDF, PLAIN = "application/pdf", "text/plain; charset=utf-8"


def publish(
    *,
    response: Response,
    text: ResponseText,
    pdf: bytes,
    plain: bytes,
    by: User | None,
    at: datetime.datetime,
    correction: str = "",
    version: int | None = None,
) -> ResponseVersion:
    """Publish the approved text: a version with its files, comments, explanations and commitments, in one transaction.

    `text` is `approved_text` for the current London day, and `pdf` and `plain` were made from it beforehand. What a
    correction corrects is part of the draft and was approved with it, so `correction` is optional. Raises Refusal if
    the response is not approved, was published meanwhile, or would now say something else.
    """
    with verb("publish_response", by=by, at=at, subject=response) as act:
        response = claim_response(response, "publish", by=by, version=version)
        submission = submission_of(response)
        check_unchanged(response, submission)
        approved = submitted_text(submission)
        _check_text(text, with_its_day(approved.text, response, london_day(at)), correction)
        if not response.slug:
            take_address(response, london_day(at))
        made = act.save(_version(act, response, text, submission, pdf, plain))
        _save_what_is_said(act, made, approved)
        keep_text(act, made, text)
        follow(act, response, "publish")
        clear(response)
    return made


def confirm(
    *,
    response: Response,
    text: ResponseText,
    pdf: bytes,
    plain: bytes,
    by: User | None,
    at: datetime.datetime,
    version: int | None = None,
) -> ResponseVersion:
    """Publish an imported response here, as another person than who imported it: it gets its address and its files.

    `pdf` and `plain` were made from `text`. Raises NotAllowed, or Refusal if it was confirmed or redacted meanwhile.
    """
    with verb("confirm_response", by=by, at=at, subject=response) as act:
        response = claim_response(response, "confirm_response", by=by, version=version)
        if by is not None and has_brought_in(response, by):
            raise NotAllowed(BROUGHT_IN_BY_YOU)
        made = lock_row(response.versions.get())
        if text != text_of_version(made):
            raise Refusal("The response changed while its files were made. Confirm it again.")
        take_address(response, made.published_on)
        made.pdf, made.text = _files(act, response, made.number, pdf, plain)
        act.save(made)
        follow(act, response, "confirm_response")
    return made


def approved_text(response: Response, day: datetime.date) -> ResponseText:
    """Return the text of an approved response as it would be published on this London day."""
    return with_its_day(submitted_text(submission_of(response)).text, response, day)


def _check_text(text: ResponseText, expected: ResponseText, correction: str) -> None:
    """Raise Refusal unless the files were made from the approved text, for the day of publication."""
    if correction.strip() and correction.strip() != expected.correction:
        raise Refusal(
            "What is corrected is a part of the draft: change it there, and submit it again.",
            "correction",
            code="part-of-draft",
        )
    if text != expected:
        raise Refusal("The response changed while its files were made. Publish it again.", code="changed-meanwhile")


def _version(
    act: VerbContext, response: Response, text: ResponseText, submission: ResponseSubmission, pdf: bytes, plain: bytes
) -> ResponseVersion:
    assert text.published_on is not None  # approved_text gives the day
    of_pdf, of_text = _files(act, response, text.number, pdf, plain)
    return ResponseVersion(
        response=response,
        number=text.number,
        body_name=text.body_name,
        published_on=text.published_on,
        recorded_at=act.at,
        recorded_by=act.by,
        correction=text.correction,
        submission=submission,
        pdf=of_pdf,
        text=of_text,
    )


def _files(
    act: VerbContext, response: Response, number: int, pdf: bytes, plain: bytes
) -> tuple[IssuedFile, IssuedFile]:
    """Save the PDF and the plain text of a version, named after its address."""
    name = f"{response.slug}-version-{number}"
    return _file(act, f"{name}.pdf", PDF, pdf), _file(act, f"{name}.txt", PLAIN, plain)


def _file(act: VerbContext, name: str, media_type: str, content: bytes) -> IssuedFile:
    digest = hashlib.sha256(content).hexdigest()
    return act.save(IssuedFile(name=name, media_type=media_type, sha256=digest, content=content, issued_at=act.at))


def _save_what_is_said(act: VerbContext, version: ResponseVersion, draft: DraftText) -> None:
    """Save the comments with what each answers, the explanations and the new commitments."""
    comments = _save_comments(act, version, draft)
    act.add_all(
        [
            Explanation(of=version, recommendation_id=pk, action=item.action, reason=item.reason)
            for pk, item in zip(draft.recommendations, draft.text.items, strict=True)
            if item.action
        ]
    )
    _save_commitments(act, version, draft, comments)


def _save_commitments(
    act: VerbContext, version: ResponseVersion, draft: DraftText, comments: dict[str, Comment]
) -> None:
    """Save the marked sentences that are not commitments yet."""
    earlier = Commitment.objects.filter(of__response=version.response) if version.number > 1 else ()
    known, new = [each.quote for each in earlier], []
    for each in draft.commitments:
        if any(same_words(each.quote, quote) for quote in known):
            continue
        known.append(each.quote)
        item = None if each.item is None else draft.text.items[each.item]
        new.append(
            Commitment(
                of=version,
                comment=comments.get(item.label) if item else None,
                quote=each.quote,
                keeper=each.keeper,
                check_on=each.check_on,
                every=each.every,
                next_on=each.check_on,
                recorded_at=act.at,
                recorded_by=act.by,
            )
        )
    link_accounts(new, *KEEPER)
    act.add_all(new)


def _save_comments(act: VerbContext, version: ResponseVersion, draft: DraftText) -> dict[str, Comment]:
    """Save a comment for each item that has one, with all the recommendations it answers. Item label → comment."""
    commented = [item for item in draft.text.items if item.comment]
    made = {
        item.label: Comment(version=version, position=place, text=item.comment)
        for place, item in enumerate(commented, start=1)
    }
    act.add_all(list(made.values()))
    act.add_all(
        [
            CommentAnswer(comment=made[item.with_label or item.label], recommendation_id=pk)
            for pk, item in zip(draft.recommendations, draft.text.items, strict=True)
            if (item.with_label or item.label) in made
        ]
    )
    return made


def correct(*, response: Response, by: User | None, at: datetime.datetime, version: int | None = None) -> Response:
    """Start a correction: a draft with the text of the last version, published here or imported.

    The published version stays public and unchanged until the correction is published, which says what it corrects.
    """
    with verb("correct_response", by=by, at=at, subject=response) as act:
        response = claim_response(response, "correct", by=by, version=version)
        follow(act, response, "correct")
        refill(response, response.versions.latest("number"), at)
    return response


def drop_correction(
    *, response: Response, by: User | None, at: datetime.datetime, reason: str = "", version: int | None = None
) -> Response:
    """Drop a correction that is being drafted. The published version is unchanged."""
    with verb("drop_correction", by=by, at=at, reason=reason.strip(), subject=response) as act:
        response = claim_response(response, "drop_correction", by=by, version=version)
        follow(act, response, "drop_correction")
        clear(response)
    return response


def withdraw_response(
    *, response: Response, reason: str, by: User | None, at: datetime.datetime, version: int | None = None
) -> Response:
    """Withdraw a response, with a reason. Everything stays on record; its page says that it is withdrawn and why.

    The reports that it answered need a response again. Raises Refusal if there is no reason.
    """
    with verb("withdraw_response", by=by, at=at, reason=reason.strip(), subject=response) as act:
        response = claim_response(response, "withdraw_response", by=by, version=version)
        if not reason.strip():
            raise Refusal("Say why it is withdrawn.", "reason")
        response.withdrawn_at, response.withdrawn_by, response.withdrawn_why = at, by, reason.strip()
        follow(act, response, "withdraw_response")
    return response
