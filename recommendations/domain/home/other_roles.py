"""The first page of administrators. A committee member's first page is the list of papers."""

import datetime
from collections import Counter
from collections.abc import Iterator

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from recommendations.disk_space import disks
from recommendations.domain.forces.in_force import gaps_after
from recommendations.domain.home.lines import FirstPage, HomeItem, HomeList, count
from recommendations.domain.people.committees import committees
from recommendations.enums import Role
from recommendations.enums.webhooks import DeliveryState, WebhookEvent
from recommendations.models import (
    AccountChange,
    AccountInvitation,
    Force,
    Oversight,
    PolicingBody,
    Succession,
    TrailEntry,
    User,
    Webhook,
    WebhookDelivery,
)
from recommendations.models.settings import latest_choice
from recommendations.periods import say
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
    missing = (*_choice_to_make(), *_gaps(day), *_low_disks())
    people = User.objects.filter(is_active=True).count()
    everyone = reverse("people_access")
    return FirstPage(
        lists=(HomeList("Missing", missing),) if missing else (),
        nothing="Nothing is missing.",
        changes=tuple(_reference_changes(since)),
        links=(
            HomeItem(count(people, "person can sign in", "people can sign in"), f"{everyone}?show=open"),
            HomeItem(count(_forces(day).count(), "force", "forces"), _list("force")),
        ),
    )


def _forces(day: datetime.date) -> QuerySet:
    """The forces in existence on a day."""
    return Force.objects.exclude(until__lt=day).order_by("name")


def _gaps(day: datetime.date) -> Iterator[HomeItem]:
    """What an office needs but does not have."""
    leads = User.objects.filter(force=OuterRef("pk"), role=Role.FORCE_INSPECTION_LEAD, is_active=True)
    overseen = Oversight.objects.on(day).filter(force=OuterRef("pk"))
    annotated = _forces(day).annotate(has_lead=Exists(leads), is_overseen=Exists(overseen))
    forces = list(annotated.values_list("pk", "short_name", "has_lead", "is_overseen"))
    without_lead = [(pk, name) for pk, name, has_lead, _ in forces if not has_lead]
    without_body = [(pk, name) for pk, name, _, is_overseen in forces if not is_overseen]
    new = User.objects.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX).order_by("name")
    yield from _records("force", without_lead, "force without an inspection lead", "forces without an inspection lead")
    words = ("force that no body oversees", "forces that no body oversees")
    to = reverse("admin:recommendations_oversight_add")
    yield from _records("force", without_body, *words, to=to)
    for force, first, last in gaps_after(day):
        days = f"{say(first)} to {say(last)}" if last else say(first)
        yield HomeItem(f"From {days} no one oversees {force}", to, "Add the oversight that follows.")
    people = list(new.values_list("pk", "name"))
    yield from _records("user", people, "person who has set no password yet", "people who have set no password yet")
    waiting = AccountChange.objects.open().count()
    waiting += AccountInvitation.objects.open().filter(role__in=WRITING_ROLES, confirmed_at__isnull=True).count()
    if waiting:
        words = ("account to confirm by a second administrator", "accounts to confirm by a second administrator")
        yield HomeItem(count(waiting, *words), reverse("people_access"), number=waiting)
    yield from _changes_ahead()
    given_up = WebhookDelivery.objects.filter(state=DeliveryState.GIVEN_UP, webhook__removed_at__isnull=True)
    if number := given_up.exclude(event=WebhookEvent.TEST).count():
        words = ("message that a webhook’s receiver did not take", "messages that receivers of webhooks did not take")
        yield HomeItem(count(number, *words), reverse("webhooks"), number=number)
    if number := Webhook.objects.with_unconfirmed_words().count():
        why = "whose words of records an approving officer has not confirmed"
        yield HomeItem(count(number, f"webhook {why}", f"webhooks {why}"), reverse("webhooks"), number=number)
    yield from _bodies()
    yield from _first_records(forces, day)


def _changes_ahead() -> Iterator[HomeItem]:
    """Changes ahead that wait for a second administrator, and those that could not be done on their day."""
    states = [(plan.confirmed_at is None, bool(plan.problem)) for plan in Succession.objects.open()]
    if number := sum(waits for waits, _ in states):
        words = (
            "change ahead to confirm by a second administrator",
            "changes ahead to confirm by a second administrator",
        )
        yield HomeItem(count(number, *words), reverse("successions"), number=number)
    if number := sum(refused for _, refused in states):
        words = ("change ahead that could not be done on its day", "changes ahead that could not be done on their day")
        yield HomeItem(count(number, *words), reverse("successions"), number=number)


def _bodies() -> Iterator[HomeItem]:
    """That there is no policing body, or those that have no name but their office's, which letters and papers print."""
    bodies = list(PolicingBody.objects.values_list("pk", "name", "office_name"))
    if not bodies:
        yield HomeItem("No policing body", _list("policingbody"))
    unnamed = [(pk, name) for pk, name, office_name in bodies if name == office_name]
    words = ("policing body with the name of its office", "policing bodies with the names of their offices")
    yield from _records("policingbody", unnamed, *words)


def _first_records(forces: list, day: datetime.date) -> Iterator[HomeItem]:
    """What an office begins with: a force, a committee for its papers, and who decides and confirms."""
    roles = Counter(User.objects.filter(is_active=True).values_list("role", flat=True))
    invite = reverse("invite_person")
    if not forces:
        yield HomeItem("No force", _list("force"), "Reports, recommendations and papers are about a force.")
    if not committees(day).exists():
        yield HomeItem("No committee", _list("panel"), "Papers go to a committee or board.")
    if roles[Role.ADMINISTRATOR] == 1:
        yield HomeItem("No second administrator", invite, "No one can confirm what you ask for.")
    if not roles[Role.APPROVING_OFFICER]:
        yield HomeItem("No approving officer", invite, "No one can decide closures or finalise papers.")
    if not roles[Role.OPCC_OFFICER]:
        yield HomeItem("No officer", invite, "No one can add reports or write papers.")


def _choice_to_make() -> Iterator[HomeItem]:
    """That a new office begins with HMICFRS alone, until an administrator has said what it uses."""
    is_all_off = len(switched_off_sections()) == len(Section)
    latest = latest_choice() if is_all_off else None
    if latest and latest.is_initial:
        yield HomeItem("Say what your office uses", reverse("what_you_use"), "It begins with HMICFRS alone.")


def _low_disks() -> Iterator[HomeItem]:
    """Each disk of the server with little space left."""
    for disk in disks():
        if disk.is_low:
            words = f"Little room on the server: {disk.in_words} left for {disk.what}"
            yield HomeItem(words, f"{reverse('help')}#administration")


def _records(kind: str, records: list[tuple[int, str]], one: str, many: str, to: str = "") -> Iterator[HomeItem]:
    """An item that names the first few of these records, and links to exactly them, or to where it is put right."""
    if records:
        names = ", ".join(name for _, name in records[:MOST_NAMED])
        rest = len(records) - MOST_NAMED
        detail = f"{names} and {rest:,} more" if rest > 0 else names
        url = to or _list(kind, [pk for pk, _ in records])
        yield HomeItem(count(len(records), one, many), url, detail, number=len(records))


def _reference_changes(since: datetime.datetime) -> Iterator[HomeItem]:
    """How many records of each kind were added or changed, according to the trail."""
    subjects = [f"recommendations.{kind}" for kind in KEPT]
    entries = TrailEntry.objects.filter(at__gt=since, subject_model__in=subjects, verb__regex=r"^(add|edit)_")
    ids: dict[str, set[int]] = {}
    for subject, pk in entries.order_by().values_list("subject_model", "subject_id").distinct():
        if pk is not None:
            ids.setdefault(subject.partition(".")[2], set()).add(pk)
    for kind, (one, many) in KEPT.items():
        if kind in ids:
            number = len(ids[kind])
            words = count(number, f"{one} added or changed", f"{many} added or changed")
            yield HomeItem(words, _list(kind, sorted(ids[kind])), number=number)


def _list(kind: str, ids: list[int] | None = None) -> str:
    """The address of the admin's list of a kind, optionally of these records only."""
    if kind == "user":
        address, asked = reverse("people_access"), "id"
    else:
        address, asked = reverse(f"admin:recommendations_{kind}_changelist"), "id__in"
    return address if ids is None else f"{address}?{asked}={','.join(map(str, ids))}"
