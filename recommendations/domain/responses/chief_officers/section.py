"""The chief officers' part of a response: what each submitted, or that they were invited and did not comment."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from recommendations.domain.responses.text import ChiefOfficer
from recommendations.models import (
    ChiefOfficerComments,
    Force,
    InspectionForce,
    Invitation,
    Oversight,
    Response,
    ResponseVersion,
)
from recommendations.periods import say


@dataclass(frozen=True)
class ChiefOfficerVoice:
    """One force's chief officer, with the comments in force and the invitation, or None for either."""

    force: Force
    comments: ChiefOfficerComments | None
    invitation: Invitation | None

    def is_settled(self, on: datetime.date | None) -> bool:
        """Whether there are comments, or the invitation was sent and its due day passed without any."""
        if self.comments:
            return True
        return bool(on and self.invitation and self.invitation.sent_on and self.invitation.due_on < on)

    @property
    def words(self) -> ChiefOfficer:
        """Return the comments as the response prints them."""
        if self.comments is None:
            return ChiefOfficer(force=self.force.name, why=self._why)
        said = self.comments
        return ChiefOfficer(
            force=self.force.name,
            text=said.text,
            signed_by=said.signed_by,
            signed_as=said.signed_as,
            dated_on=said.dated_on,
        )

    @property
    def _why(self) -> str:
        if self.invitation is None or self.invitation.sent_on is None:
            return ""
        sent, due = say(self.invitation.sent_on), say(self.invitation.due_on)
        title = self.force.chief_officer_title.lower()
        return f"The {title} was invited on {sent} to comment by {due}. No comments were received."


def voices_of(response: Response, inspections: list, forces: list[Force] | None = None) -> list[ChiefOfficerVoice]:
    """Return the chief officers asked to comment: one for each force that the reports cover and the body oversees.

    Pass `forces` if they have been read already.
    """
    comments = {each.force_id: each for each in response.chief_officers.standing()}
    invitations = {each.force_id: each for each in response.invitations.select_related("force", "mail", "mailed_to")}
    voices = [
        ChiefOfficerVoice(force, comments.get(force.pk), invitations.get(force.pk))
        for force in (forces_of(response.body_id, inspections) if forces is None else forces)
    ]
    return voices_of_today(voices, response.versions.exists)


def voices_of_today(voices: list[ChiefOfficerVoice], is_published: Callable[[], bool]) -> list[ChiefOfficerVoice]:
    """Leave out forces that ended and said nothing, where their successor is asked; or the successor, where it need not
    be asked because each of them said something. Those of a published response stay as they were.
    """
    asked = {voice.force.pk: voice for voice in voices}
    ended = defaultdict(list)
    for voice in voices:
        succession = getattr(voice.force, "succession", None)
        if succession and succession.successor_id in asked:
            ended[succession.successor_id].append(voice)
    if not ended or is_published():
        return voices
    silent = {voice.force.pk for of_one in ended.values() for voice in of_one if voice.comments is None}
    spared = {
        pk
        for pk, of_one in ended.items()
        if all(voice.comments for voice in of_one) and not (asked[pk].comments or asked[pk].invitation)
    }
    return [voice for voice in voices if voice.force.pk not in silent | spared]


def spoke_elsewhere(response: Response) -> ResponseVersion | None:
    """Return the latest imported version, which holds the chief officers' comments published with it, or None."""
    return response.versions.filter(submission__isnull=True).first()


def force_names(forces: Iterable[Force]) -> str:
    """Return the names of all the forces whose comments an imported document holds."""
    return " and ".join(force.name for force in forces)


def forces_of(body: int, inspections: list) -> list[Force]:
    """Return the forces that these reports cover, by name: those the body oversees, or all if it oversees none."""
    pairs = InspectionForce.objects.filter(inspection__in=inspections)
    covered = list(Force.objects.filter(pk__in=pairs.values("force")).select_related("succession").order_by("name"))
    overseen = set(Oversight.objects.filter(body=body, force__in=covered).values_list("force", flat=True))
    return [force for force in covered if force.pk in overseen or not overseen]
