"""Addresses of forces."""

from django.urls import path

from recommendations.sections import Section, addresses_of
from recommendations.views.action_plans import versions
from recommendations.views.force_pages import releases
from recommendations.views.forces import forces

PUBLIC_PAGE = [
    path("forces/<slug:slug>/public-page/", releases.force_page, name="force_page"),
    path("forces/<slug:slug>/public-page/prepare/", releases.prepare, name="prepare_force_page"),
    path("forces/<slug:slug>/public-page/delete-address/", releases.remove_address, name="remove_page_address"),
    path("forces/releases/<int:pk>/", releases.release, name="force_release"),
    path("forces/releases/<int:pk>/release/", releases.release_page, name="release_force_page"),
    path("forces/releases/<int:pk>/return/", releases.return_page, name="return_force_page"),
    path("forces/releases/<int:pk>/withdraw/", releases.withdraw_page, name="withdraw_force_page"),
]

ACTION_PLAN = [
    path("forces/<slug:slug>/action-plan/", versions.action_plan, name="action_plan"),
    path("forces/<slug:slug>/action-plan/prepare/", versions.prepare, name="prepare_action_plan"),
    path("forces/action-plans/<int:pk>/", versions.version, name="action_plan_version"),
    path("forces/action-plans/<int:pk>/publish/", versions.publish, name="publish_action_plan"),
    path("forces/action-plans/<int:pk>/return/", versions.return_plan, name="return_action_plan"),
    path("forces/action-plans/<int:pk>/withdraw/", versions.withdraw_plan, name="withdraw_action_plan"),
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
    *ACTION_PLAN,
    *addresses_of(Section.FORCE_PAGE, patterns=PUBLIC_PAGE),
]
