"""The office's page on a response's chief officers' comments: the state of each, and the next step."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from recommendations.domain.responses.chief_officers.invitations import Move, moves_of, waits_to_go
from recommendations.domain.responses.chief_officers.notifications import status_of
from recommendations.domain.responses.chief_officers.section import ChiefOfficerVoice
from recommendations.domain.responses.states import IN_HAND, WRITTEN
from recommendations.enums import ResponseState
from recommendations.models import ChiefOfficerComments, Force, Invitation
from recommendations.periods import london_day, say, say_days
from recommendations.views.responses.status import Life

# Actions: the name of the URL, and the label of its link.
INVITE, SENT, MOVE, RECORD = "invite_to_comment", "record_invitation_sent", "move_invitation_day", "record_comments"
WITHDRAW = "withdraw_comments"
WORDS = {
    INVITE: "Invite to comment",
    SENT: "Record that it was sent",
    MOVE: "Move the day",
    RECORD: "Record comments",
    WITHDRAW: "Withdraw these comments",
}
AFTER_SUBMISSION = (
    "The text that was submitted holds what the chief officers had said by then. If you change that here, the text has "
    "to be taken back and submitted again."
)


@dataclass(frozen=True)
class ChiefOfficerSection:
    """One force's chief officer. `words` says the state, `second` what it is based on; `open` lists the possible
    actions."""

    voice: ChiefOfficerVoice
    title: str
    state: str
    words: str
    second: str
    open: tuple[str, ...]
    links: list[tuple[str, str]]
    moves: list[Move]
    withdrawn: list[ChiefOfficerComments]
    is_done: bool = False
    is_late: bool = False

    @property
    def force(self) -> Force:
        return self.voice.force


class ChiefOfficersPage(Life):
    """The page: a section for each force whose chief officer is asked to comment."""

    @property
    def url(self) -> str:
        return reverse("response_comments", args=[self.response.pk])

    def url_of(self, force: Force) -> str:
        return f"{self.url}#{force.slug}"

    @property
    def was_published_elsewhere(self) -> bool:
        """Whether no one was asked here: it was imported as published elsewhere, and no correction is being drafted."""
        elsewhere = self.version is not None and self.version.submission_id is None
        return elsewhere and self.response.state not in WRITTEN

    @property
    def notice(self) -> str:
        """The warning that a change here affects a submitted text, or ""."""
        return AFTER_SUBMISSION if self.response.state in IN_HAND else ""

    @cached_property
    def sections(self) -> list[ChiefOfficerSection]:
        moves = moves_of(self.response)
        return [
            self._section(voice, moves.get(voice.invitation.pk, []) if voice.invitation else [])
            for voice in self.voices
        ]

    def section(self, slug: str) -> ChiefOfficerSection | None:
        return next((each for each in self.sections if each.force.slug == slug), None)

    @cached_property
    def _recorded_comments(self) -> list[ChiefOfficerComments]:
        """All comments ever recorded, including withdrawn ones, with who recorded and withdrew them."""
        return list(self.response.chief_officers.select_related("recorded_by", "withdrawn_by"))

    def _section(self, voice: ChiefOfficerVoice, moves: list[Move]) -> ChiefOfficerSection:
        if voice.comments:
            voice = ChiefOfficerVoice(
                voice.force, next(each for each in self._recorded_comments if each == voice.comments), voice.invitation
            )
        words, second = words_of(voice, self.today)
        can_be_done = self._open(voice)
        return ChiefOfficerSection(
            voice=voice,
            title=f"{voice.force.chief_officer_title} of {voice.force}",
            state=state_of(voice, self.today),
            words=words,
            second=second,
            open=can_be_done,
            links=[(self._address(name, voice), WORDS[name]) for name in can_be_done],
            moves=moves,
            withdrawn=[
                each for each in self._recorded_comments if each.force_id == voice.force.pk and each.withdrawn_at
            ],
            is_done=voice.is_settled(self.today),
            is_late=is_silent(voice, self.today),
        )

    def _open(self, voice: ChiefOfficerVoice) -> tuple[str, ...]:
        """What can be done now, the most likely action first."""
        state, sent = self.response.state, voice.invitation and voice.invitation.sent_on
        if state not in WRITTEN:
            return ()
        if voice.comments:
            return (WITHDRAW,)
        if state != ResponseState.DRAFTING:
            return (RECORD,)
        if voice.invitation is None:
            return (INVITE, RECORD)
        return (RECORD, MOVE) if sent and not waits_to_go(voice.invitation) else (SENT, MOVE, RECORD)

    def _address(self, name: str, voice: ChiefOfficerVoice) -> str:
        if name == WITHDRAW:
            assert voice.comments
            return reverse(name, args=[self.response.pk, voice.comments.pk])
        return reverse(name, args=[self.response.pk, voice.force.slug])


def is_silent(voice: ChiefOfficerVoice, today: datetime.date) -> bool:
    """Whether the day by which comments were requested has passed without any."""
    return voice.comments is None and voice.is_settled(today)


def state_of(voice: ChiefOfficerVoice, today: datetime.date) -> str:
    """The state in two or three words."""
    if voice.comments:
        return "Comments are here"
    if voice.invitation is None:
        return "Not invited"
    if voice.invitation.sent_on is None:
        return "Not sent"
    return "Nothing came" if is_silent(voice, today) else "Waiting"


def words_of(voice: ChiefOfficerVoice, today: datetime.date) -> tuple[str, str]:
    """The state, and what it is based on: two lines of text."""
    asked, said = voice.invitation, voice.comments
    if said:
        return _comments_words(said, asked)
    if asked is None:
        return "Not invited yet.", "The law asks the office to invite comments before it publishes its response."
    if asked.sent_on is None:
        by = f"Comments are asked for by {say(asked.due_on)}."
        return "Letter prepared, not sent.", f"{by} No one is invited until you record that it was sent."
    words = f"Invited on {say(asked.sent_on)} to comment by {say(asked.due_on)}. {_waiting(asked.due_on, today)}"
    mail = status_of(asked)
    if mail:
        return words, f"To {asked.sent_to}: {mail.words.rstrip('.')}."
    return words, f"Sent to {asked.sent_to}{f', {asked.sent_how}' if asked.sent_how else ''}."


def _waiting(due_on: datetime.date, today: datetime.date) -> str:
    if due_on < today:
        return f"Nothing received, {say_days((today - due_on).days)} after that day. The response says so."
    left = (due_on - today).days
    return (
        f"Nothing received yet, {say_days(left)} left." if left else "Nothing received yet, and today is the last day."
    )


def _comments_words(comments: ChiefOfficerComments, invitation: Invitation | None) -> tuple[str, str]:
    came = london_day(comments.recorded_at)
    words = (
        f"Came on {say(came)}, signed by {comments.signed_by}, {comments.signed_as}, dated {say(comments.dated_on)}."
    )
    who = comments.recorded_by.name if comments.recorded_by else "the command line"
    verb = "Submitted" if comments.recorded_by and comments.recorded_by.force_id else "Recorded"
    late = ""
    if invitation and invitation.sent_on and came > invitation.due_on:
        late = f" They were asked for by {say(invitation.due_on)}."
    return words, f"{verb} by {who}.{late}"
