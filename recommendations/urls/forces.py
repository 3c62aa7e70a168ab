"""Addresses of forces."""

from django.urls import path

from recommendations.sections import Section, addresses_of
from recommendations.views.action_plans.versions import ACTION_PLAN, publish
from recommendations.views.force_pages.releases import FORCE_PAGE, release_page, remove_address
from recommendations.views.forces import forces
from recommendations.views.site import releases

PAGE, PLAN = {"kind": FORCE_PAGE}, {"kind": ACTION_PLAN}

PUBLIC_PAGE = [
    path("forces/<slug:slug>/public-page/", releases.release_list, PAGE, name="force_page"),
    path("forces/<slug:slug>/public-page/prepare/", releases.prepare, PAGE, name="prepare_force_page"),
    path("forces/<slug:slug>/public-page/delete-address/", remove_address, name="remove_page_address"),
    path("forces/releases/<int:pk>/", releases.release, PAGE, name="force_release"),
    path("forces/releases/<int:pk>/release/", release_page, name="release_force_page"),
    path("forces/releases/<int:pk>/return/", releases.return_release, PAGE, name="return_force_page"),
    path("forces/releases/<int:pk>/withdraw/", releases.withdraw_release, PAGE, name="withdraw_force_page"),
]

PLANS = [
    path("forces/<slug:slug>/action-plan/", releases.release_list, PLAN, name="action_plan"),
    path("forces/<slug:slug>/action-plan/prepare/", releases.prepare, PLAN, name="prepare_action_plan"),
    path("forces/action-plans/<int:pk>/", releases.release, PLAN, name="action_plan_version"),
    path("forces/action-plans/<int:pk>/publish/", publish, name="publish_action_plan"),
    path("forces/action-plans/<int:pk>/return/", releases.return_release, PLAN, name="return_action_plan"),
    path("forces/action-plans/<int:pk>/withdraw/", releases.withdraw_release, PLAN, name="withdraw_action_plan"),
]

urlpatterns = [
    path("forces/<slug:slug>/", forces.force, name="force"),
    path("forces/<slug:slug>/grades/add/", forces.record_grades, name="record_grades"),
    path("forces/<slug:slug>/grades/<int:pk>/withdraw/", forces.withdraw_grade, name="withdraw_grade"),
    path("forces/<slug:slug>/monitoring/add/", forces.record_monitoring_stage, name="record_monitoring_stage"),
    path(
        "forces/<slug:slug>/monitoring/<int:pk>/withdraw/",
        forces.withdraw_monitoring_stage,
        name="withdraw_monitoring_stage",
    ),
    *PLANS,
    *addresses_of(Section.FORCE_PAGE, patterns=PUBLIC_PAGE),
]
