"""The address table. Each view names its one access rule (permissions.py)."""

from django.urls import path, register_converter

from recommendations.views import (
    commitments,
    exports,
    history,
    home,
    imports,
    inspections,
    kept,
    many,
    pages,
    papers,
    public,
    register,
    reports,
    responses,
    round_answers,
    round_sheets,
    rounds,
    sheet_imports,
    sheets,
    tracked,
)


class Year:
    """Of a public address: four digits."""

    regex = "[0-9]{4}"
    to_python, to_url = int, str


class VersionNumber(Year):
    """Of a public address: no zero before it, so that each version has one address."""

    regex = "[1-9][0-9]{0,3}"


register_converter(Year, "year")
register_converter(VersionNumber, "number")

urlpatterns = [
    path("", home.home, name="home"),
    path("seen/", home.mark_seen, name="mark_seen"),
    path("you/", pages.account, name="account"),
    path("kept/", kept.kept, name="kept"),
    path("definitions/", pages.definitions, name="definitions"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("gallery/", pages.gallery, name="gallery"),
    path("register/", register.register, name="register"),
    path("register/<int:pk>/update/", register.add_update, name="register_add_update"),
    path("register/many/", many.change_many, name="change_many"),
    path("register/export/<slug:form>/", exports.export_register, name="export_register"),
    path("register/bring-in/", sheets.bring_in, name="bring_in"),
    path("register/bring-in/example/", sheets.example_sheet, name="example_sheet"),
    path("register/bring-in/<slug:token>/", sheets.sheet_columns, name="sheet_columns"),
    path("register/bring-in/<slug:token>/check/", sheets.check_sheet, name="check_sheet"),
    path("register/bring-in/<slug:token>/progress/", sheets.sheet_progress, name="sheet_progress"),
    path("register/brought-in/", sheet_imports.sheet_imports, name="sheet_imports"),
    path("register/brought-in/<int:pk>/", sheet_imports.sheet_import, name="sheet_import"),
    path("register/brought-in/<int:pk>/undo/", sheet_imports.undo_sheet_import, name="undo_sheet_import"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/add/", rounds.add_round, name="add_round"),
    path("rounds/<int:pk>/", rounds.round_page, name="round"),
    path("rounds/<int:pk>/close/", rounds.close_round, name="close_round"),
    path("rounds/<int:pk>/answers/<int:answer>/accept/", rounds.accept_answer, name="accept_answer"),
    path("rounds/<int:pk>/answers/<int:answer>/return/", rounds.return_answer, name="return_answer"),
    path("rounds/<int:pk>/drafts/", round_answers.save_drafts, name="save_drafts"),
    path("rounds/<int:pk>/release/", round_answers.release_answers, name="release_answers"),
    path("rounds/<int:pk>/sheet/", round_sheets.round_sheet, name="round_sheet"),
    path("rounds/<int:pk>/bring-in/", round_sheets.bring_in_round_sheet, name="bring_in_round_sheet"),
    path("rounds/<int:pk>/bring-in/<slug:token>/", round_sheets.check_round_sheet, name="check_round_sheet"),
    path("recommendations/<int:pk>/", tracked.tracked, name="tracked"),
    path("recommendations/<int:pk>/word/", exports.tracked_word, name="tracked_word"),
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
    path("inspections/bring-in/", reports.choose_report, name="import_report"),
    path("inspections/bring-in/check/", reports.check_report, name="check_report"),
    path("inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path("inspections/<int:pk>/word/", exports.inspection_word, name="inspection_word"),
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
    path("responses/<int:pk>/commitments/add/", commitments.mark_commitment, name="mark_commitment"),
    path("commitments/", commitments.commitments, name="commitments"),
    path("commitments/<int:pk>/", commitments.commitment, name="commitment"),
    path("commitments/<int:pk>/check/", commitments.check_commitment, name="check_commitment"),
    path("commitments/<int:pk>/edit/", commitments.edit_commitment, name="edit_commitment"),
    path("commitments/<int:pk>/checks/<int:check>/withdraw/", commitments.withdraw_check, name="withdraw_check"),
    path("papers/", papers.papers, name="papers"),
    path("papers/add/", papers.add_paper, name="add_paper"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/finalise/", papers.finalise, name="finalise_paper"),
    path("papers/<int:pk>/correct/", papers.correct, name="correct_paper"),
    path("papers/<int:pk>/file/", papers.paper_file, name="paper_file"),
    path("published/", public.responses, name="public_responses"),
    path("published/feed/", public.feed, name="public_feed"),
    path("published/responses.json", public.data_json, name="public_json"),
    path("published/responses.csv", public.data_csv, name="public_csv"),
    path("published/<year:year>/<slug:slug>/", public.response, name="public_response"),
    path("published/<year:year>/<slug:slug>/v<number:number>/", public.version, name="public_version"),
    path("published/<year:year>/<slug:slug>/v<number:number>/response.<slug:form>", public.file, name="public_file"),
    path("history/<slug:kind>/<int:pk>/", history.history, name="history"),
]
