"""A force inspection lead whose force ends, at the next request."""

from recommendations.models import User
from tests.conftest import make_inspection, make_tracked
from tests.domain.succession.world import end, make_marches
from tests.per_module import per_module


@per_module
def marches(body):
    return make_marches(body)


def test_a_lead_who_leaves_reads_nothing(westmarch, marches, force_lead, other_force_lead, officer, sign_in):
    tracked = make_tracked(make_inspection(westmarch))
    client = sign_in(force_lead)
    assert client.get(tracked.get_absolute_url()).status_code == 200
    end(westmarch, marches, by=officer)
    assert client.get(tracked.get_absolute_url()).status_code == 302
    assert not User.objects.get(pk=force_lead.pk).is_active
    assert User.objects.get(pk=other_force_lead.pk).is_active


def test_the_sessions_of_a_lead_who_stays_end_too(westmarch, marches, force_lead, officer, sign_in):
    client = sign_in(force_lead)
    end(westmarch, marches, by=officer, leads_stay=True)
    assert client.get("/").status_code == 302
