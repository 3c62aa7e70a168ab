"""Many at once: neither a tick nor a number in a form leads to the other force, or to what a role may not do."""

import pytest
from django.urls import reverse

from recommendations import permissions
from recommendations.domain.register.bulk import verbs as bulk
from recommendations.models import Standing, TrackedRecommendation, TrailEntry
from tests.conftest import AT
from tests.security.marks import canaries, said

MANY = reverse("change_many")
TYPED = {
    "target": {"target_on": "1/6/2027", "reason": "Delay."},
    "closure": {"outcome": "implemented", "reason": "Done."},
}


def everything(world) -> list[TrackedRecommendation]:
    return list(TrackedRecommendation.objects.order_by("pk"))


def sent(world, act: str) -> list[dict]:
    """Each step, with every id that there is in each of its lists; of one's own, one that can be changed."""
    rows = everything(world)
    shown = [row for row in rows if row.pk == world.open_a.pk or row.force_id == world.force_b.pk]
    ids, versions = " ".join(str(row.pk) for row in rows), " ".join(f"{row.pk}.{row.version}" for row in shown)
    lists = {"selected": ids, "shown": versions}
    steps = [lists | TYPED[act] | {"step": step} for step in ("", "fill", "show", "change")]
    return [{"act": act} | each for each in ({"pick": [row.pk for row in rows]}, {"all": "on"}, *steps)]


def test_no_list_of_ids_leads_to_the_other_force(world):
    client = world.clients["lead_a"]
    theirs = TrackedRecommendation.objects.filter(force=world.force_b).order_by("pk")
    stands = Standing.objects.filter(force=world.force_b).order_by("pk")
    before = list(theirs.values()), list(stands.values())
    found = set()
    for act in TYPED:
        for form in sent(world, act):
            for question in ("", "?show=all", "?q=xylophone&force=eastvale"):
                found |= canaries(said(client.post(f"{MANY}{question}", form, follow=True)))
    assert found == set()
    assert (list(theirs.values()), list(stands.values())) == before
    world.open_a.refresh_from_db()
    assert str(world.open_a.standing.target_on) == "2027-06-01"
    assert world.open_a.standing.closure_requested_on is not None


def test_the_other_forces_lead_is_shown_them(world):
    """Without this, the test above would also pass on empty pages."""
    client = world.clients["lead_b"]
    shown = set()
    for form in sent(world, "target")[:2]:
        shown |= canaries(said(client.post(f"{MANY}?show=all", form)))
    assert len(shown) >= 3


def test_what_a_role_may_not_do_to_one_it_may_not_do_to_many(world):
    before = list(TrackedRecommendation.objects.order_by("pk").values())
    ids = {"selected": str(world.open_a.pk), "shown": f"{world.open_a.pk}.{world.open_a.version}"}
    forms = [
        {"act": act, "opcc_lead": "Bo", "step": step} | ids
        for act in ("leads", "ask", "status", "assurance")
        for step in ("", "show", "change")
    ]
    statuses = {world.clients[who].post(MANY, form).status_code for who in ("lead_a", "member") for form in forms}
    assert statuses == {403}
    assert list(TrackedRecommendation.objects.order_by("pk").values()) == before


def test_undoing_what_was_done_to_many_takes_the_right_to_do_it(world):
    """No role has one right of the office's bulk changes and not another."""
    officer, client = world.people["officer"], world.clients["officer"]
    world.open_a.refresh_from_db()
    versions = {world.open_a.pk: world.open_a.version}
    bulk.give_leads_to_many(versions=versions, leads={"opcc_lead": "Bo"}, by=officer, at=AT)
    page = reverse("bulk_change", args=[TrailEntry.objects.order_by("sequence").last().pk])
    without = {role: held - {permissions.May.EDIT_TRACKED} for role, held in permissions.ROLE_MAY.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(permissions, "ROLE_MAY", without)
        assert (client.get(page).status_code, client.post(page, {"reason": "Wrong one."}).status_code) == (200, 403)
    world.open_a.refresh_from_db()
    assert world.open_a.opcc_lead == "Bo"
