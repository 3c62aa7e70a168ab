"""Who follows: what a public page under a former name says of the body or force that has it now.

What was published stays at its address under the name of its day.
"""

import datetime
from dataclasses import dataclass

from recommendations.domain.forces.in_force import bodies_on, last_day_in_office, speaker_on
from recommendations.domain.public.released import PublicRelease
from recommendations.domain.text.sentences import with_article
from recommendations.models import Force, ForceRelease, FormerBodyDetails, FormerForceDetails, PolicingBody


@dataclass(frozen=True, kw_only=True)
class FormerName:
    """A name that held until a day, and what follows it: another name of the same (`is_renamed`), or a successor.

    `followed_by` is "" if nothing follows; `slug` is that of the successor's public page, or "".
    """

    name: str
    until: datetime.date
    followed_by: str = ""
    is_renamed: bool = False
    slug: str = ""

    @property
    def starts_sentence(self) -> str:
        """ "The Mayor"."""
        return self.followed_by[:1].upper() + self.followed_by[1:]


def former_name_of_body(body: int, name: str, today: datetime.date) -> FormerName | None:
    """What follows a body (by id) that published under a name; None if it has that name today. One query then.

    Of a body that ended, by its last name.
    """
    names = {body.pk: body.name for body in bodies_on(today)}
    if names.get(body) == name:
        return None
    if body in names and (renamed := FormerBodyDetails.objects.filter(body=body, name=name).last()):
        return _renamed(renamed, names[body])
    of_it = {"name": name} if body in names else {"pk": body}  # a response that is corrected has gone to the successor
    ended = PolicingBody.objects.filter(**of_it).exclude(pk__in=names).first()
    if ended is None or (last := last_day_in_office(ended, today)) is None:
        return None
    successor = speaker_on(ended, today)
    followed_by = "" if successor == ended else with_article(successor.name)
    return FormerName(name=ended.details_on(last).name, until=last, followed_by=followed_by)


def former_name_of_force(release: PublicRelease, today: datetime.date) -> FormerName | None:
    """What follows a force under the name of a release; None if it goes on with that name. No query then."""
    if release.ended_on and release.ended_on < today:
        return _ended_force(release, release.ended_on)
    if release.force == release.present_name:
        return None
    renamed = FormerForceDetails.objects.filter(force__slug=release.slug, name=release.force).last()
    return _renamed(renamed, release.present_name) if renamed else None  # None: a mistake was corrected


def _renamed(former: FormerBodyDetails | FormerForceDetails, name: str) -> FormerName:
    return FormerName(name=former.name, until=former.until, followed_by=name, is_renamed=True)


def _ended_force(release: PublicRelease, ended_on: datetime.date) -> FormerName:
    successor = Force.objects.filter(predecessors__force__slug=release.slug).first()
    if successor is None:
        return FormerName(name=release.force, until=ended_on)
    has_page = ForceRelease.objects.released().filter(force=successor).exists()
    slug = successor.slug if has_page else ""
    return FormerName(name=release.force, until=ended_on, followed_by=successor.name, slug=slug)
