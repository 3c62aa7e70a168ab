"""Addresses of people's accounts: invitations, pending changes, leaving, committees."""

from django.urls import path

from recommendations.views.people import accounts, invitations

urlpatterns = [
    path("security/people/invite/", invitations.invite_person, name="invite_person"),
    path("security/people/invitations/<int:pk>/", invitations.person_invitation, name="person_invitation"),
    path("security/people/changes/<int:pk>/", accounts.person_change, name="person_change"),
    path("security/people/<int:pk>/leave/", accounts.leave_account, name="leave_account"),
    path("security/people/<int:pk>/committees/", accounts.member_committees, name="member_committees"),
    path("security/people/members/", accounts.member_factor, name="member_factor"),
    path("invitation/<slug:secret>/", invitations.accept_invitation, name="accept_invitation"),
    path("handed-over/", accounts.handed_over, name="handed_over"),
]
