"""Redactions: one person proposes words to be removed from the whole record, another confirms or declines.

A redaction can't be undone. Afterwards the words are stored nowhere: the trail has that, when, why and by whom.
"""

import datetime
from dataclasses import dataclass

from recommendations.domain.retention.places import TextPlaces, find
from recommendations.domain.retention.rewriting import Rewriting, may_rewrite
from recommendations.domain.retention.words import SoughtWords, is_enough
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.retention import RedactionState
from recommendations.models import RedactedFiling, Redaction, User
from recommendations.permissions import May
from recommendations.trail import VerbContext, digest, verb

LONGEST = 200
SPENT = "This redaction is decided already."
OTHER_WORDS = "Its words are not those that were proposed: they were changed in the database. Run verify_audit."


@dataclass(frozen=True)
class Proposal:
    """The words as typed, validated, with all their places."""

    words: SoughtWords
    places: TextPlaces

    @property
    def mark(self) -> str:
        """A digest of these places, which shows that whoever confirms has seen them."""
        return mark_of(self.places)


def mark_of(places: TextPlaces) -> str:
    """A digest that is the same for the same places."""
    rows = sorted(f"{each.model._meta.label} {each.pk} {each.column} {each.saves}" for each in places.places)
    return digest([rows, [each.pk for each in places.papers], [each.pk for each in places.versions]])


def look_for(text: str) -> Proposal:
    """Find every place of these words. Raises Refusal if they are too short, too long or nowhere. Reads all tables."""
    words = SoughtWords(" ".join(text.split()))
    if not is_enough(words.text):
        raise Refusal("Enter the exact words, with three letters or more.", "words")
    if len(words.text) > LONGEST:
        raise Refusal(f"This is too long: {LONGEST} characters at most. Enter the name alone.", "words")
    places = find(words)
    if not places:
        raise Refusal("No text has these words. Check the spelling; a name inside a longer word is not found.", "words")
    return Proposal(words, places)


def propose_redaction(*, words: str, reason: str, by: User, at: datetime.datetime) -> Redaction:
    """Propose to remove these words from every text. Nothing changes until someone else confirms.

    Raises Refusal for words found nowhere, a reason that is missing or contains them, or if they are proposed already.
    """
    _check_may(by, May.REDACT)
    found = look_for(words)
    reason = reason.strip()
    if not reason:
        raise Refusal("Say why these words do not belong in the record.", "reason")
    if found.words.are_in(reason):
        raise Refusal("The reason stays on record for good: write it without the words.", "reason")
    waiting = Redaction.objects.filter(state=RedactionState.PROPOSED)
    if any(each.words.casefold() == found.words.text.casefold() for each in waiting):
        raise Refusal("A redaction of these words waits already.", "words")
    with verb("propose_redaction", by=by, at=at, reason=reason) as act:
        act.subject = act.save(Redaction(words=found.words.text, reason=reason, proposed_at=at, proposed_by=by))
        return act.subject


def confirm_redaction(*, redaction: Redaction, seen: str, by: User, at: datetime.datetime) -> Redaction:
    """Remove the words from every table, history, draft and entry; list the papers and responses filed with them.

    `seen` is the mark of the places shown to this person. Raises NotAllowed for the proposer or without permission,
    Refusal if it is decided or the places changed meanwhile. If this connection may not change the trail, it is only
    confirmed, and the command `carry_out_redactions` carries it out.
    """
    _check_may(by, May.DECIDE_REDACTION)
    with verb("confirm_redaction", by=by, at=at, reason=redaction.reason, subject=redaction) as act:
        redaction = _waiting(redaction, by)
        places = _places_of(redaction)
        if mark_of(places) != seen:
            raise Refusal("The places changed since you looked. Look at them again, then confirm.")
        redaction.decided_at, redaction.decided_by, redaction.state = at, by, RedactionState.CONFIRMED
        if may_rewrite():
            _carry_out(act, redaction, places)
        return act.save(redaction)


def carry_out_redaction(*, redaction: Redaction, at: datetime.datetime, by: User | None = None) -> Redaction:
    """Carry out a confirmed redaction (if the application may not change the trail). Raises Refusal for any other."""
    with verb("carry_out_redaction", by=by, at=at, reason=redaction.reason, subject=redaction) as act:
        redaction = lock_row(redaction)
        if redaction.state != RedactionState.CONFIRMED:
            raise Refusal("This redaction is not confirmed, or is carried out.")
        _carry_out(act, redaction, _places_of(redaction))
        return act.save(redaction)


def decline_redaction(*, redaction: Redaction, reason: str, by: User, at: datetime.datetime) -> Redaction:
    """Decline a redaction: the record stays, and the proposed words are forgotten. Raises Refusal without a reason."""
    _check_may(by, May.DECIDE_REDACTION)
    with verb("decline_redaction", by=by, at=at, reason=reason.strip(), subject=redaction) as act:
        redaction = _waiting(redaction, by)
        if not act.reason:
            raise Refusal("Say why the words stay.", "reason")
        if SoughtWords(redaction.words).are_in(act.reason):
            raise Refusal("The reason stays on record for good: write it without the words.", "reason")
        redaction.decided_at, redaction.decided_by, redaction.state = at, by, RedactionState.DECLINED
        redaction.declined_why, redaction.words = act.reason, ""
        return act.save(redaction)


def _places_of(redaction: Redaction) -> TextPlaces:
    """Every place of the words as they were proposed. Raises Refusal if they were changed past the program."""
    if not redaction.is_as_sealed:
        raise Refusal(OTHER_WORDS)
    return find(SoughtWords(redaction.words))


def _carry_out(act: VerbContext, redaction: Redaction, places: TextPlaces) -> None:
    filed = [RedactedFiling(redaction=redaction, paper=each) for each in places.papers]
    filed += [RedactedFiling(redaction=redaction, version=each) for each in places.versions]
    act.add_all(filed)
    rewriting = Rewriting(act, SoughtWords(redaction.words))
    redaction.texts = rewriting.run()
    rewriting.out_of_drafts()
    redaction.state, redaction.done_at, redaction.words = RedactionState.DONE, act.at, ""


def _waiting(redaction: Redaction, by: User) -> Redaction:
    redaction = lock_row(redaction)
    if not redaction.waits:
        raise Refusal(SPENT)
    if redaction.proposed_by_id == by.pk:
        raise NotAllowed("Someone else decides a redaction that you proposed.")
    return redaction


def _check_may(by: User, permission: May) -> None:
    if not by.has_perm(permission):
        raise NotAllowed("You may not do this.")
