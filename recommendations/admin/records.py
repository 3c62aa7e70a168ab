"""What administrators keep: forces, bodies, panels, people, labels and rules. Other models are not registered."""

from functools import partial

from django.conf import settings
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from recommendations.admin.site import KeptAdmin, site
from recommendations.domain.forces.details import former_words
from recommendations.domain.people.changes import change_account
from recommendations.domain.submission.idempotency import run_once
from recommendations.enums import Rag
from recommendations.forms.people.administration import FormerDetailsForm, LabelForm, NamedForm, PersonForm
from recommendations.models import (
    AccountChange,
    BankHoliday,
    CustodySuite,
    Force,
    FormerBodyDetails,
    FormerForceDetails,
    Label,
    Oversight,
    Panel,
    PanelMember,
    PeelCycle,
    PolicingBody,
    RagRule,
    Recipient,
    User,
)
from recommendations.periods import say
from recommendations.sections import Section
from recommendations.views.people.accounts import tell_of_change


@admin.register(User, site=site)
class PersonAdmin(KeptAdmin):
    """People: their account, role and force. They are listed and invited, and their accounts closed, on “People”."""

    is_listed = False
    form = PersonForm
    labels = {"name": "Name", "role": "Role", "force": "Force, for a force inspection lead"}

    def get_fields(self, request, obj=None):
        let_in = () if obj is None or obj.is_active else ("is_active",)
        entra = ("entra_id",) if settings.ENTRA_URL else ()
        return ("name", "email", "role", "force", *entra, *let_in, "reason", "seen", "once")

    def has_add_permission(self, request):
        """Always False: accounts are made by invitation only (views/people/invitations.py)."""
        return False

    def get_urls(self):
        return [each for each in super().get_urls() if each.name != self.address("add")]

    def changelist_view(self, request, extra_context=None):
        """There is one list of people."""
        return self._redirect_to_list()

    def _redirect_to_list(self):
        return redirect("people_access")

    def notice(self, obj) -> str:
        if AccountChange.objects.open().filter(person=obj).exists():
            return "A change of this account waits for another administrator, under “People”."
        if obj.is_active:
            return "Another administrator confirms a new role or address, but not a committee member’s."
        return "This account is closed. Tick “Can sign in” to let this person in again."

    def save_model(self, request, obj, form, change):
        by, at, given = request.user, timezone.now(), form.cleaned_data
        facts = {"reason": given.get("reason", ""), "seen": given.get("seen") or 0}
        act = partial(change_account, person=obj, by=by, at=at, **facts)
        before = User.objects.get(pk=obj.pk)
        request.waits = run_once(given.get("once", ""), by=by, at=at, act=act)
        if not request.waits:
            tell_of_change(request, before, obj)

    def response_change(self, request, obj):
        if not request.waits:
            return super().response_change(request, obj)
        messages.success(request, f"The change of {obj} waits for another administrator to confirm it.")
        return redirect("people_access")


class NamedAdmin(KeptAdmin):
    """A force or a policing body, with what it was called before each change."""

    form = NamedForm

    def verb_facts(self, form) -> dict:
        return {"from_day": form.cleaned_data.get("from_day")}

    def former(self, obj) -> list:
        """The last day, the words that changed after it, and the address where they are corrected; latest first."""
        return [
            (
                former.until,
                words,
                reverse(f"admin:{former._meta.app_label}_{former._meta.model_name}_change", args=[former.pk]),
            )
            for former, words in reversed(former_words(obj))
        ]


@admin.register(Force, site=site)
class ForceAdmin(NamedAdmin):
    about = "The forces that are held to account."
    list_display = ("name", "short_name", "reference_prefix", "since", "until")
    labels = {"slug": "Web address", "chief_officer": "Chief officer’s name"}


@admin.register(PolicingBody, site=site)
class BodyAdmin(NamedAdmin):
    about = "Whoever holds a force to account, and the office that works for it."
    list_display = ("name", "kind", "office_name", "holder", "since", "until")
    labels = {"slug": "Web address", "office_email": "The office’s email address"}


class FormerDetailsAdmin(KeptAdmin):
    """What a force or a body was called before a change: corrected from its own page, and nowhere else."""

    is_listed = False
    form = FormerDetailsForm

    def has_add_permission(self, request):
        """Always False: each is kept when the force or body changes."""
        return False

    def get_urls(self):
        return [each for each in super().get_urls() if each.name == self.address("change")]

    def notice(self, obj) -> str:
        return f"These held until {say(obj.until)}. A correction changes what pages and letters of those days say."


@admin.register(FormerForceDetails, site=site)
class FormerForceAdmin(FormerDetailsAdmin):
    list_of, name = Force, "forces"
    labels = {"chief_officer": "Chief officer’s name"}


@admin.register(FormerBodyDetails, site=site)
class FormerBodyAdmin(FormerDetailsAdmin):
    list_of, name = PolicingBody, "policing bodies"
    labels = {"office_email": "The office’s email address"}


@admin.register(Oversight, site=site)
class OversightAdmin(KeptAdmin):
    name = "who oversees whom"
    about = "Which body oversees which force, from when until when. One body at a time."
    list_display = ("force", "body", "since", "until")
    list_display_links = ("force", "body")
    list_select_related = ("force", "body")


@admin.register(Panel, site=site)
class PanelAdmin(KeptAdmin):
    about = "The boards and committees that papers go to, and the panels that the office watches."
    list_display = ("name", "kind", "force", "frequency", "since", "until")
    list_select_related = ("force",)


@admin.register(PanelMember, site=site)
class MemberAdmin(KeptAdmin):
    section = Section.PANELS
    about = "Who sits on a panel, for which body, from when until when. Nothing about anyone whom it discusses."
    list_display = ("name", "panel", "body", "role", "decision_maker", "since", "until", "withdrawn_on")
    list_select_related = ("panel",)

    def get_queryset(self, request):
        """Withdrawn members are listed too, to be read."""
        return PanelMember.on_file.all()

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.withdrawn_at)

    @admin.display(description="Withdrawn", ordering="withdrawn_at", empty_value="")
    def withdrawn_on(self, member):
        return member.withdrawn_at and timezone.localdate(member.withdrawn_at)

    def notice(self, obj) -> str:
        return f"This member is withdrawn: {obj.withdrawn_why}" if obj and obj.withdrawn_at else ""

    def withdrawal(self, obj) -> str:
        return "" if obj.withdrawn_at else reverse("withdraw_member", args=[obj.pk])


@admin.register(CustodySuite, site=site)
class SuiteAdmin(KeptAdmin):
    section = Section.CUSTODY
    about = "The custody suites that independent visitors go to, from when until when."
    list_display = ("name", "force", "since", "until")
    list_select_related = ("force",)


@admin.register(Recipient, site=site)
class RecipientAdmin(KeptAdmin):
    about = "Who gets a copy of each response that is published: the inspectorate, the Home Secretary, others."
    none_yet = "None yet: no one is listed when copies are sent"
    list_display = ("name", "kind", "email", "until")

    def notice(self, obj) -> str:
        return (
            "They are listed with each response that is published from now on, and with those whose copies are still "
            "to be sent."
            if obj is None
            else "Copies that were sent keep the name and address of their day."
        )


@admin.register(PeelCycle, site=site)
class CycleAdmin(KeptAdmin):
    about = "HMICFRS’s PEEL cycles. Each has its own areas and grades, and none is compared with another."
    list_display = ("name", "since", "until", "has_adequate")
    labels = {"has_adequate": "“Adequate” is one of its grades"}


@admin.register(Label, site=site)
class LabelAdmin(KeptAdmin):
    about = "The office’s words for a stage, an HMICFRS status, a risk or a cause of delay, and its themes."
    none_yet = "None yet: the built-in words are in use"
    form = LabelForm
    list_display = ("words", "vocabulary", "key", "position", "is_offered")
    ordering = ("ended", "vocabulary", "position", "pk")

    @admin.display(description="Offered", ordering="ended")
    def is_offered(self, label) -> str:
        return "No longer" if label.ended else "Yes"

    def notice(self, obj) -> str:
        return (
            ""
            if obj is None
            else "The new words are shown everywhere at once. Papers that were finalised keep the old ones."
        )


@admin.register(RagRule, site=site)
class RuleAdmin(KeptAdmin):
    about = "The words of the colours and their thresholds, each set in force from a day."
    none_yet = "None yet: the built-in words and thresholds are in force"
    list_display = ("since", "immediate_days", "due_soon_days", "no_update_days")
    labels = {
        "since": "In force from",
        "immediate_days": "Immediate: days until it is red",
        "due_soon_days": "Due soon: days before its date",
        "no_update_days": "No update: days since the last one",
    } | {colour.value: f"Word for {colour.label.lower()}" for colour in Rag}

    def has_change_permission(self, request, obj=None):
        """A rule that has come into force can't be changed: what was shown under it must stay explicable."""
        return super().has_change_permission(request, obj) and not _in_force(obj)

    def notice(self, obj) -> str:
        if obj is not None and _in_force(obj):
            return "This rule has been in force, so it stays as it is. To change it, add a new rule from a later day."
        return "A rule begins today or on a later day, and holds until the next one begins."


@admin.register(BankHoliday, site=site)
class HolidayAdmin(KeptAdmin):
    about = "Bank holidays of England and Wales proclaimed for one year. Those of every year are built in."
    list_display = ("__str__", "source")
    labels = {"source": "Where it was proclaimed, such as the London Gazette"}

    def get_exclude(self, request, obj=None):
        return () if obj else ("ended",)


def _in_force(rule: RagRule | None) -> bool:
    return rule is not None and rule.since < timezone.localdate()
