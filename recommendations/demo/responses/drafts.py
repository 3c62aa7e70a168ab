"""The responses written in the demonstration, read from drafts.toml: drafted in parts, sent back, published."""

import datetime
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from recommendations.documents.responses.response_pdf import render_response
from recommendations.documents.responses.response_text import plain_response
from recommendations.domain.responses import copies, publishing
from recommendations.domain.responses.chief_officers import comments, invitations
from recommendations.domain.responses.chief_officers.drafts import mark, save_draft
from recommendations.domain.responses.draft import approval_workflow, commitments
from recommendations.domain.responses.draft.completeness import stock_reason
from recommendations.domain.responses.draft.parts import labels_of_parts
from recommendations.domain.responses.publication import publish_response
from recommendations.enums import ActionKind
from recommendations.models import DraftPart, PolicingBody, Recipient, Response
from recommendations.periods import london_day

DRAFTS = Path(__file__).with_name("drafts.toml")


def happenings(office) -> Iterator[tuple[int, tuple, Callable, bool]]:
    """Yield each event: day counted from today, order in the day, function to call at a moment, whether alone.

    Publishing makes a document, so it runs alone, outside any transaction.
    """
    for place, read in enumerate(tomllib.loads(DRAFTS.read_text(encoding="utf-8"))["draft"]):
        yield read["begun"], (place, 0), partial(_begin, office, read), False
        for number, step in enumerate(read["step"], start=1):
            yield step["day"], (place, number), partial(_take, office, read, step), "publish" in step


def _begin(office, read: dict, at: datetime.datetime) -> None:
    if read.get("correction"):
        publishing.correct(response=_response(office, read), by=office.people["officer"], at=at)
        return
    inspections = [office.reports[read["report"]]]
    approval_workflow.start_response(
        inspections=inspections, body=PolicingBody.objects.get(), by=office.people["officer"], at=at
    )


def _response(office, read: dict) -> Response:
    return Response.objects.get(answers__inspection=office.reports[read["report"]])


def _take(office, read: dict, step: dict, at: datetime.datetime) -> None:
    response, by = _response(office, read), office.people[step.get("by", "officer")]
    about: dict[str, Any] = {"response": response, "at": at}
    if "submit" in step:
        approval_workflow.submit(by=by, **about)
    elif "send_back" in step:
        approval_workflow.send_back(remarks=step["send_back"], by=office.people["approver"], **about)
    elif "approve" in step:
        approval_workflow.approve(by=office.people["approver"], **about)
    elif "publish" in step:
        publish_response(response=response, render=render_response, plain=plain_response, by=by, at=at)
    elif "copies" in step:
        version = response.versions.first()
        assert version  # it is published
        for recipient in Recipient.objects.all():
            sent: dict[str, Any] = {"recipient": recipient, "sent_on": london_day(at), "sent_how": step["copies"]}
            copies.record_copy(version=version, by=by, at=office.moment(london_day(at)), **sent)
    elif "comments" in step:
        told_us = {"text": office.words(step["text"]), "signed_by": step["signed_by"], "signed_as": step["signed_as"]}
        force, dated_on = office.forces[step["comments"]], office.working_day(step["day"])
        comments.record_comments(force=force, dated_on=dated_on, by=by, **told_us, **about)
    elif "invite" in step:
        _invite(office, response, step, by, at)
    elif "draft_of_comments" in step:
        lead, invitation = office.people[step["force"]], response.invitations.get(force=office.forces[step["force"]])
        values = {name: office.words(step[name]) for name in ("signed_by", "signed_as")}
        values["text"] = office.words(step["draft_of_comments"])
        save_draft(invitation=invitation, values=values, shown=mark({}), by=lead, at=at)
    elif "mark" in step:
        terms = {"keeper": step["keeper"], "check_on": office.day(step["first"]), "every": step["every"]}
        commitments.mark_in_draft(part=_part(response, step["part"]), quote=step["mark"], by=by, at=at, **terms)
    else:
        part = _part(response, step["part"])
        approval_workflow.save_part(
            part=part, values=_values(office, response, part, step), version=part.version, by=by, **about
        )


def _invite(office, response: Response, step: dict, by, at: datetime.datetime) -> None:
    """Invite a force to comment, and record that the letter was sent on the same day."""
    about: dict[str, Any] = {"force": office.forces[step["invite"]], "due_on": office.day(step["due"])}
    made = invitations.invite(response=response, by=by, at=at, **about)
    sent = {"sent_on": london_day(at), "sent_to": step["sent_to"], "sent_how": step["sent_how"]}
    invitations.record_sent(invitation=made, by=by, at=at, **sent)


def _part(response: Response, name: str) -> DraftPart:
    """Return the part with this label: "narrative", "recommendation 2"."""
    parts = approval_workflow.parts_of(response)
    labels = labels_of_parts(parts)
    return next(part for part in parts if labels[part.key].casefold() == name)


def _values(office, response: Response, part: DraftPart, step: dict) -> dict:
    if "stock" in step:
        return {"action": ActionKind.NONE, "reason": stock_reason(part)}
    if "with" in step:
        return {"with_part": _part(response, step["with"])}
    return {name: office.words(step[name]) for name in ("text", "action", "reason") if name in step}
