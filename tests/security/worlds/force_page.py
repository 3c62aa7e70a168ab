"""The public page of the first force: a release that was withdrawn, one that stands, one that waits; and who gets
emails about it. Of the second force one waits."""

from recommendations.digests import sha256_of
from recommendations.domain.force_pages.compile import compile_page
from recommendations.domain.force_pages.data import PageChoices
from recommendations.enums.force_pages import ReleaseState
from recommendations.models import ForceFacts, ForceRelease, ForceSubscriber
from recommendations.periods import london_day
from recommendations.trail import verb
from tests.conftest import AT

TOKEN = "a" * 32


def build_force_pages(world) -> None:
    """`world.page_withdrawn_a`, `page_released_a`, `page_waiting_a` and `_b`, `subscriber_a`."""
    people = world.people
    decided = {"state": ReleaseState.RELEASED, "decided_at": AT, "decided_by": people["approver"]}
    gone = {"withdrawn_at": AT, "withdrawn_by": people["approver"], "withdrawn_why": "It named a person."}
    of_a = _facts(world.force_a, world.open_a)
    world.page_withdrawn_a = _keep(world, world.force_a, *of_a, number=1, **decided, **gone)
    world.page_released_a = _keep(world, world.force_a, *of_a, number=2, **decided)
    world.page_waiting_a = _keep(world, world.force_a, *of_a)
    world.page_waiting_b = _keep(world, world.force_b, *_facts(world.force_b, world.open_b))
    facts = {"force": world.force_a, "email": "reader@example.org", "token": TOKEN, "asked_at": AT}
    world.subscriber_a = ForceSubscriber.objects.create(confirmed_at=AT, **facts)


def _facts(force, shown) -> tuple[dict, dict]:
    choices = PageChoices(summary_link="https://example.org/summary", in_full=(shown.pk,))
    return choices.to_json(), compile_page(force=force, choices=choices, on=london_day(AT)).to_json()


def _keep(world, force, choices: dict, facts: dict, **decided) -> ForceRelease:
    """As the verbs do it, without compiling it once more."""
    by = world.people["officer"]
    with verb("prepare_force_page", by=by, at=AT) as act:
        made = ForceRelease(force=force, choices=choices, prepared_at=AT, prepared_by=by, **decided)
        act.subject = act.save(made)
        act.save(ForceFacts(of=made, facts=facts, sha256=sha256_of(facts)))
    return made
