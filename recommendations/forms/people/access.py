"""Inviting people, confirming another administrator's request, leaving, committees; and choosing a password."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from recommendations.domain.people.committees import committees
from recommendations.domain.people.leaving import successors
from recommendations.domain.people.passwords import shortest_for
from recommendations.enums import Role
from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import Form, VerbForm
from recommendations.forms.site.fields import RecordsField
from recommendations.models import AccountInvitation, CommitteeSeat, Force, Panel, User

COMMITTEES = "The committees whose papers a committee member reads."


class CommitteesField(RecordsField):
    """Checkboxes for the current committees."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Panel.objects.none(), label="Committees", **kwargs)


class InvitePersonForm(VerbForm):
    """A person to invite, and their role."""

    name = forms.CharField(label="Name", max_length=150, error_messages={"required": "Enter the person’s name."})
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        error_messages={
            "required": "Enter the person’s email address.",
            "invalid": "Enter an email address, for example name@office.gov.uk.",
        },
    )
    role = forms.ChoiceField(
        label="Role",
        choices=Role,
        widget=forms.RadioSelect,
        help_text="Another administrator confirms everyone but committee members before they are asked.",
        error_messages={"required": "Choose the role."},
    )
    force = forms.ModelChoiceField(
        Force.objects.none(), label="Force, for a force inspection lead", required=False, empty_label="None"
    )
    committees = CommitteesField(required=False, help_text=COMMITTEES)
    unmarked = ("force", "committees")

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        # without visible_to: a form of administrators
        self.fields["force"].queryset = Force.objects.exclude(until__lt=today).order_by("name")
        self.fields["committees"].queryset = committees(today)
        for name in ("force", "committees"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]

    def clean_role(self) -> str:
        """Refuse a role whose force or committees are still to be added."""
        role = self.cleaned_data["role"]
        if role == Role.FORCE_INSPECTION_LEAD and "force" not in self.fields:
            raise ValidationError("There is no force yet. Add it under Administration, “Forces”, then invite its lead.")
        if role == Role.COMMITTEE_MEMBER and "committees" not in self.fields:
            raise ValidationError(
                "There is no committee yet. Add it under Administration, “Panels”, then invite its members."
            )
        return role


class DecideForm(VerbForm):
    """A decision about something pending, with a button for each; some need a reason."""

    act = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = long_text("Your reason", rows=2, help_text="It stays on record. Needed to decline.")
    unmarked = ("reason",)

    def verb_fields(self) -> dict[str, Any]:
        return {name: value for name, value in super().verb_fields().items() if name != "act"}


class LeaveForm(VerbForm):
    """Why someone leaves, and who takes over their open work."""

    reason = long_text("Why the account is closed", empty="Say why, for example: moved to another office.", rows=2)
    to = forms.ModelChoiceField(
        User.objects.none(),
        label="Who takes over what is open",
        empty_label="Choose a colleague",
        help_text="Colleagues who see the same as this person.",
        error_messages={"required": "Choose who takes over what is open."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, person: User, has_things: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["to"].queryset = successors(person)
        if not has_things:
            del self.fields["to"]

    def verb_fields(self) -> dict[str, Any]:
        return {"to": None} | super().verb_fields()


class MemberCommitteesForm(VerbForm):
    """The committees that a member belongs to."""

    panels = CommitteesField(
        help_text=COMMITTEES, error_messages={"required": "Choose one committee or more. Who belongs to none leaves."}
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, person: User, today: datetime.date, **kwargs: Any
    ) -> None:
        seats = CommitteeSeat.objects.current().filter(person=person).values_list("panel", flat=True)
        super().__init__(data, initial={"panels": list(seats)}, **kwargs)
        self.fields["panels"].queryset = committees(today)


class MemberFactorForm(VerbForm):
    """Why the office switches the committee members' second factor off, or on again."""

    reason = long_text("Why the office chooses this", empty="Say why the office chooses this.", rows=2)


class AcceptForm(Form):
    """The password chosen by an invited person."""

    use_required_attribute = False
    password1 = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Choose a password."},
    )
    password2 = forms.CharField(
        label="Password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter the same password again."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, invitation: AccountInvitation, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.person = User(email=invitation.email, name=invitation.name, role=invitation.role)
        self.fields["password1"].help_text = f"{shortest_for(invitation.role)} characters or more"

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, again = given.get("password1"), given.get("password2")
        if first and again and first != again:
            self.add_error("password2", "The two passwords differ. Enter the same password twice.")
        elif first:
            try:
                validate_password(first, self.person)
            except ValidationError as wrong:
                self.add_error("password1", wrong)
        return given
