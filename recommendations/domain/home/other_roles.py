"""The first page of administrators. A committee member's first page is the list of papers."""

import datetime
from collections.abc import Iterator

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from recommendations.disk_space import disks
from recommendations.domain.home.lines import FirstPage, HomeLine, HomeLinePart, Question, number_line
from recommendations.enums import Role
from recommendations.enums.webhooks import DeliveryState, WebhookEvent
from recommendations.models import (
    AccountChange,
    AccountInvitation,
    Force,
    Oversight,
    PolicingBody,
    TrailEntry,
    User,
    Webhook,
    WebhookDelivery,
)
from recommendations.models.settings import latest_choice
from recommendations.permissions import WRITING_ROLES
from recommendations.sections import Section, switched_off_sections

MOST_NAMED = 3
# What administrators maintain: model → its singular and plural.
KEPT = {
    "user": ("person", "people"),
    "force": ("force", "forces"),
    "policingbody": ("policing body", "policing bodies"),
    "oversight": ("link of a body to a force", "links of bodies to forces"),
    "panel": ("panel", "panels"),
    "peelcycle": ("PEEL cycle", "PEEL cycles"),
    "label": ("label", "labels"),
    "ragrule": ("RAG rule", "RAG rules"),
}


def administrator_page(user: User, day: datetime.date, since: datetime.datetime) -> FirstPage:
    """An administrator's page: what is missing, and changes to what they maintain."""
    people = User.objects.filter(is_active=True).count()
    return FirstPage(
        (
            Question("waits", "Missing", (*_choice_to_make(), *_gaps(day), *_low_disks()), "Nothing is missing."),
            Question("changed", "Changed", tuple(_reference_changes(since)), "Nothing has changed."),
        ),
        links=(
            HomeLinePart(_count(people, "person can sign in", "people can sign in"), _list("user")),
            HomeLinePart(_count(_forces(day).count(), "force", "forces"), _list("force")),
        ),
    )


def _forces(day: datetime.date) -> QuerySet:
    """The forces in existence on a day."""
    return Force.objects.exclude(until__lt=day).order_by("name")


def _gaps(day: datetime.date) -> Iterator[HomeLine]:
    """What an office needs but does not have."""
    leads = User.objects.filter(force=OuterRef("pk"), role=Role.FORCE_INSPECTION_LEAD, is_active=True)
    overseen = Oversight.objects.on(day).filter(force=OuterRef("pk"))
    forces = _forces(day).annotate(has_lead=Exists(leads), is_overseen=Exists(overseen))
    found = list(forces.values_list("pk", "short_name", "has_lead", "is_overseen"))
    without_lead = [(pk, name) for pk, name, has_lead, _ in found if not has_lead]
    without_body = [(pk, name) for pk, name, _, is_overseen in found if not is_overseen]
    new = User.objects.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX).order_by("name")
    approvers = User.objects.filter(is_active=True, role=Role.APPROVING_OFFICER).exists()
    yield from _records_line(
        "force", without_lead, "force without an inspection lead", "forces without an inspection lead"
    )
    yield from _records_line("force", without_body, "force that no body oversees", "forces that no body oversees")
    people = list(new.values_list("pk", "name"))
    yield from _records_line(
        "user", people, "person who has set no password yet", "people who have set no password yet"
    )
    waiting = AccountChange.objects.open().count()
    waiting += AccountInvitation.objects.open().filter(role__in=WRITING_ROLES, confirmed_at__isnull=True).count()
    if waiting:
        words = ("account to confirm by a second administrator", "accounts to confirm by a second administrator")
        yield number_line(waiting, *words, reverse("people_access"))
    given_up = WebhookDelivery.objects.filter(state=DeliveryState.GIVEN_UP, webhook__removed_at__isnull=True)
    if number := given_up.exclude(event=WebhookEvent.TEST).count():
        words = ("message that a webhook’s receiver did not take", "messages that receivers of webhooks did not take")
        yield number_line(number, *words, reverse("webhooks"))
    if number := Webhook.objects.with_unconfirmed_words().count():
        why = "whose words of records an approving officer has not confirmed"
        yield number_line(number, f"webhook {why}", f"webhooks {why}", reverse("webhooks"))
    if not approvers:
        yield HomeLine("0", "approving officers: no one can decide closures or finalise papers", _list("user"))
    if not found:
        yield HomeLine("0", "forces", _list("force"))
    if not PolicingBody.objects.exists():
        yield HomeLine("0", "policing bodies", _list("policingbody"))


def _choice_to_make() -> Iterator[HomeLine]:
    """That a new office begins with HMICFRS alone, until an administrator has said what it uses."""
    is_all_off = len(switched_off_sections()) == len(Section)
    latest = latest_choice() if is_all_off else None
    if latest and latest.chosen_by is None:
        yield HomeLine("", "Say what your office uses: it begins with HMICFRS alone", reverse("what_you_use"))


def _low_disks() -> Iterator[HomeLine]:
    """Each disk of the server with little space left."""
    for disk in disks():
        if disk.is_low:
            words = f"Little room on the server: {disk.in_words} left for {disk.what}"
            yield HomeLine("", words, f"{reverse('help')}#administration")


def _records_line(kind: str, records: list[tuple[int, str]], one: str, many: str) -> Iterator[HomeLine]:
    """A line that links to exactly these records, and names the first few."""
    if records:
        names = ", ".join(name for _, name in records[:MOST_NAMED])
        rest = len(records) - MOST_NAMED
        more = (HomeLinePart(f"{names} and {rest:,} more" if rest > 0 else names),)
        yield number_line(len(records), one, many, _list(kind, [pk for pk, _ in records]), more=more)


def _reference_changes(since: datetime.datetime) -> Iterator[HomeLine]:
    """How many records of each kind were added or changed, according to the trail."""
    subjects = [f"recommendations.{kind}" for kind in KEPT]
    entries = TrailEntry.objects.filter(at__gt=since, subject_model__in=subjects, verb__regex=r"^(add|edit)_")
    ids: dict[str, set[int]] = {}
    for subject, pk in entries.order_by().values_list("subject_model", "subject_id").distinct():
        if pk is not None:
            ids.setdefault(subject.partition(".")[2], set()).add(pk)
    for kind, (one, many) in KEPT.items():
        if kind in ids:
            words = (f"{one} added or changed", f"{many} added or changed")
            yield number_line(len(ids[kind]), *words, _list(kind, sorted(ids[kind])))


def _list(kind: str, ids: list[int] | None = None) -> str:
    """The address of the admin's list of a kind, optionally of these records only."""
    address = reverse(f"admin:recommendations_{kind}_changelist")
    return address if ids is None else f"{address}?id__in={','.join(map(str, ids))}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
