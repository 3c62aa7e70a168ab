"""The database itself refuses what a plan, a grade or a stage can never be, whoever writes past the verbs."""

from recommendations.models import MonitoringStage, PeelCycle, PeelGrade, PlanAnnouncement, PlannedInspection
from tests.conftest import AT, TODAY, make_inspection
from tests.domain.constraints import written
from tests.makers.inspections import SAID, SINCE, grade, link, make_cycle, make_plan, stage
from tests.per_module import per_module

DATED = (PlanAnnouncement, PeelGrade, MonitoringStage)
# Constraint → the model, and what its rows are changed to.
REFUSED = {
    "plan_has_a_title": (PlannedInspection, {"title": ""}),
    "plan_kind_known": (PlannedInspection, {"kind": "lunch"}),
    "plannedinspection_came_from_on_a_day": (PlannedInspection, {"came_on": TODAY}),
    "plannedinspection_withdrawn_says_why": (PlannedInspection, {"withdrawn_at": AT}),
    "planannouncement_state_known": (PlanAnnouncement, {"state": "maybe", "inspection": None}),
    "planannouncement_says_when_and_where": (PlanAnnouncement, {"source": ""}),
    "planannouncement_came_with_a_report": (PlanAnnouncement, {"state": "came", "inspection": None}),
    "planannouncement_days_in_order": (PlanAnnouncement, {"from_on": TODAY, "until_on": None}),
    "peelcycle_dates_in_order": (PeelCycle, {"since": TODAY, "until": SINCE}),
    "peelgrade_grade_known": (PeelGrade, {"grade": "fine"}),
    "peelgrade_says_what_and_where": (PeelGrade, {"area": ""}),
    "monitoringstage_stage_known": (MonitoringStage, {"stage": "watch"}),
    "monitoringstage_says_where": (MonitoringStage, {"source": ""}),
    **{f"{model._meta.model_name}_withdrawn_with_reason": (model, {"withdrawn_at": AT}) for model in DATED},
    **{
        f"{model._meta.model_name}_withdrawn_after_recorded": (
            model,
            {"withdrawn_at": AT.replace(year=2020), "withdrawn_why": "Wrong."},
        )
        for model in DATED
    },
}


@per_module
def office(westmarch, officer):
    """One of everything; of the announcements one that leads to its report."""
    plan = make_plan(westmarch)
    link(plan, make_inspection(westmarch, published_on=TODAY))
    grade(westmarch, make_cycle(), crime="good")
    stage(westmarch)
    return officer


def test_each_constraint_holds(office):
    told = {name: written(model, values) for name, (model, values) in REFUSED.items()}
    assert [name for name, said in told.items() if name not in said] == []


def test_who_withdrew_goes_with_when(office):
    names = [f"{model._meta.model_name}_withdrawn_by_at" for model in DATED]
    told = [written(model, {"withdrawn_by": office}) for model in DATED]
    assert [name for name, said in zip(names, told, strict=True) if name not in said] == []


def test_other_halves_of_two_rules(office):
    assert "planannouncement_came_with_a_report" in written(PlanAnnouncement, {"state": "ahead"})
    assert "planannouncement_days_in_order" in written(PlanAnnouncement, {"from_on": TODAY, "until_on": SAID})
    assert "planannouncement_days_in_order" in written(PlanAnnouncement, {"from_on": None})
    assert "peelgrade_says_what_and_where" in written(PeelGrade, {"source": ""})


def test_every_constraint_of_these_models_is_here(office):
    named = {each.name for model in (PlannedInspection, PeelCycle, *DATED) for each in model._meta.constraints} - {
        f"{model._meta.model_name}_withdrawn_by_at" for model in DATED
    }
    assert named == set(REFUSED)
