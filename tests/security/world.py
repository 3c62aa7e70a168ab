"""Two forces with a record of every kind, and somebody of every persona: what the permission tests walk through.

Every text of the second force carries the canary, a mark that nobody of the first force may ever receive.
"""

import datetime
from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from django.test import Client

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.people import records
from recommendations.domain.people.sessions import BEGUN
from recommendations.domain.register import closures, voices
from recommendations.domain.register.bulk import verbs as bulk
from recommendations.domain.register.rechecks import rechecks
from recommendations.domain.register.rechecks.plans import LookPlan
from recommendations.domain.responses.imported import NewComment, PublishedResponse
from recommendations.domain.risk.delays import record_delay
from recommendations.domain.risk.weights import weigh
from recommendations.domain.search.following import rebuild_at_end
from recommendations.enums import InspectionKind, PanelKind, Role
from recommendations.models import (
    BankHoliday,
    Force,
    Label,
    Oversight,
    Panel,
    PolicingBody,
    RagRule,
    TrackedRecommendation,
    TrailEntry,
)
from tests.conftest import AT, PUBLISHED, TODAY, make_person
from tests.makers.responses import bring_in
from tests.security.worlds.accounts import build_accounts, seat_member
from tests.security.worlds.action import build_actions
from tests.security.worlds.action_plan import build_action_plans
from tests.security.worlds.ahead import build_ahead, build_cycle
from tests.security.worlds.api import build_tokens, send_tokens
from tests.security.worlds.attachment import build_attachments
from tests.security.worlds.calendar import build_calendars
from tests.security.worlds.commitment import build_commitment
from tests.security.worlds.custody import build_custody
from tests.security.worlds.evidence import build_evidence
from tests.security.worlds.force_page import build_force_pages
from tests.security.worlds.former import build_former_details
from tests.security.worlds.indicator import build_indicator
from tests.security.worlds.layout import build_layouts
from tests.security.worlds.legacy_review import build_legacy_review
from tests.security.worlds.meeting import build_meetings
from tests.security.worlds.note import build_notes
from tests.security.worlds.papers.build import build_draft_file
from tests.security.worlds.papers.check import build_checks
from tests.security.worlds.papers.joint import build_joint
from tests.security.worlds.papers.restriction import build_restricted, build_third_force
from tests.security.worlds.parts import make_parts
from tests.security.worlds.register_export import make_register_export
from tests.security.worlds.request import answer_before_filing, build_requests
from tests.security.worlds.responses.chief_officer import build_chief_officer, build_recipient
from tests.security.worlds.responses.draft import build_drafts
from tests.security.worlds.responses.force_comments import build_comments
from tests.security.worlds.retention import build_retention
from tests.security.worlds.round import build_round
from tests.security.worlds.saved_views import make_saved_views
from tests.security.worlds.sheet import build_sheet
from tests.security.worlds.similar import build_similar
from tests.security.worlds.source import build_sources
from tests.security.worlds.succession import build_successions
from tests.security.worlds.webhook import build_webhook
from tests.shared_builds import shared

CANARY = "zqcanary"
PASSWORD = "a long enough password"
HOUR = datetime.timedelta(hours=1)
PERSONAS = (
    "anonymous",
    "lead_a",
    "lead_b",
    "member",
    "officer",
    "approver",
    "administrator",
    "deactivated",
    "no_factor",
    "lead_no_factor",
)


_planted: dict[str, int] = {}


class FormsRead(dict):
    """What pages fill into their forms (filled/): a test starts from the world as another did, so it is the same."""

    def __deepcopy__(self, _) -> "FormsRead":
        return self


def plain(words: str) -> str:
    """The texts of the first force."""
    return words


def marked(words: str) -> str:
    """The texts of the second force: each with a canary of its own, the same for the same text."""
    number = _planted.setdefault(words, len(_planted) + 1)
    return f"{words} {CANARY}{number}."


def planted() -> dict[str, str]:
    """Each canary, and the text that it was put into."""
    return {f"{CANARY}{number}.": words for words, number in _planted.items()}


def force_record(name: str, prefix: str, say) -> Force:
    record = Force(
        name=say(f"{name} Police"),
        short_name=say(name),
        slug=name.lower(),
        reference_prefix=prefix,
        chief_officer_title=say("Chief constable"),
        chief_officer=say("A. Chief"),
        address=say("Police Headquarters"),
    )
    return records.keep(record=record, by=None, at=AT)


def build_office(world) -> None:
    """The body, the first force and the people of the office."""
    world.force_a = force_record("Westmarch", "WM", plain)
    facts = {"name": "The Commissioner", "slug": "marches", "kind": "commissioner", "office_name": "Marches OPCC"}
    world.body = records.keep(record=PolicingBody(**facts), by=None, at=AT)
    world.panel = records.keep(record=Panel(name="Audit committee", kind=PanelKind.AUDIT), by=None, at=AT)
    oversee(world, world.force_a)
    world.people = {
        "officer": make_person("Hannah Whitlock", Role.OPCC_OFFICER),
        "approver": make_person("Margaret Osei", Role.APPROVING_OFFICER),
        "lead_a": make_person("Callum Tranter", Role.FORCE_INSPECTION_LEAD, world.force_a),
        "member": make_person("Ravi Menon", Role.COMMITTEE_MEMBER),
        "administrator": make_person("Joe Brandreth", Role.ADMINISTRATOR),
        "deactivated": make_person("Gone Away", Role.APPROVING_OFFICER),
        "no_factor": make_person("New Starter", Role.APPROVING_OFFICER),
        "lead_no_factor": make_person("New Lead", Role.FORCE_INSPECTION_LEAD, world.force_a),
    }
    seat_member(world)


def build_second_force(world) -> None:
    """The second force and its inspection lead, whose own name carries the canary."""
    world.force_b = force_record("Eastvale", "EV", marked)
    oversee(world, world.force_b)
    lead = make_person("Ines Pryce", Role.FORCE_INSPECTION_LEAD, world.force_b)
    lead.name = marked(lead.name)
    world.people["lead_b"] = records.keep(record=lead, by=None, at=AT)


def oversee(world, force) -> None:
    link = Oversight(body=world.body, force=force, since=datetime.date(2012, 11, 22))
    world.oversight = records.keep(record=link, by=None, at=AT)


def build_records(world, letter: str, say) -> None:
    """An inspection of one force with an open, a pending and a closed recommendation, a response and two papers."""
    force = getattr(world, f"force_{letter}")
    inspection = inspections.add_inspection(
        forces=[force],
        title=say(f"Custody in {force.slug}"),
        short_name=say("Cus"),
        kind=InspectionKind.CUSTODY,
        published_on=PUBLISHED,
        lead_inspectorate=say("HMICFRS"),
        joint_inspectorates=say("HMIP"),
        link=f"https://example.org/{CANARY if say is marked else 'report'}",
        by=world.people["officer"],
        at=AT,
    )
    setattr(world, f"inspection_{letter}", inspection)
    for number, name in enumerate(("open", "pending", "closed"), start=1):
        setattr(world, f"{name}_{letter}", ask(world, inspection, force, str(number), say))
    speak(world, letter, say)
    end(world, letter, say)
    setattr(world, f"parts_{letter}", make_parts(world, letter, say, AT))
    setattr(world, f"response_{letter}", respond(world, inspection, force, say))
    setattr(world, f"draft_{letter}", draft(world, force, 4, 6))
    setattr(world, f"final_{letter}", finalised(world, letter, force, say))
    build_requests(world, letter, say)
    build_draft_file(world, letter, say)


def ask(world, inspection, force, number: str, say) -> TrackedRecommendation:
    leads = {name: say("Ann Lead") for name in ("chief_officer_lead", "business_lead", "opcc_lead")}
    new = NewRecommendation(
        number=number,
        text=say(f"The force should test xylophone {number}."),
        heading=say("Bells"),
        parts=(say("In each suite"),),
        addressees=(say("Chief constables"),),
        deadline_words=say("By the end of March 2027"),
        deadline_kind="month",
        deadline_on=datetime.date(2027, 3, 31),
        leads=leads | {"portal_reference": say(f"P{number}")},
    )
    made = inspections.add_recommendation(inspection=inspection, new=new, by=world.people["officer"], at=AT)
    return TrackedRecommendation.objects.get(recommendation=made, force=force)


def speak(world, letter: str, say) -> None:
    """Every voice on the open recommendation: what the force recorded, and what the office did."""
    tracked, lead, officer = getattr(world, f"open_{letter}"), world.people[f"lead_{letter}"], world.people["officer"]
    told = {"done": say("Bells are tested."), "evidence": say("A log."), "said_by": say("Sgt Hale")}
    about = {"tracked": tracked, "at": AT + HOUR}
    theirs = voices.log_force_update(by=lead, **told, **about)
    ours = voices.log_force_update(by=officer, **told, **about)
    assured = voices.record_assurance(
        view="assured", rationale=say("Seen."), looked_at=say("The log."), by=officer, **about
    )
    weighed = weigh(risk="high", why=say("Nobody looks."), by=officer, **about)
    delayed = record_delay(
        cause="resources",
        words=say("Two short."),
        mitigation=say("A sergeant looks."),
        said_by=say("DI Nash"),
        by=lead,
        **about,
    )
    status = voices.record_inspectorate_status(status="complete", source=say("The portal."), by=officer, **about)
    targets = [
        voices.set_target(target_on=day, reason=say("Delay."), set_by=say("DCC Ames"), by=lead, **about)
        for day in (datetime.date(2027, 1, 31), datetime.date(2027, 2, 28))
    ]
    wrong = voices.log_force_update(by=lead, **told, **about)
    voices.withdraw(row=wrong, reason=say("Typed twice."), by=lead, at=AT + 2 * HOUR)
    rows = {"theirs": theirs, "ours": ours, "assured": assured, "status": status, "target": targets[-1]}
    rows |= {"weighed": weighed, "delayed": delayed}
    setattr(world, f"rows_{letter}", SimpleNamespace(**rows))


def end(world, letter: str, say) -> None:
    """One closure that waits, one that was approved after a decline and a reopening, and is to be looked at again.

    The first force's was found to have slipped, and waits for a decision.
    """
    lead, approver, officer = (world.people[name] for name in (f"lead_{letter}", "approver", "officer"))
    words = {"outcome": "implemented", "reason": say("Done."), "evidence": say("Minutes.")}
    closures.request_closure(tracked=getattr(world, f"pending_{letter}"), by=lead, at=AT + HOUR, **words)
    closed = getattr(world, f"closed_{letter}")
    closures.request_closure(tracked=closed, by=lead, at=AT + HOUR, **words)
    closures.decline_closure(tracked=closed, reason=say("Not yet."), by=approver, at=AT + 2 * HOUR)
    closures.request_closure(tracked=closed, by=lead, at=AT + 3 * HOUR, **words)
    closures.approve_closure(tracked=closed, reason=say("Agreed."), by=approver, at=AT + 4 * HOUR)
    closures.reopen(tracked=closed, reason=say("Failed again."), by=officer, at=AT + 5 * HOUR)
    closures.request_closure(tracked=closed, by=lead, at=AT + 6 * HOUR, **words)
    look = LookPlan(TODAY + datetime.timedelta(days=90), say("Nothing came back."))
    closures.approve_closure(tracked=closed, reason=say("Agreed."), look=look, by=approver, at=AT + 7 * HOUR)
    if letter == "a":
        rechecks.report_slip(tracked=closed, saw=say("Two visits."), by=officer, at=AT + 8 * HOUR)


def respond(world, inspection, force, say):
    published = PublishedResponse(
        title=inspection.title,
        short_name=inspection.short_name,
        kind=inspection.kind,
        body=world.body,
        body_name=say("The Commissioner"),
        published_on=PUBLISHED,
        responded_on=PUBLISHED + datetime.timedelta(days=30),
        narrative=(say("We welcome this."),),
        footnotes=({"mark": "1", "text": say("A note.")},),
        recommendations=(NewRecommendation(number="1", text=say("The force should test xylophone 1.")),),
        comments=(NewComment(say("We will watch."), (0,)),),
        chief_officer_comments=say("We agree."),
        reply=say("Good."),
        left_out=(say("Page 1 of 2"),),
        source_name=say("response.txt"),
        source_text=say(f"A response on {inspection.title}."),
        inspection=inspection,
    )
    people = {"by": world.people["officer"], "confirmed_by": world.people["approver"]}
    return bring_in(published, force, at=AT + HOUR, **people)


def draft(world, force, first: int, last: int):
    days = {"start": datetime.date(2026, first, 1), "end": datetime.date(2026, last, 30)}
    return papers.prepare(force=force, panel=world.panel, by=world.people["officer"], at=AT + 8 * HOUR, **days)


def finalised(world, letter: str, force, say):
    paper = draft(world, force, 7, 9)
    answer_before_filing(world, letter, paper, say)
    at = AT + 9 * HOUR
    figures = compile_figures(paper=paper, known_at=at)
    content = say("%PDF-1.7 not drawn, only kept").encode()
    files = {"content": content, "public": content}
    return papers.finalise(paper=paper, figures=figures, **files, by=world.people["approver"], at=at)


def build_rest(world) -> None:
    """What belongs to both forces or to none: a shared inspection, a label, a rule."""
    officer = world.people["officer"]
    world.inspection_both = inspections.add_inspection(
        forces=[world.force_a, world.force_b],
        title="Counter-terrorism everywhere",
        short_name="CT 26",
        kind=InspectionKind.THEMATIC,
        published_on=PUBLISHED,
        by=officer,
        at=AT,
    )
    new = NewRecommendation(number="1", text="Forces should meet.")
    made = inspections.add_recommendation(inspection=world.inspection_both, new=new, by=officer, at=AT)
    world.shared_a, world.shared_b = (made.tracked.get(force=force) for force in (world.force_a, world.force_b))
    voices.log_force_update(tracked=world.shared_b, done=marked("We met."), by=world.people["lead_b"], at=AT + HOUR)
    label = Label(vocabulary="stage", key="planned", words="Planned")
    world.label = records.keep(record=label, by=None, at=AT)
    world.rule = records.keep(record=RagRule(since=datetime.date(2099, 1, 1)), by=None, at=AT)


def sign_everybody_in(world) -> None:
    """A browser for each persona. Whoever was deactivated signed in before."""
    world.clients = {"anonymous": Client()}
    for persona, person in world.people.items():
        if "no_factor" not in persona:
            Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
        world.clients[persona] = Client()
        world.clients[persona].force_login(person)
        seem_busy(world.clients[persona])
    send_tokens(world)
    gone = world.people["deactivated"]
    gone.is_active = False
    records.keep(record=gone, by=None, at=AT + 9 * HOUR)


def seem_busy(client: Client) -> None:
    """Let somebody have been seen an hour from now: what a request writes is undone, so each would note it again."""
    session = client.session
    session[BEGUN] |= {"seen": session[BEGUN]["seen"] + HOUR.total_seconds()}
    session.save()


def change_together(world) -> TrailEntry:
    """A change of many by the office, as the trail tells it."""
    by, rows = {"by": world.people["officer"]}, [world.closed_a.pk, world.closed_b.pk]
    versions = dict(TrackedRecommendation.objects.filter(pk__in=rows).values_list("pk", "version"))
    bulk.give_leads_to_many(versions=versions, leads={"opcc_lead": "Bo"}, at=AT + 40 * HOUR, **by)
    return TrailEntry.objects.order_by("sequence").last()


@shared(after_copy=lambda world: _planted.update(world.planted))
def build_world() -> SimpleNamespace:
    """Everything above, in order. What is searched is built once, of all of it."""
    world = SimpleNamespace(forms_read=FormsRead())
    with rebuild_at_end():
        _build_all(world)
    sign_everybody_in(world)
    world.planted = dict(_planted)
    return world


def _build_all(world) -> None:
    says = {"a": plain, "b": marked}
    build_office(world)
    build_second_force(world)
    _build_both(world, says, build_records)
    build_rest(world)
    _build_both(world, says, build_round, build_commitment, build_meetings, build_custody, build_evidence)
    _build_both(world, says, build_attachments, build_indicator, build_drafts)
    make_register_export(world, plain)
    build_recipient(world)
    _build_both(world, says, build_chief_officer, build_comments, build_checks)
    build_accounts(world)
    build_cycle(world)
    build_legacy_review(world)  # before sheets: what they bring in is in no review, so that it can be undone
    _build_both(world, says, build_ahead, build_restricted, build_actions, build_similar, build_sheet)
    build_third_force(world, force_record, plain)
    build_force_pages(world)
    build_action_plans(world)
    build_joint(world, says)
    world.calendars = build_calendars(world.people, AT)
    world.views = make_saved_views(world.people, plain, marked, AT)
    world.changed_a = change_together(world)
    _build_both(world, says, build_notes)
    for build in (build_retention, build_sources, build_webhook, build_layouts, build_successions):
        build(world)
    world.tokens = build_tokens(world, marked)
    day, source = datetime.date(2030, 6, 3), "The London Gazette, 1 May 2029"
    world.holiday = records.keep(record=BankHoliday(on=day, name="A jubilee", source=source), by=None, at=AT)
    build_former_details(world, marked)


def _build_both(world, says: dict, *builders) -> None:
    """Build each of these for the first force and then for the second."""
    for build in builders:
        for letter, say in says.items():
            build(world, letter, say)
