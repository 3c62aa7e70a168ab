"""Every form that changes a record, filled in as a browser sends it: the page's own fields, and what a person types."""

from dataclasses import dataclass, field

from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.people.records import mark_of
from recommendations.models import RagRule
from tests.security.filled.accountability import about_accountability
from tests.security.filled.accounts import about_accounts
from tests.security.filled.action_plans import about_action_plans
from tests.security.filled.actions import about_actions
from tests.security.filled.api import about_tokens
from tests.security.filled.calendars import about_calendars
from tests.security.filled.evidence import about_evidence
from tests.security.filled.force_pages import about_force_pages
from tests.security.filled.legacy_reviews import about_legacy_reviews
from tests.security.filled.notes import about_notes
from tests.security.filled.papers import about_checks, about_requests
from tests.security.filled.reminders import about_reminders
from tests.security.filled.retention import about_retention
from tests.security.filled.sheets import about_sheets, brought_in
from tests.security.filled.similar import about_similar
from tests.security.rules import ADMIN_RULES, RULES
from tests.views.form_of import fields_among


def facts_of(record) -> dict:
    """The fields of an administrator's form about a record, as a browser sends them."""
    values = {each.name: each.value_from_object(record) for each in record._meta.concrete_fields if each.editable}
    return {name: value for name, value in values.items() if value is not None} | {"seen": mark_of(record) or ""}


@dataclass(frozen=True)
class Form:
    """A form of a page. `page` is where it stands, `action` where it goes; `who` fills it in."""

    name: str
    page: str
    action: str
    typed: dict
    who: str = "officer"
    before: tuple = field(default=())  # (address, what is sent) that leads to the page, where a GET does not
    id: str = ""  # of the form, where several of the page go there

    def read(self, world) -> tuple[dict, set[str]]:
        """What the page fills in by itself, and the names of all that it asks for. A page is read once for a module."""
        if self.before:
            return self._read(world)
        key = (self.who, self.page, self.action, self.id)
        if key not in world.forms_read:
            world.forms_read[key] = self._read(world)
        own, shown = world.forms_read[key]
        return dict(own), set(shown)

    def _read(self, world) -> tuple[dict, set[str]]:
        client = world.clients[self.who]
        answer = client.post(*self.before) if self.before else client.get(self.page, follow=True)
        forms = LexborHTMLParser(answer.content.decode()).css(f"form[method=post]{f'#{self.id}' if self.id else ''}")
        (form,) = [form for form in forms if self._is_mine(form.attributes.get("action") or "")]
        named = [element for element in form.css("[name]") if element.tag != "button"]
        return fields_among(named), {element.attributes["name"] for element in named}

    def filled(self, world) -> dict:
        own, _ = self.read(world)
        return own | self.typed

    def _is_mine(self, action: str) -> bool:
        """By its address; a form without one goes to the page that it stands on."""
        if not action:
            return self.page == self.action
        return action.partition("#")[0].partition("?")[0] == self.action.partition("?")[0]


def forms(world) -> list[Form]:
    return [
        *about_tracked(world),
        *about_many(world),
        *about_inspections(world),
        *about_commitments(world),
        *about_evidence(world, Form),
        *about_retention(world, Form),
        *about_reminders(world, Form),
        *about_calendars(world, Form),
        *about_tokens(world, Form),
        *about_responses(world),
        *about_chief_officers(world),
        *about_force_comments(world),
        *about_ahead(world),
        *about_papers(world),
        *about_force_pages(world, Form),
        *about_action_plans(world, Form),
        *about_meetings(world),
        *about_rounds(world),
        *about_notes(world, Form),
        *about_similar(world, Form),
        *about_legacy_reviews(world, Form),
        *about_accountability(world, Form),
        *about_actions(world, Form),
        *kept(world),
        *about_accounts(world, Form),
        *brought_in(world, Form),
        *about_sheets(world, Form),
    ]


def one_of_each_right(every: list[Form]) -> list[Form]:
    """Of these, a form for each right that one takes."""
    return [*{(RULES | ADMIN_RULES)[form.name]: form for form in every}.values()]


def about_tracked(world) -> list[Form]:
    def on(record, name: str, typed: dict, who: str = "officer", **kwargs) -> Form:
        action = reverse(name, args=[record.pk])
        return Form(name, kwargs.pop("page", action), action, typed, who, **kwargs)

    withdrawn = reverse("withdraw", args=[world.open_a.pk, "force-update", world.rows_a.ours.pk])
    slip = reverse("withdraw_recheck", args=[world.closed_a.pk, world.closed_a.rechecks.latest("pk").pk])
    return [
        on(world.open_a, "log_force_update", {"done": "Seen to.", "forecast_on": "1/5/2027"}, "lead_a"),
        on(world.open_a, "record_assurance", {"view": "not_assured", "rationale": "Not seen."}),
        on(world.open_a, "record_inspectorate_status", {"status": "being_progressed", "source": "The portal."}),
        on(world.open_a, "set_target", {"target_on": "1/6/2027", "reason": "Delay.", "cause": "other"}, "lead_a"),
        on(world.open_a, "weigh", {"risk": "low", "why": "Seldom."}),
        on(world.open_a, "record_delay", {"cause": "scope", "mitigation": "A sergeant looks."}, "lead_a"),
        on(world.open_a, "request_closure", {"outcome": "implemented", "reason": "Done."}, "lead_a"),
        on(world.pending_a, "approve_closure", {"reason": "Agreed."}, "approver"),
        on(world.pending_a, "decline_closure", {"reason": "Not yet."}, "approver"),
        on(world.closed_b, "recheck", {"answer": "held", "saw": "Two visits."}),
        on(world.closed_a, "agree_slip", {"reason": "Agreed."}, "approver"),
        on(world.closed_a, "decline_slip", {"reason": "One night only."}, "approver"),
        on(world.closed_b, "reopen", {"reason": "It failed."}),
        *about_parts(world, on),
        on(world.open_a, "restrict", {"reason": "An operation runs.", "effective_on": ""}),
        on(world.restricted_a, "lift_restriction", {"reason": "It is over.", "effective_on": ""}),
        on(world.open_a, "edit_tracked", {"opcc_lead": "Bo", "reason": "A new lead."}),
        on(
            world.open_a,
            "register_add_update",
            {"done": "Seen to."},
            "lead_a",
            page=f"{reverse('register')}?add={world.open_a.pk}",
        ),
        Form("withdraw", withdrawn, withdrawn, {"reason": "Typed twice."}),
        Form("withdraw_recheck", slip, slip, {"reason": "Of another force."}),
    ]


def about_parts(world, on) -> list[Form]:
    """A recommendation with one part done, one that waits, one that is open; the force does not accept it."""
    first, second, third = (str(part.pk) for part in world.parts_a.recommendation.parts.all())
    of = world.parts_a
    return [
        on(of, "request_part_closure", {"part": third, "reason": "Done.", "evidence": "The log."}, "lead_a"),
        on(of, "decide_part_closure", {"part": second, "decision": "approve", "reason": "Seen."}, "approver"),
        on(of, "reopen_part", {"part": first, "reason": "It failed."}),
        on(of, "record_dispute_reason", {"text": "It is not ours.", "said_by": "DCC Ames"}, "lead_a"),
        on(of, "record_dispute_reply", {"text": "It stands.", "said_by": "HM Inspector"}),
        on(of, "decide_dispute", {"decision": "agrees", "text": "We were wrong.", "review_on": "1/6/2027"}, "approver"),
    ]


def about_many(world) -> list[Form]:
    """The last step of each change to many: what was filled in, and what will happen, shown."""
    action, undo = reverse("change_many"), reverse("bulk_change", args=[world.changed_a.pk])
    chosen = {"selected": f"{world.open_a.pk} {world.shared_a.pk} {world.closed_a.pk}", "step": "show"}

    def step(act: str, filled: dict, who: str) -> Form:
        return Form(
            "change_many", action, action, {"step": "change"}, who, before=(action, chosen | {"act": act} | filled)
        )

    return [
        step("leads", {"opcc_lead": "Bo", "no_business_lead": "on", "reason": "New posts."}, "officer"),
        step("target", {"target_on": "1/6/2027", "reason": "Delay."}, "lead_a"),
        step("closure", {"outcome": "implemented", "reason": "Done."}, "lead_a"),
        Form("bulk_change", undo, undo, {"reason": "The wrong list."}),
        step("status", {"status": "complete", "source": "The portal."}, "officer"),
        step("update", {"done": "Seen to.", "said_by": "DCC Ames"}, "lead_a"),
        step("stage", {"stage": "pending_sign_off", "done": "Seen to."}, "lead_a"),
        step("assurance", {"view": "assured", "rationale": "Seen."}, "officer"),
    ]


def about_inspections(world) -> list[Form]:
    def at(name: str, args: list, typed: dict) -> Form:
        address = reverse(name, args=args)
        return Form(name, address, address, typed)

    asked = world.open_a.recommendation
    facts = {
        "title": "A new inspection",
        "short_name": "New 26",
        "kind": "custody",
        "published_on": "1/9/2026",
        "forces": [world.force_a.pk],
    }
    add = reverse("add_inspection")
    made = {"made_to": world.force_a.slug, "published_on": "1/9/2026"}
    return [
        Form("add_inspection", add, add, facts | {"title": "Another inspection"}, before=(add, {})),
        at("add_source", ["hmicfrs"], facts),
        at(
            "add_source", ["iopc"], {"made_to": world.force_a.slug, "title": "Searches", "short_name": "IOPC 26"} | made
        ),
        at("edit_inspection", [world.inspection_a.pk], {"short_name": "Cu 26", "reason": "Shorter."}),
        at("begin_response", [world.inspection_both.pk], {}),
        at("add_recommendation", [world.inspection_a.pk], {"number": "10", "text": "The force should write."}),
        at("edit_recommendation", [asked.inspection_id, asked.pk], {"heading": "Call bells", "reason": "Clearer."}),
    ]


def about_commitments(world) -> list[Form]:
    """To follow a sentence, to check it, to change who keeps it, to withdraw a check."""
    followed = world.commitment_a.pk
    page = reverse("commitment", args=[followed])
    mark = reverse("mark_commitment", args=[world.response_a.pk])
    withdraw = reverse("withdraw_check", args=[followed, world.check_a.pk])
    check, edit = (reverse(f"{verb}_commitment", args=[followed]) for verb in ("check", "edit"))
    return [
        Form("mark_commitment", mark, mark, {"quote": "We welcome this.", "check_on": "1/6/2027"}),
        Form("check_commitment", page, check, {"outcome": "kept", "said": "Seen."}),
        Form("edit_commitment", edit, edit, {"keeper": "Bo", "next_on": "1/6/2099", "reason": "Later."}),
        Form("withdraw_check", withdraw, withdraw, {"reason": "Wrong."}),
    ]


def about_responses(world) -> list[Form]:
    """Submitting, deciding, taking back, correcting and withdrawing."""

    def of(response, name: str, typed: dict, who: str = "officer", page: str = "") -> Form:
        action = reverse(name, args=[response.pk])
        return Form(name, (page and reverse(page, args=[response.pk])) or action, action, typed, who)

    drafts = world.drafts_a
    outside = {"approved_by": "Alun Prosser", "approved_on": "7/11/2026", "evidence": "An email."}
    return [
        of(drafts.drafting, "draft_response", {"do": "submit"}),
        of(drafts.submitted, "approve_response", {"decision": "approve"}, "approver"),
        of(drafts.submitted, "approve_response", {"decision": "send_back", "remarks": "Say when."}, "approver"),
        of(drafts.submitted, "record_outside_approval", outside, page="response"),
        of(drafts.approved, "take_back_response", {"reason": "A new figure."}),
        of(world.response_a, "correct_response", {}, page="response"),
        of(drafts.drafting, "withdraw_response", {"reason": "Not needed."}),
    ]


def about_force_comments(world) -> list[Form]:
    """A draft that is complete, once more; then it is submitted."""
    submit = reverse("submit_comments", args=[world.invited_a.complete.pk])
    return [Form("submit_comments", submit, submit, {}, "lead_a")]


def about_chief_officers(world) -> list[Form]:
    """Inviting, sending, moving the day, recording and withdrawing comments; a copy of what was published."""
    of, slug = world.asked_a, world.force_a.slug

    def at(name: str, args: list, typed: dict) -> Form:
        address = reverse(name, args=args)
        return Form(name, address, address, typed)

    said = {"do": "record", "text": "The force agrees.", "dated_on": "7/11/2026"}
    return [
        at("invite_to_comment", [of.begun.pk, slug], {"due_on": "1/2/2099", "way": "own"}),
        at("record_invitation_sent", [of.invited.pk, slug], {"sent_how": "By post.", "sent_on": "7/11/2026"}),
        at("move_invitation_day", [of.invited.pk, slug], {"due_on": "1/2/2099", "reason": "A new chief constable."}),
        at("record_comments", [of.invited.pk, slug], said),
        at("withdraw_comments", [of.said.pk, of.comments.pk], {"reason": "A wrong file."}),
        at("record_copy", [world.response_a.pk, world.recipient.pk], {"sent_how": "By post."}),
    ]


def about_ahead(world) -> list[Form]:
    """Planning, saying what was said since, the report, withdrawing; grades and the stage of a force."""
    slug, page = world.force_a.slug, world.plan_a.get_absolute_url()

    def at(name: str, args: list, typed: dict, page: str = "") -> Form:
        address = reverse(name, args=args)
        return Form(name, page or address, address, typed)

    planned = {"title": "Vetting next", "kind": "integrity", "expected": "May 2099", "source": "A letter."}
    given = {"effective_on": "7/11/2026", "source": "The report.", "area-1": "Vetting", "grade-1": "good"}
    said, entry = {"effective_on": "7/11/2026", "source": "The site."}, [world.plan_a.pk, world.announcement_a.pk]
    return [
        at("plan_inspection", [], planned | {"said_on": "7/11/2026"}),
        at("change_plan", [world.plan_a.pk], {"expected": "May 2099", "source": "A call."}, page),
        at("link_plan", [world.plan_a.pk], {"inspection": world.came_a.pk}, f"{page}?form=link"),
        at("withdraw_plan", [world.plan_a.pk], {"reason": "Wrong."}, f"{page}?form=withdraw"),
        at("record_answer", [world.iopc.pk, "seen"], {"effective_on": "7/11/2026"}),
        at("withdraw_announcement", entry, {"reason": "Wrong."}),
        at("record_grades", [slug], given),
        at("withdraw_grade", [slug, world.grade_a.pk], {"reason": "Wrong."}),
        at("record_monitoring_stage", [slug], said | {"stage": "scan"}),
        at("withdraw_monitoring_stage", [slug, world.stage_a.pk], {"reason": "Wrong."}),
    ]


def about_papers(world) -> list[Form]:
    page = reverse("add_paper")
    drafted = {"force": world.force_a.pk, "period": "other", "start": "1/1/2026", "end": "31/3/2026"}
    final, words = world.final_a.pk, reverse("paper_words", args=[world.draft_a.pk])
    return [
        Form("add_paper", page, page, drafted),
        Form("paper_words", words, words, {"view": "assured", "view_words": "They did.", "questions": "When?"}),
        Form("correct_paper", reverse("paper", args=[final]), reverse("correct_paper", args=[final]), {}),
        *about_requests(world, Form),
        *about_checks(world, Form),
    ]


def about_meetings(world) -> list[Form]:
    """Planning meetings, recording who came, and the rest of what is done with one."""

    def at(name: str, args: list, typed: dict, who: str = "officer") -> Form:
        address = reverse(name, args=args)
        return Form(name, address, address, typed, who=who)

    found, member = world.meetings_a, world.member_a
    ways = {f"m{member.pk}-how": "apologies", "p0-name": "Lee Watts", "p0-body": "Police", "p0-how": "substitute"}
    paste = reverse("paste_attendance", args=[found.past.pk])
    list_sent = (paste, {"text": f"Apologies: {member.name}\nMoses Vale"})
    listed = {"l1-who": "other", "l1-body": "Council"}
    return [
        at("plan_meetings", [world.channel_a.pk], {"on": "7/1/2099", "start": "10:00"}),
        at("withdraw_member", [world.member_a.pk], {"reason": "Added twice."}, "administrator"),
        at("show_panel", [world.channel_a.pk], {"reason": "It meets in public."}, "approver"),
        at("record_attendance", [found.past.pk], ways | {"p0-substitute_for": member.pk}),
        Form(
            "confirm_attendance", paste, reverse("confirm_attendance", args=[found.past.pk]), listed, before=list_sent
        ),
        at("withdraw_attendance", [found.held.pk], {"reason": "Of another meeting."}),
        at("change_meeting", [found.ahead.pk], {"on": "8/1/2099", "reason": "Ill."}),
        at("cancel_meeting", [found.ahead.pk], {"why": "No case."}),
        at("withdraw_meeting", [found.ahead.pk], {"reason": "A mistake."}),
        at("withdraw_meeting_file", [found.held.pk, found.file.pk], {"reason": "Of another meeting."}),
    ]


def about_rounds(world) -> list[Form]:
    """Asking, answering, deciding about the answer that waits, and closing."""
    page, ask = reverse("round", args=[world.round_a.pk]), reverse("add_round")
    answer = [world.round_a.pk, world.answers_a.released.pk]
    close, release = (reverse(name, args=[world.round_a.pk]) for name in ("close_round", "release_answers"))
    sheet = reverse("check_round_sheet", args=[world.round_a.pk, world.office_sheet_a.token])
    return [
        Form("release_answers", release, release, {}, "lead_a"),
        Form("check_round_sheet", sheet, sheet, {}),
        Form("add_round", ask, ask, {"name": "Next round", "due_on": "1/2/2099", "note": "In short."}),
        Form("accept_answer", page, reverse("accept_answer", args=answer), {}),
        Form("return_answer", page, reverse("return_answer", args=answer), {"question": "How many?"}),
        Form("close_round", close, close, {}),
    ]


def kept(world) -> list[Form]:
    """What administrators keep."""

    def form(kind: str, typed: dict, record=None, *, shown: dict | None = None) -> Form:
        """`shown` is what is sent first, where the form says what it changes before it is saved."""
        name = f"admin:recommendations_{kind}_{'change' if record else 'add'}"
        address = reverse(name, args=[record.pk] if record else [])
        before = (address, {"once": kind} | shown | typed) if shown is not None else ()
        return Form(name, address, address, typed, "administrator", before)

    link = world.oversight
    force = {"name": "New Police", "short_name": "New", "slug": "new", "reference_prefix": "NP"}
    body = {"name": "A board", "slug": "board", "kind": "board", "office_name": "The board's office"}
    return [
        form("force", force),
        form("force", {"short_name": "West", "reason": "Shorter."}, world.force_a),
        form("user", {"name": "Hannah Married", "reason": "Her new name."}, world.people["officer"]),
        form("policingbody", body),
        form("policingbody", {"holder": "Ada Ash", "from_day": "1/5/2026", "reason": "Elected."}, world.body),
        form("formerforcedetails", {"chief_officer": "A. Chief", "reason": "Left out."}, world.former_force),
        form("formerbodydetails", {"holder": "A. Holder", "reason": "Misspelt."}, world.former_body),
        form("panel", {"name": "A panel", "kind": "audit"}),
        form(
            "panelmember",
            {"name": "Lee Watts", "body": "A council", "panel": world.channel_a.pk, "since": "1/5/2026"},
        ),
        form("custodysuite", {"name": "North custody", "force": world.force_a.pk}),
        form("peelcycle", {"name": "PEEL 2030–32", "since": "1/4/2030"}),
        form("oversight", {"until": "1/1/2030", "reason": "It ends."}, link, shown=facts_of(link)),
        form("label", {"vocabulary": "stage", "key": "later", "words": "Later"}, shown={"position": 0}),
        form("ragrule", {"since": "1/1/2098"}, shown=facts_of(RagRule())),
        form("bankholiday", {"on": "9/6/2031", "name": "A jubilee", "source": "The London Gazette"}),
        form("recipient", {"kind": "other", "name": "The library", "address": "Castle Row"}),
    ]
