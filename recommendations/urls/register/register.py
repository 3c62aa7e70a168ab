"""Addresses of the register and its recommendations."""

from django.urls import path

from recommendations.permissions import May
from recommendations.sections import Section, addresses_of
from recommendations.views.register import bulk, exports, register, tracked
from recommendations.views.saved_views import saved_views, shared_views
from recommendations.views.site.navigation import PLACES, NavigationPlace

PLACES.add(
    20, NavigationPlace("Register", "register", May.SEE_REGISTER, ("/register", "/recommendations", "/indicators"))
)

urlpatterns = [
    path("register/", register.register, name="register"),
    path("register/<int:pk>/update/", register.add_update, name="register_add_update"),
    path("register/many/", bulk.change_many, name="change_many"),
    path("register/many/changes/", bulk.bulk_changes, name="bulk_changes"),
    path("register/many/changes/<int:pk>/", bulk.bulk_change, name="bulk_change"),
    path("register/export/<slug:form>/", exports.export_register, name="export_register"),
    path("register/files/<int:pk>/", exports.register_export, name="register_export"),
    path("register/files/<int:pk>/progress/", exports.register_export_progress, name="register_export_progress"),
    path("register/files/<int:pk>/file/", exports.register_export_file, name="register_export_file"),
    *addresses_of(
        Section.SAVED_VIEWS,
        patterns=[
            path("register/views/", saved_views.saved_views, name="saved_views"),
            path("register/views/save/", saved_views.save_view, name="save_view"),
            path("register/views/shared/", shared_views.shared_views, name="shared_views"),
            path("register/views/shared/<int:pk>/", shared_views.shared_view, name="shared_view"),
            path("register/views/<int:pk>/", saved_views.saved_view, name="saved_view"),
            path("register/views/<int:pk>/change/", saved_views.change_view, name="change_view"),
            path("register/views/<int:pk>/delete/", saved_views.delete_view, name="delete_view"),
            path("register/views/<int:pk>/open-with/", saved_views.open_with_view, name="open_with_view"),
            path("register/views/<int:pk>/seen/", saved_views.mark_view_seen, name="mark_view_seen"),
        ],
    ),
    path("recommendations/<int:pk>/", tracked.tracked, name="tracked"),
    path("recommendations/<int:pk>/word/", exports.tracked_word, name="tracked_word"),
    path("recommendations/<int:pk>/force-update/", tracked.log_force_update, name="log_force_update"),
    path("recommendations/<int:pk>/assurance/", tracked.record_assurance, name="record_assurance"),
    path("recommendations/<int:pk>/status/", tracked.record_inspectorate_status, name="record_inspectorate_status"),
    path("recommendations/<int:pk>/target/", tracked.set_target, name="set_target"),
    *addresses_of(
        Section.RISK,
        patterns=[
            path("recommendations/<int:pk>/risk/", tracked.weigh, name="weigh"),
            path("recommendations/<int:pk>/delay/", tracked.record_delay, name="record_delay"),
        ],
    ),
    path("recommendations/<int:pk>/closure/", tracked.request_closure, name="request_closure"),
    path("recommendations/<int:pk>/closure/approve/", tracked.approve_closure, name="approve_closure"),
    path("recommendations/<int:pk>/closure/decline/", tracked.decline_closure, name="decline_closure"),
    path("recommendations/<int:pk>/reopen/", tracked.reopen, name="reopen"),
    path("recommendations/<int:pk>/part/", tracked.request_part_closure, name="request_part_closure"),
    path("recommendations/<int:pk>/part/decide/", tracked.decide_part_closure, name="decide_part_closure"),
    path("recommendations/<int:pk>/part/reopen/", tracked.reopen_part, name="reopen_part"),
    path("recommendations/<int:pk>/dispute/reason/", tracked.record_dispute_reason, name="record_dispute_reason"),
    path("recommendations/<int:pk>/dispute/reply/", tracked.record_dispute_reply, name="record_dispute_reply"),
    path("recommendations/<int:pk>/dispute/decide/", tracked.decide_dispute, name="decide_dispute"),
    *addresses_of(
        Section.RECHECKS,
        patterns=[
            path("recommendations/<int:pk>/look-again/", tracked.recheck, name="recheck"),
            path(
                "recommendations/<int:pk>/look-again/withdraw/<int:row>/",
                tracked.withdraw_recheck,
                name="withdraw_recheck",
            ),
            path("recommendations/<int:pk>/slip/agree/", tracked.agree_slip, name="agree_slip"),
            path("recommendations/<int:pk>/slip/decline/", tracked.decline_slip, name="decline_slip"),
        ],
    ),
    path("recommendations/<int:pk>/restrict/", tracked.restrict, name="restrict"),
    path("recommendations/<int:pk>/lift-restriction/", tracked.lift_restriction, name="lift_restriction"),
    path("recommendations/<int:pk>/edit/", tracked.edit_tracked, name="edit_tracked"),
    path("recommendations/<int:pk>/<slug:voice>/<int:row>/withdraw/", tracked.withdraw, name="withdraw"),
]
