"""A force and a body that follow Westmarch Police and the commissioner, and a verb in which duties go over."""

import datetime

from recommendations.domain.people import records
from recommendations.domain.succession.carrying_over import carry_over_body, succeed
from recommendations.enums import BodyKind
from recommendations.models import Force, Oversight, PolicingBody
from recommendations.trail import verb
from tests.conftest import AT, TODAY

A_DAY = datetime.timedelta(days=1)
ORDER = "The order of 2026."


def make_marches(body, since=TODAY) -> Force:
    facts = {"name": "Marches Police", "short_name": "Marches", "slug": "marches-police", "reference_prefix": "MA"}
    force = records.keep(record=Force(**facts, since=since), by=None, at=AT)
    records.keep(record=Oversight(body=body, force=force, since=since), by=None, at=AT)
    return force


def end(force, successor, *, by=None, at=AT, on=TODAY, **facts):
    return succeed(force=force, successor=successor, effective_on=on, reason=ORDER, by=by, at=at, **facts)


def make_mayor() -> PolicingBody:
    facts = {"name": "Mayor of the Marches", "slug": "mayor", "kind": BodyKind.MAYOR, "office_name": "Mayor’s office"}
    return records.keep(record=PolicingBody(**facts), by=None, at=AT)


def follow(body, mayor, *forces, day=TODAY, at=AT) -> None:
    """The mayor oversees these forces from a day on, and takes over what is open with the body."""
    with verb("carry_out", by=None, at=at, reason=ORDER) as act:
        for term in Oversight.objects.filter(body=body, force__in=forces, until=None):
            term.until = day - A_DAY
            act.save(term)
        for force in forces:
            act.save(Oversight(body=mayor, force=force, since=day))
        carry_over_body(act, body=body, successor=mayor, forces=forces, day=day)
