"""The office, its forces and panels, and a user in every role, with public passwords."""

import datetime
from dataclasses import dataclass
from typing import Any

from recommendations.domain.office_use.choice import choose_sections, current_choice
from recommendations.domain.people import records
from recommendations.domain.people.changes import change_account
from recommendations.domain.people.committees import committees, set_committees
from recommendations.domain.people.invitations import invite
from recommendations.domain.webhooks import webhooks
from recommendations.enums import BodyKind, Frequency, PanelKind, RecipientKind, Role
from recommendations.enums.webhooks import WebhookEvent
from recommendations.models import Force, Oversight, Panel, PolicingBody, Recipient, User
from recommendations.periods import london_day
from recommendations.permissions import WRITING_ROLES
from recommendations.sections import Section

WM, EV, FIRE = "westmarch", "eastvale", "marches-fire"
SINCE = datetime.date(2012, 11, 22)  # when the first commissioners took office
FIRE_SINCE = datetime.date(2021, 4, 1)  # when this one also became the fire authority


@dataclass(frozen=True)
class DemoPerson:
    """A user. `force` is a slug, for a force inspection lead."""

    key: str
    name: str
    role: Role
    password: str
    force: str = ""

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@{self.force or 'marches'}.example"


PEOPLE = (
    DemoPerson("officer", "Hannah Whitlock", Role.OPCC_OFFICER, "marches-officer-demo"),
    DemoPerson("second officer", "Joe Brandreth", Role.OPCC_OFFICER, "marches-officer-demo"),
    DemoPerson("approver", "Margaret Osei", Role.APPROVING_OFFICER, "marches-approver-demo"),
    DemoPerson(WM, "Callum Tranter", Role.FORCE_INSPECTION_LEAD, "westmarch-lead-demo", WM),
    DemoPerson(EV, "Sofia Lindqvist", Role.FORCE_INSPECTION_LEAD, "eastvale-lead-demo", EV),
    DemoPerson("member", "Ravi Menon", Role.COMMITTEE_MEMBER, "committee-member-demo"),
    DemoPerson("second administrator", "Priya Shah", Role.ADMINISTRATOR, "administrator-demo"),
    DemoPerson("administrator", "Gwen Ashdown", Role.ADMINISTRATOR, "administrator-demo"),
)

FORCES = (
    {
        "name": "Westmarch Police",
        "short_name": "Westmarch",
        "slug": WM,
        "reference_prefix": "WM",
        "chief_officer": "Marian Ashgrove",
        "address": "Police Headquarters\nWeir Road\nAldermere",
    },
    {
        "name": "Eastvale Police",
        "short_name": "Eastvale",
        "slug": EV,
        "reference_prefix": "EV",
        "chief_officer": "Idris Fell",
        "address": "Police Headquarters\nThe Moorings\nStaithe",
    },
    {
        "name": "Marches Fire and Rescue Service",
        "short_name": "Marches Fire",
        "slug": FIRE,
        "reference_prefix": "MF",
        "chief_officer_title": "Chief fire officer",
        "chief_officer": "Nia Corbett",
        "address": "Service Headquarters\nBridge Street\nAldermere",
    },
)

PANELS = (
    ("Marches joint audit committee", PanelKind.AUDIT),
    ("Marches accountability board", PanelKind.ACCOUNTABILITY),
    ("Northmere Channel panel", PanelKind.CHANNEL),
    ("Aldermere Channel panel", PanelKind.CHANNEL),
)


RECIPIENTS = (
    {
        "kind": RecipientKind.INSPECTORATE,
        "name": "His Majesty’s Chief Inspector of Constabulary",
        "address": "An office\n1 Example Street\nLondon",
        "email": "responses@inspectorate.example",
    },
    {
        "kind": RecipientKind.HOME_SECRETARY,
        "name": "The Home Secretary",
        "address": "A department\n2 Example Street\nLondon",
    },
)


def sign_ins() -> list[str]:
    """Return one line for each user: role, address, password."""
    rows = [(person.role.label, person.email, person.password) for person in PEOPLE]
    wide = [max(len(row[column]) for row in rows) for column in range(2)]
    return [f"{role:{wide[0]}}  {email:{wide[1]}}  password {password}" for role, email, password in rows]


def open_office(next_moment) -> dict[str, User]:
    """Add users, forces, the body, recipients and panels, each at its own `next_moment()`. Returns users by key."""
    made, administrator = {}, PEOPLE[-1]
    made[administrator.key] = boss = _add_person(administrator, {}, None, next_moment())
    forces = {}
    for facts in FORCES:
        forces[facts["slug"]] = records.keep(record=Force(**facts), by=boss, at=next_moment())
    for person in PEOPLE[:-1]:
        made[person.key] = _add_person(person, forces, boss, next_moment())
    _add_body(forces.values(), boss, next_moment)
    at = next_moment()
    set_committees(person=made["member"], panels=committees(london_day(at)), by=boss, at=at)
    _use_every_section(boss, next_moment())
    return made


def _use_every_section(by: User, at: datetime.datetime) -> None:
    """The administrator's choice: all sections, those that start off too, and the sources that are followed already."""
    before = current_choice(london_day(at))
    choose_sections(sections=tuple(Section), source_keys=before.followed_keys, token=before.token, by=by, at=at)


def let_people_wait(people: dict[str, User], next_moment) -> None:
    """Add an invitation, and a change of role that waits for a second administrator."""
    boss = people["administrator"]
    asked: dict[str, Any] = {"email": "tom.averley@marches.example", "name": "Tom Averley", "role": Role.OPCC_OFFICER}
    invite(**asked, by=boss, at=next_moment())
    person = User.objects.get(pk=people["second officer"].pk)
    person.role = Role.APPROVING_OFFICER
    change_account(person=person, reason="He covers for Margaret.", by=boss, at=next_moment())


def add_webhook(people: dict[str, User], next_moment) -> None:
    """Add a webhook for the force's own system. It is switched off: the demonstration connects to nothing."""
    boss, events = people["administrator"], [WebhookEvent.CLOSURE_DECIDED]
    about: dict[str, Any] = {"name": "Westmarch action tracker", "url": "https://tracker.westmarch.example/oversight"}
    made = webhooks.add_webhook(**about, events=events, by=boss, at=next_moment())
    webhooks.change_webhook(webhook=made.webhook, **about, events=events, is_on=False, by=boss, at=next_moment())


def _add_person(person: DemoPerson, forces: dict, by, at) -> User:
    record = User(email=person.email, name=person.name, role=person.role, force=forces.get(person.force))
    record.set_password(person.password)
    return records.keep(record=record, by=None if person.role in WRITING_ROLES else by, at=at)


def _add_body(forces, by, next_moment) -> None:
    body = PolicingBody(
        name="Police, Fire and Crime Commissioner for the Marches",
        slug="marches",
        kind=BodyKind.FIRE_COMMISSIONER,
        office_name="Marches OPCC",
        holder="Alun Prosser",
        office_address="Tollgate House\n4 Castle Row\nAldermere",
        office_email="scrutiny@marches.example",
        since=SINCE,
    )
    records.keep(record=body, by=by, at=next_moment())
    for force in forces:
        since = FIRE_SINCE if force.slug == FIRE else SINCE
        records.keep(record=Oversight(body=body, force=force, since=since), by=by, at=next_moment())
    for facts in RECIPIENTS:
        records.keep(record=Recipient(**facts), by=by, at=next_moment())
    for name, kind in PANELS:
        facts = _channel(name, next(iter(forces))) if kind == PanelKind.CHANNEL else {}
        records.keep(record=Panel(name=name, kind=kind, body=body, **facts), by=by, at=next_moment())


def _channel(name: str, force: Force) -> dict:
    town = name.partition(" ")[0]
    council = f"{town} Council"
    chair = f"Head of community safety, {council}"
    return {"force": force, "local_authority": council, "area": town, "chair": chair, "frequency": Frequency.MONTHLY}
