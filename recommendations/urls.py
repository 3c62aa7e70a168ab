"""The address table. Each view names its one access rule (permissions.py)."""

from django.urls import path

from recommendations.views import history, imports, inspections, kept, pages, papers, register, responses, tracked

urlpatterns = [
    path("", pages.home, name="home"),
    path("you/", pages.account, name="account"),
    path("kept/", kept.kept, name="kept"),
    path("definitions/", pages.definitions, name="definitions"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("gallery/", pages.gallery, name="gallery"),
    path("register/", register.register, name="register"),
    path("register/<int:pk>/update/", register.add_update, name="register_add_update"),
    path("recommendations/<int:pk>/", tracked.tracked, name="tracked"),
    path("recommendations/<int:pk>/force-update/", tracked.log_force_update, name="log_force_update"),
    path("recommendations/<int:pk>/assurance/", tracked.record_assurance, name="record_assurance"),
    path("recommendations/<int:pk>/status/", tracked.record_inspectorate_status, name="record_inspectorate_status"),
    path("recommendations/<int:pk>/target/", tracked.set_target, name="set_target"),
    path("recommendations/<int:pk>/closure/", tracked.request_closure, name="request_closure"),
    path("recommendations/<int:pk>/closure/approve/", tracked.approve_closure, name="approve_closure"),
    path("recommendations/<int:pk>/closure/decline/", tracked.decline_closure, name="decline_closure"),
    path("recommendations/<int:pk>/reopen/", tracked.reopen, name="reopen"),
    path("recommendations/<int:pk>/edit/", tracked.edit_tracked, name="edit_tracked"),
    path("recommendations/<int:pk>/<slug:voice>/<int:row>/withdraw/", tracked.withdraw, name="withdraw"),
    path("inspections/", inspections.inspections, name="inspections"),
    path("inspections/add/", inspections.add_inspection, name="add_inspection"),
    path("inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path("inspections/<int:pk>/edit/", inspections.edit_inspection, name="edit_inspection"),
    path("inspections/<int:pk>/recommendations/add/", inspections.add_recommendation, name="add_recommendation"),
    path(
        "inspections/<int:pk>/recommendations/<int:recommendation>/edit/",
        inspections.edit_recommendation,
        name="edit_recommendation",
    ),
    path("responses/", responses.responses, name="responses"),
    path("responses/<int:pk>/", responses.response, name="response"),
    path("responses/add/", imports.choose_document, name="import_response"),
    path("responses/add/check/", imports.check_document, name="check_document"),
    path("papers/", papers.papers, name="papers"),
    path("papers/add/", papers.add_paper, name="add_paper"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/finalise/", papers.finalise, name="finalise_paper"),
    path("papers/<int:pk>/correct/", papers.correct, name="correct_paper"),
    path("papers/<int:pk>/file/", papers.paper_file, name="paper_file"),
    path("history/<slug:kind>/<int:pk>/", history.history, name="history"),
]
