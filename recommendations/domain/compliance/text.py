"""What a response is waiting for, and who has it, in words."""

from collections.abc import Iterable
from typing import Protocol

from recommendations.domain.compliance.queries import DECIDED, Facts, ResponseFacts
from recommendations.domain.responses.chief_officers.section import ChiefOfficerVoice
from recommendations.enums import Decision, ResponseStage
from recommendations.models import Inspection, ResponseSubmission
from recommendations.periods import say

OFFICE = "The office"
IN_PUBLIC = (ResponseStage.PUBLISHED, ResponseStage.COPIES_SENT)
BEFORE_DRAFT = (ResponseStage.WAITING, ResponseStage.INVITED, ResponseStage.COMMENTS_IN)


class About(Protocol):
    """The input for a row's words (see domain/compliance/status.py)."""

    @property
    def inspection(self) -> Inspection: ...
    @property
    def said(self) -> ResponseFacts | None: ...
    @property
    def stage(self) -> ResponseStage: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def voices(self) -> list[ChiefOfficerVoice]: ...
    @property
    def asked(self) -> int: ...


def words_of(about: About) -> str:
    """Return what it is waiting for: "an answer to 3 of 8 recommendations", or "" if nothing is missing."""
    return "; ".join(_waits_for(about))


def _waits_for(about: About) -> Iterable[str]:
    if about.stage == ResponseStage.NOT_NEEDED:
        return ()
    said = about.said
    if said is None or about.stage == ResponseStage.WITHDRAWN:
        return ("a response to be started",) if said is None else ("another response",)
    if about.stage in IN_PUBLIC:
        return _steps_after_publication(about, said)
    if about.stage == ResponseStage.SUBMITTED:
        return ("approval",)
    return ("publication",) if about.stage == ResponseStage.APPROVED else _draft(about, said)


def _steps_after_publication(about: About, response_facts: ResponseFacts) -> Iterable[str]:
    """Yield a correction and missing copies. Copies of versions published elsewhere are not the office's to send."""
    latest = response_facts.versions[-1]
    if response_facts.parts:
        yield _correction(about, response_facts)
    if latest.submission_id is None:
        return
    sent = {copy.recipient_id for copy in response_facts.copies if copy.of_id == latest.pk}
    names = [each.name for each in about.facts.recipients if each.pk not in sent]
    if names:
        yield f"copies to {_join_names(names)}"
    elif not sent:
        yield "copies, and no recipients are set"


def _correction(about: About, response_facts: ResponseFacts) -> str:
    if response_facts.is_undecided(about.facts.on):
        return "approval of its correction"
    decided = response_facts.submission.decision if response_facts.submission else ""
    later = response_facts.submission and response_facts.submission.pk != response_facts.versions[-1].submission_id
    return "publication of its correction" if later and decided in DECIDED else "its correction, which is being written"


def _draft(about: About, response_facts: ResponseFacts) -> Iterable[str]:
    """Yield what the law requires and is missing: chief officers' comments, an answer to each recommendation."""
    yield from (_invitation(voice) for voice in _unsettled_voices(about))
    left = about.asked - response_facts.answered
    if not response_facts.written:
        yield "a draft"
    elif left > 0:
        yield f"an answer to {left} of {about.asked} recommendations" if about.asked > 1 else "an answer"
    else:
        yield "to be submitted"


def _unsettled_voices(about: About) -> list[ChiefOfficerVoice]:
    return [voice for voice in about.voices if not voice.is_settled(about.facts.on)]


def _invitation(voice: ChiefOfficerVoice) -> str:
    officer = f"the {voice.force.chief_officer_title.lower()} of {voice.force.short_name}"
    if voice.invitation is None:
        return f"{officer} to be invited"
    return f"comments of {officer} by {say(voice.invitation.due_on)}"


def who_has_it(about: About) -> tuple[str, ...]:
    """Return the names of the people or office who must act next; empty if it is waiting for nothing."""
    said, stage = about.said, about.stage
    if not words_of(about):
        return ()
    if said is None:
        return _office(about)
    submission = said.submission
    corrects = stage in IN_PUBLIC and bool(said.parts) and said.is_undecided(about.facts.on)
    if submission and (corrects or stage == ResponseStage.SUBMITTED):
        return _approvers(about, said, submission)
    if stage == ResponseStage.APPROVED and submission:
        return (submission.submitted_by.name,) if submission.submitted_by else _office(about)
    if stage == ResponseStage.DRAFTING or (stage in IN_PUBLIC and said.parts):
        return _writer(said) or _office(about)
    invited = [voice for voice in _unsettled_voices(about) if voice.invitation] if stage in BEFORE_DRAFT else []
    return tuple(name for voice in invited for name in _force_people(about, voice)) or _office(about)


def _writer(response_facts: ResponseFacts) -> tuple[str, ...]:
    """Return the name of the person who last saved a part."""
    names = [part.saved_by.name for part in response_facts.written if part.saved_by]
    return (names[-1],) if names else ()


def _force_people(about: About, voice: ChiefOfficerVoice) -> tuple[str, ...]:
    """Return the force's inspection leads, who submit the comments, or else its chief officer."""
    names = tuple(f"{person.name} ({voice.force.short_name})" for person in about.facts.leads.get(voice.force.pk, ()))
    return names or (f"{voice.force.chief_officer_title} of {voice.force.short_name}",)


def _approvers(about: About, response_facts: ResponseFacts, submitted: ResponseSubmission) -> tuple[str, ...]:
    """Return those who can approve: who neither submitted the text nor wrote the current version of a part."""
    wrote = response_facts.authors | ({submitted.submitted_by_id} if submitted.decision == Decision.WAITING else set())
    return tuple(person.name for person in about.facts.approvers if person.pk not in wrote) or (
        "no one is left who may approve it",
    )


def _office(about: About) -> tuple[str, ...]:
    """The office that answers, by its name on the day: of the response’s body, or of one that oversaw a force then."""
    facts, body = about.facts, about.said.response.body if about.said is not None else None
    overseen = facts.overseen.get(body.pk, set()) if body else set()
    names = [facts.offices.get(pk) for pk in (*overseen, *(cover.force_id for cover in about.inspection.covers.all()))]
    return (next(filter(None, names), body.office_name if body else OFFICE),)


def _join_names(names: list[str]) -> str:
    """ "HMICFRS and the Home Secretary"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
