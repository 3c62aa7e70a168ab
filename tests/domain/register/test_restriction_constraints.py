"""The database itself refuses what a transfer, a succession or a restriction can never be."""

from django.db import models, transaction

from recommendations.domain.register.restrictions import restrict
from recommendations.domain.succession.carrying_over import succeed
from recommendations.models import ForceSuccession, Restriction, TrackedRecommendation, Transfer
from tests.conftest import AT, TODAY
from tests.domain.constraints import written
from tests.per_module import per_module

DATED = (Transfer, Restriction)


@per_module
def one_of_each(tracked, westmarch, eastvale, officer):
    restrict(tracked=tracked, reason="x", by=officer, at=AT)
    succeed(force=westmarch, successor=eastvale, effective_on=TODAY, reason="x", by=officer, at=AT)
    return officer


def test_each_constraint_holds(one_of_each, westmarch, eastvale):
    wrong = {"withdrawn_at": AT.replace(year=2020), "withdrawn_why": "Wrong."}
    refused = {
        "transfer_to_another": (Transfer, {"to_force": westmarch}),
        "transfer_says_why": (Transfer, {"reason": ""}),
        "restriction_says_why": (Restriction, {"reason": ""}),
        "forcesuccession_of_another": (ForceSuccession, {"successor": westmarch}),
        "forcesuccession_says_why": (ForceSuccession, {"reason": ""}),
        **{f"{model._meta.model_name}_withdrawn_with_reason": (model, {"withdrawn_at": AT}) for model in DATED},
        **{f"{model._meta.model_name}_withdrawn_after_recorded": (model, wrong) for model in DATED},
        **{f"{model._meta.model_name}_withdrawn_by_at": (model, {"withdrawn_by": one_of_each}) for model in DATED},
    }
    told = {name: written(model, values) for name, (model, values) in refused.items()}
    assert [name for name, said in told.items() if name not in said] == []


def test_only_what_came_by_a_transfer_is_followed_twice(one_of_each, tracked, eastvale):
    came = TrackedRecommendation.objects.get(pk=tracked.pk)
    assert (came.force, came.came_on) == (eastvale, TODAY)
    came.pk, came.reference = None, "EV-0009"
    with transaction.atomic():
        models.QuerySet(TrackedRecommendation).bulk_create([came])
    assert "recommendation_id" in written(TrackedRecommendation, {"came_on": None})
