"""Which pages there are and who asks for them: each address in its main states, and what it says to an empty form."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from recommendations import urls
from recommendations.sections import import_all
from tests.security.door import set_factor_up, sign_in
from tests.security.filled.forms import forms
from tests.security.line import Line
from tests.security.matrix import lines
from tests.security.matrix_lines import feed
from tests.security.rules import ADMIN_RULES
from tests.security.sign_in.device import hold_passkey
from tests.security.sign_in.sign_in_rules import SIGN_IN_RULES
from tests.security.walk import expected
from tests.security.world import PASSWORD

# What each kind of person is called in the name of a file, in the order in which they are asked for a page.
READERS = {
    "office": "officer",
    "approver": "approver",
    "force": "lead_a",
    "committee": "member",
    "administrator": "administrator",
    "public": "anonymous",
}
# Addresses that answer no page: a file, data, or the way to another page.
NO_PAGE = {
    *("export_register", "tracked_word", "inspection_word", "example_sheet", "compliance_csv", "response_draft"),
    *("tracked_files", "file"),
    *("comments_file", "factual_check_file", "meeting_file", "paper_build_file", "paper_file", "paper_register"),
    *("invitation_letter", "covering_letter", "round_sheet", "calendar_feed", "public_feed", "public_json"),
    *("public_csv", "public_file", "public_paper_file", "public_paper_register", "public_papers_feed"),
    *("public_force_file", "public_force_feed"),
    *("public_action_plan_file", "public_action_plan_feed"),
    *("legacy_review_csv", "judge_legacy", "enforce", "end_enforcement"),  # tests/views/inspections
    *("register_export_progress", "register_export_file"),
    *("saved_view", "open_with_view", "mark_view_seen"),
    *("build_progress", "sheet_progress", "read_typed_day", "save_draft_part", "save_typed", "save_drafts"),
    "choose_mails",
    *("draft_news", "mark_seen", "kept", "make_calendar_address", "end_calendar_address", "revoke_api_token"),
    *("api_openapi", "api_register", "api_tracked", "api_log_update", "api_inspections", "api_recommendations"),
    *("api_indicators", "api_record_values", "indicator_csv"),  # tests/views/indicators
    *("api_responses", "api_response", "api_commitments", "api_meetings", "api_people", "api_papers", "api_paper"),
    *("move_agenda_item", "remove_agenda_item", "release_meeting_page"),  # tests/views/accountability
    *("api_accountability_meetings", "public_meeting_file", "public_meeting_feed", "meeting_document"),
    *("api_rounds", "api_round", "api_answer_round", "api_actions", "tick_actions"),
    *("accept_answer", "build_draft", "confirm_response", "correct_paper", "correct_response", "drop_correction"),
    *("gallery", "security_txt", "admin:login", "mfa_download_recovery_codes", "mfa_login_webauthn", "export_events"),
    "admin:recommendations_user_changelist",  # it leads to the one list of people
    *("entra", "entra_callback", "entra_sign_out", "signed_out"),  # where there is Microsoft Entra: tests/journeys
    # What these say is of the moment: tests/views/audit asks them.
    *("security_events", "own_sessions", "person_sessions", "own_tokens", "all_tokens"),
    *("act_on_webhook", "send_webhook_again", "export_layouts", "retire_register_layout"),
    *(f"feed_{table}" for table in feed.TABLES),
}
# The sign-in's addresses are asked for by whoever is at that step.
SIGNING_IN = {
    "account_change_password": "with a factor",
    "account_logout": "office",
    "account_reauthenticate": "office",
    "mfa_activate_totp": "without a factor",
    "mfa_authenticate": "after the password",
    "mfa_reauthenticate": "with a factor",
} | dict.fromkeys(
    (
        *("mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
        *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"),
        "mfa_reauthenticate_webauthn",
    ),
    "with a factor",
)


OF_ONE_PASSKEY = ("mfa_edit_webauthn", "mfa_remove_webauthn")
OF_PASSKEYS = ("mfa_add_webauthn", "mfa_edit_webauthn")  # their forms have something to be empty


class Asked(NamedTuple):
    """One page of a file: its state in a word, who asks, and for what; `sent` is a form that leads to it."""

    state: str
    reader: str
    url: str
    sent: dict | None = None


def subjects() -> dict[str, str]:
    """Each address that answers a page, with the folder that its text is in."""
    found = dict.fromkeys(SIGN_IN_RULES, "account") | dict.fromkeys(ADMIN_RULES, "admin")
    for subject in import_all(urls.__name__):
        found |= {each.name: subject.__name__.split(".")[-1] for each in subject.urlpatterns}
    return {name: subject for name, subject in found.items() if name not in NO_PAGE}


def asked(world) -> dict[str, list[Asked]]:
    """All that is asked of each address."""
    table = defaultdict(list)
    for line in lines(world):
        table[line.name].append(line)
    found = {name: [*_read(world, of), *_empty(world, of)] for name, of in table.items() if name not in NO_PAGE}
    for form in forms(world):
        if form.before:
            found[form.name].append(_step(form))
    found["people_access"] = [*_people()]
    found["search"] += _searches()
    found["tracked"] += _tabs(world)
    return found | {name: [*_signing_in(name)] for name in SIGN_IN_RULES if name not in NO_PAGE}


def _people() -> Iterator[Asked]:
    """People's access: of somebody who cannot sign in any more, since what it says of others is of the moment."""
    for state, words in (("deactivated", "gone AWAY"), ("nobody found", "nobody")):
        yield Asked(state, "administrator", f"{reverse('people_access')}?q={words.replace(' ', '+')}")


def _tabs(world) -> Iterator[Asked]:
    """The tabs of a recommendation, beside what happened."""
    for tab in ("notes", "files", "evidence", "commitments", "indicators", "similar"):
        yield Asked(f"open, {tab}", "office", f"{world.open_a.get_absolute_url()}?tab={tab}")


def _searches() -> Iterator[Asked]:
    """What a search finds: of all kinds, of one, as at a day, by a misspelt word, and nothing."""
    for state, reader, asked in (
        ("found", "office", "q=bells"),
        ("found", "force", "q=bells"),
        ("found", "committee", "q=bells"),
        ("of one kind", "office", "q=bells&kind=recommendation&order=newest"),
        ("misspelt", "office", "q=bellz"),
        ("nothing found", "office", "q=bells+zeppelin&who=opcc"),
        ("as at a day", "force", "q=bells&as_at=6+November+2026"),
        ("no day", "office", "q=bells&as_at=soon&from=never"),
    ):
        yield Asked(state, reader, f"{reverse('search')}?{asked}")


def browsers(world) -> dict[str, Client]:
    """The browser of each reader, and of people on their way in."""
    found = {reader: world.clients[persona] for reader, persona in READERS.items()}
    for step, persona in (
        ("after the password", "officer"),
        ("without a factor", "no_factor"),
        ("with a factor", "lead_no_factor"),
    ):
        found[step] = Client()
        sign_in(world.people[persona].email, client=found[step])
    set_factor_up(found["with a factor"], PASSWORD)
    hold_passkey(world.people["lead_no_factor"])
    return found


def states(world) -> dict[str, dict[str, object]]:
    """The states that look different, with the arguments of each; of what is not here the first line of the matrix."""
    drafts, asked, invited = world.drafts_a, world.asked_a, world.invited_a
    checks, meetings, requests = world.checks_a, world.meetings_a, world.requests_a
    return {
        "tracked": {name: getattr(world, f"{name}_a").pk for name in ("open", "pending", "closed", "restricted")},
        "similar": {"suggested": world.similar_a.waits.pk, "linked": world.similar_a.old.pk},
        "add_source": {"of the IOPC": "iopc", "of HMICFRS": "hmicfrs"},
        "approve_closure": {"pending": world.pending_a.pk},
        "decline_closure": {"pending": world.pending_a.pk},
        "reopen": {"closed": world.closed_a.pk},
        "lift_restriction": {"restricted": world.restricted_a.pk},
        "plan": {"open": world.plan_a.pk, "withdrawn": world.gone_plan_a.pk},
        "response": {
            "published": world.response_a.pk,
            **{name: getattr(drafts, name).pk for name in ("drafting", "submitted", "approved")},
        },
        "response_comments": {name: getattr(asked, name).pk for name in ("begun", "invited", "said")},
        "write_comments": {
            name: getattr(invited, name).pk for name in ("begun", "complete", "submitted", "recorded", "dropped")
        },
        "meeting": {name: getattr(meetings, name).pk for name in ("held", "past", "ahead", "cancelled", "gone")},
        "paper": {
            "draft": world.draft_a.pk,
            "filed": world.final_a.pk,
            "being checked": checks.running.paper_id,
            "joint draft": world.joint_draft.pk,
            "joint": world.joint_final.pk,
            "closed": world.closed_final_a.pk,
        },
        "meeting_page_release": {"waiting": world.meeting_waiting_a.pk, "released": world.meeting_released_a.pk},
        "public_meeting_release": {"withdrawn": ("westmarch", 1), "stands": ("westmarch", 2)},
        "accountability_meeting": {
            name: getattr(world.accountability_a, name).pk for name in ("preparing", "ready", "minuted")
        },
        "action_plan_version": {"waiting": world.plan_waiting_a.pk, "published": world.plan_published_a.pk},
        "public_action_plan_version": {"withdrawn": ("westmarch", 1), "stands": ("westmarch", 2)},
        "force_release": {"waiting": world.page_waiting_a.pk, "released": world.page_released_a.pk},
        "public_force_release": {"withdrawn": ("westmarch", 1), "stands": ("westmarch", 2)},
        "finalise_paper": {"draft": world.draft_a.pk, "joint draft": world.joint_draft.pk},
        "read_paper": {"draft": world.draft_a.pk, "filed": world.final_a.pk},
        "factual_check": {name: getattr(checks, name).pk for name in ("running", "replied", "ended")},
        "committee_request": {name: getattr(requests, name).pk for name in ("answered", "drafted", "open", "gone")},
        "end_check": {"running": checks.running.pk},
        "history": {
            "tracked": ("tracked", world.open_a.pk),
            "inspection": ("inspection", world.inspection_a.pk),
            "response": ("response", world.response_a.pk),
            "paper": ("paper", world.final_a.pk),
            "plan": ("plan", world.plan_a.pk),
            "person": ("person", world.people["lead_a"].pk),
        },
    }


def _read(world, table: list[Line]) -> Iterator[Asked]:
    for state, line in _lines(world, table).items():
        for reader in _readers(line, "GET", (200,)):
            yield Asked(state, reader, line.url)


def _lines(world, table: list[Line]) -> dict[str, Line]:
    """An address by its states."""
    chosen = states(world).get(table[0].name)
    if not chosen:
        return {"": next((line for line in table if line.get == 200 and line.seen_by), table[0])}
    by_args = {line.args: line for line in table if line.seen_by}
    pairs = {state: args if isinstance(args, tuple) else (args,) for state, args in chosen.items()}
    return {state: by_args.get(args, replace(table[0], args=args)) for state, args in pairs.items()}


def _readers(line: Line, method: str, statuses: tuple[int, ...]) -> list[str]:
    """Who is answered a page. What everybody may read is asked for once, and what the office sees by one of it."""
    may = [reader for reader, persona in READERS.items() if expected(line, persona, method) in statuses]
    if "public" in may:
        return ["public"]
    return [reader for reader in may if reader != "approver" or "office" not in may]


def _empty(world, table: list[Line]) -> Iterator[Asked]:
    """The first object of an address where an empty form is answered by a page."""
    for line in [*_lines(world, table).values(), *table]:
        if line.seen_by and (readers := _readers(line, "POST", (200, 422))):
            yield Asked("empty form", readers[0], line.url, {})
            return


def _step(form) -> Asked:
    """A page that only a form leads to."""
    reader = next(reader for reader, persona in READERS.items() if persona == form.who)
    return Asked(f"after {form.before[1].get('act') or 'the form before'}", reader, *form.before)


def _arguments(name: str) -> dict:
    if name.endswith("from_key"):
        return {"uidb36": "1", "key": "x-y"}
    return {"pk": Authenticator.objects.get(type="webauthn").pk} if name in OF_ONE_PASSKEY else {}


def _signing_in(name: str) -> Iterator[Asked]:
    reader = SIGNING_IN.get(name, "public")
    address = reverse(name, kwargs=_arguments(name))
    yield Asked("", reader, address)
    if name in ("account_login", "account_reset_password", "mfa_authenticate", "account_change_password", *OF_PASSKEYS):
        yield Asked("empty form", reader, address, {"code": ""})
