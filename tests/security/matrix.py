"""Every address, with every object: `lines(world)` is the table.

A line is an address with its object, who may see that object, and what somebody with the right and the sight is
answered. `expected` (walk.py) turns it into one status for each persona and method.
"""

from tests.security.line import MISSING, OFFICE, Line
from tests.security.matrix_lines.accountability import accountability
from tests.security.matrix_lines.accounts import access, people
from tests.security.matrix_lines.action import actions
from tests.security.matrix_lines.action_plan import action_plans
from tests.security.matrix_lines.ahead import ahead
from tests.security.matrix_lines.api import tokens
from tests.security.matrix_lines.attachment import attachments
from tests.security.matrix_lines.calendar import calendars
from tests.security.matrix_lines.custody import custody
from tests.security.matrix_lines.evidence import evidence
from tests.security.matrix_lines.feed import feeds
from tests.security.matrix_lines.force_page import force_pages
from tests.security.matrix_lines.history import by_force, histories
from tests.security.matrix_lines.layout import layouts
from tests.security.matrix_lines.legacy_review import legacy_reviews
from tests.security.matrix_lines.meeting import meetings
from tests.security.matrix_lines.note import notes
from tests.security.matrix_lines.ownership import ownership
from tests.security.matrix_lines.papers.check import checks
from tests.security.matrix_lines.papers.joint import joint_papers
from tests.security.matrix_lines.papers.paper import paper_words, papers
from tests.security.matrix_lines.papers.restriction import closed_papers
from tests.security.matrix_lines.register_export import register_exports
from tests.security.matrix_lines.reminders import reminders
from tests.security.matrix_lines.request import committee_requests
from tests.security.matrix_lines.responses.chief_officer import chief_officers
from tests.security.matrix_lines.responses.draft import drafts
from tests.security.matrix_lines.responses.force_comments import force_comments
from tests.security.matrix_lines.responses.letter import letters
from tests.security.matrix_lines.retention import retention
from tests.security.matrix_lines.saved_views import saved_views
from tests.security.matrix_lines.similar import similar
from tests.security.matrix_lines.source import sources
from tests.security.matrix_lines.succession import successions
from tests.security.matrix_lines.webhook import webhooks
from tests.security.rules import FORMER_KINDS, KEPT_KINDS

HELP = ("officers", "approving-officers", "force-inspection-leads", "committee-members", "administrators")


def lines(world) -> list[Line]:
    """The whole table."""
    return [
        *pages(),
        *typed(world),
        *access(world),
        *people(world),
        *tracked(world),
        *withdrawals(world),
        *inspections(world),
        *responses(world),
        *drafts(world),
        *chief_officers(world),
        *letters(world),
        *force_comments(world),
        *notes(world),
        *ownership(world),
        *ahead(world),
        *public(world),
        *force_pages(world),
        *action_plans(world),
        *accountability(world),
        *commitments(world),
        *evidence(world),
        *attachments(world),
        *custody(world),
        *meetings(world),
        *papers(world),
        *paper_words(world),
        *joint_papers(world),
        *committee_requests(world),
        *register_exports(world),
        *saved_views(world),
        *similar(world),
        *legacy_reviews(world),
        *actions(world),
        *checks(world),
        *calendars(world),
        *tokens(world),
        *closed_papers(world),
        *retention(world),
        *reminders(world),
        *sources(world),
        *webhooks(world),
        *layouts(world),
        *successions(world),
        *feeds(),
        *rounds(world),
        Line("bulk_change", (world.changed_a.pk,), frozenset(OFFICE)),
        Line("bulk_change", (MISSING,), frozenset()),
        *sheets(world),
        *histories(world),
        *administration(world),
    ]


def typed(world) -> list[Line]:
    """What somebody types is kept for a form that they have, of a record that they see."""
    writers = frozenset(OFFICE | {"lead_a"})
    return [
        Line("save_typed", ("force-update", world.open_a.pk), writers, get=405),
        Line("save_typed", ("force-update", world.open_b.pk), frozenset(OFFICE | {"lead_b"}), get=405),
        Line("save_typed", ("decide", world.open_a.pk), writers, get=405, refused=frozenset({"officer", "lead_a"})),
        Line("save_typed", ("no-such-form", world.open_a.pk), frozenset(), get=405),
        Line("save_typed", ("force-update", MISSING), frozenset(), get=405),
    ]


def pages() -> list[Line]:
    office = ("register", "inspections", "responses", "compliance", "compliance_csv", "commitments", "papers")
    statements = ("accessibility", "data_protection", "disclosure")
    reading = ("account", "help", "definitions", "read_typed_day", *statements, "compare_papers", *office)
    return [
        Line("home", post=405),
        Line("mark_seen", get=405, post=302),
        Line("kept", get=302, post=405),
        Line("gallery", get=404, post=405),
        Line("security_txt", get=404, post=405),
        Line("add_inspection", get=302),
        *(Line("add_source", (source,)) for source in ("iopc", "hmicfrs")),
        *(Line("add_source", (source,), frozenset()) for source in ("coroner", "nobody")),
        Line("change_many", get=302),
        Line("bulk_changes", post=405),
        Line("example_sheet", get=404, post=405),
        Line("import_response"),
        Line("import_report"),
        Line("add_paper"),
        *(Line("export_register", (form,), post=302) for form in ("xlsx", "csv", "json", "docx")),
        Line("export_register", ("pdf",), frozenset()),
        *(Line(name, post=405) for name in reading),
        Line("security_events", post=405),
        *(Line("export_events", (form,), post=405) for form in ("csv", "jsonl")),
        Line("export_events", ("xlsx",), get=302, post=405),
        Line("people_access", post=405),
        Line("search", post=405),
        Line("own_sessions", post=422),
        # Where there is no Microsoft Entra, these are not there.
        *(Line(name, get=404, post=405) for name in ("entra", "entra_callback", "entra_sign_out", "signed_out")),
        *(Line("help_for", (slug,), post=405) for slug in HELP),
        Line("help_for", ("nobody",), frozenset(), post=405),
    ]


def tracked(world) -> list[Line]:
    verbs = (
        "register_add_update",
        "log_force_update",
        "record_assurance",
        "record_inspectorate_status",
        "set_target",
        "weigh",
        "record_delay",
        "request_closure",
        "approve_closure",
        "decline_closure",
        "recheck",
        "agree_slip",
        "decline_slip",
        "reopen",
        "request_part_closure",
        "decide_part_closure",
        "reopen_part",
        "record_dispute_reason",
        "record_dispute_reply",
        "decide_dispute",
        "edit_tracked",
        "restrict",
        "lift_restriction",
    )
    found = {}
    for name in ("open", "pending", "closed", "parts", "shared"):
        found |= by_force(world, name)
    # where a risk or a delay is on record, a form with nothing in it says that there is none any more
    sent = {(verb, pk): {"post": 302} for verb in ("weigh", "record_delay") for pk in by_force(world, "open")}
    return [
        line
        for pk, seen_by in found.items()
        for line in (
            Line("tracked", (pk,), seen_by, post=405),
            Line("tracked_word", (pk,), seen_by, post=405),
            Line("tracked_files", (pk,), seen_by, post=405),
            *(Line(verb, (pk,), seen_by, get=302, **sent.get((verb, pk), {})) for verb in verbs),
        )
    ]


def withdrawals(world) -> list[Line]:
    """Each side's own entries: the other side may read them, and not withdraw them."""
    table = []
    for letter, lead in (("a", "lead_a"), ("b", "lead_b")):
        pk, rows = getattr(world, f"open_{letter}").pk, getattr(world, f"rows_{letter}")
        sees = frozenset(OFFICE | {lead})
        office, force = frozenset(OFFICE), frozenset({lead})
        for voice, row, of in (
            ("force-update", rows.theirs, force),
            ("force-update", rows.ours, office),
            ("assurance", rows.assured, office),
            ("status", rows.status, office),
            ("target", rows.target, force),
            ("risk", rows.weighed, office),
            ("delay", rows.delayed, force),
        ):
            table.append(Line("withdraw", (pk, voice, row.pk), sees, refused=sees - of))
        elsewhere = getattr(world, f"open_{'b' if letter == 'a' else 'a'}").pk
        table += [
            Line("withdraw", (elsewhere, "force-update", rows.theirs.pk), frozenset()),
            Line("withdraw", (pk, "no-such-voice", rows.theirs.pk), frozenset()),
            Line("withdraw", (pk, "force-update", MISSING), frozenset()),
            Line("withdraw", (MISSING, "force-update", rows.theirs.pk), frozenset()),
        ]
        closed, other = getattr(world, f"closed_{letter}"), getattr(world, f"closed_{'b' if letter == 'a' else 'a'}")
        for look in closed.rechecks.values_list("pk", flat=True):
            table += [
                Line("withdraw_recheck", (closed.pk, look), sees),
                Line("withdraw_recheck", (other.pk, look), frozenset()),
                Line("withdraw_recheck", (MISSING, look), frozenset()),
            ]
    return table


def inspections(world) -> list[Line]:
    found = by_force(world, "inspection") | {world.inspection_both.pk: frozenset(OFFICE | {"lead_a", "lead_b"})}
    table = []
    for pk, seen_by in found.items():
        table += [
            Line("inspection", (pk,), seen_by, post=405),
            Line("inspection_word", (pk,), seen_by, post=405),
            Line("edit_inspection", (pk,), seen_by),
            Line("begin_response", (pk,), seen_by, *((200, 200) if pk == world.inspection_both.pk else (302, 302))),
            Line("add_recommendation", (pk,), seen_by),
        ]
    one, other = world.open_a.recommendation, world.open_b.recommendation
    right = [(each.inspection_id, each.pk) for each in (one, other)]
    wrong = [(one.inspection_id, other.pk), (MISSING, one.pk), (one.inspection_id, MISSING)]
    table += [Line("edit_recommendation", args, frozenset(OFFICE)) for args in right]
    return table + [Line("edit_recommendation", args, frozenset()) for args in wrong]


def responses(world) -> list[Line]:
    found = [world.response_a.pk, world.response_b.pk]
    table = [Line("response", (pk,), frozenset(OFFICE), post=405) for pk in found]
    return [*table, Line("response", (MISSING,), frozenset(), post=405)]


def public(world) -> list[Line]:
    """What everybody reads, with the files of both responses: they were brought in and confirmed."""
    table = [Line(name, post=405) for name in ("public_responses", "public_feed", "public_json", "public_csv")]
    for found in (world.response_a, world.response_b):
        address = (found.year, found.slug)
        table += [
            Line("public_response", address, post=405),
            Line("public_version", (*address, 1), post=405),
            Line("public_version", (*address, 2), get=404, post=405),
            *(Line("public_file", (*address, 1, form), post=405) for form in ("pdf", "txt")),
            Line("public_file", (*address, 1, "docx"), get=404, post=405),
        ]
    nothing = (world.response_a.year, "no-such-response")
    return [*table, Line("public_response", nothing, get=404, post=405)]


def commitments(world) -> list[Line]:
    """What the office follows of its responses; each check in its own commitment only."""
    office, nobody = frozenset(OFFICE), frozenset()
    a, b = world.commitment_a.pk, world.commitment_b.pk
    table = []
    for pk, seen_by in ((a, office), (b, office), (MISSING, nobody)):
        table += [
            Line("commitment", (pk,), seen_by, post=405),
            Line("check_commitment", (pk,), seen_by, get=302, post=422),
            Line("edit_commitment", (pk,), seen_by, get=302, post=422),
        ]
    for args, seen_by in (
        ((a, world.check_a.pk), office),
        ((b, world.check_b.pk), office),
        ((a, world.check_b.pk), nobody),
        ((MISSING, world.check_a.pk), nobody),
        ((a, MISSING), nobody),
    ):
        table.append(Line("withdraw_check", args, seen_by, post=422))
    for pk, seen_by in ((world.response_a.pk, office), (world.response_b.pk, office), (MISSING, nobody)):
        table.append(Line("mark_commitment", (pk,), seen_by, post=422))
    return table


def rounds(world) -> list[Line]:
    """The update rounds; each answer at its own round only."""
    table = [Line("rounds", post=405), Line("add_round"), *round_sheets(world)]
    for pk, seen_by in by_force(world, "round").items():
        table += [
            Line("round", (pk,), seen_by, post=405),
            Line("close_round", (pk,), seen_by),
            Line("save_drafts", (pk,), seen_by, get=405, post=302),
            Line("release_answers", (pk,), seen_by),
            Line("round_sheet", (pk,), seen_by, post=405),
            Line("bring_in_round_sheet", (pk,), seen_by),
        ]
    a, b = world.round_a.pk, world.round_b.pk
    right = [(a, world.answers_a.released.pk), (b, world.answers_b.released.pk), (b, world.answers_b.accepted.pk)]
    wrong = [(a, world.answers_b.released.pk), (MISSING, world.answers_b.released.pk), (a, MISSING)]
    for args, seen_by in [(args, OFFICE) for args in right] + [(args, ()) for args in wrong]:
        table += [
            Line("accept_answer", args, frozenset(seen_by), get=302, post=302),
            Line("return_answer", args, frozenset(seen_by), get=302, post=422),
        ]
    return table


def round_sheets(world) -> list[Line]:
    """The sheets that were uploaded to a round: each for whoever did it, in its own round only."""
    a, b = world.round_a.pk, world.round_b.pk
    right = [(a, world.sheet_a, "lead_a"), (b, world.sheet_b, "lead_b")]
    right += [(a, world.office_sheet_a, "officer"), (b, world.office_sheet_b, "officer")]
    wrong = [(a, world.sheet_b.token), (b, world.office_sheet_a.token), (MISSING, world.sheet_a.token)]
    wrong += [(a, "no-such-token")]
    seen = [Line("check_round_sheet", (pk, draft.token), frozenset({persona})) for pk, draft, persona in right]
    return seen + [Line("check_round_sheet", args, frozenset()) for args in wrong]


def sheets(world) -> list[Line]:
    """Spreadsheets and documents: one on its way in is its own person's, what came in is the office's."""
    table = [Line("bring_in"), Line("sheet_imports", post=405)]
    for pk, seen_by in {world.register_layout.pk: {"administrator"}, MISSING: set()}.items():
        table.append(Line("retire_register_layout", (pk,), frozenset(seen_by), get=405, post=302))
    drafts = {world.book_a.token: {"officer"}, world.book_b.token: {"approver"}, "never-was": set()}
    for token, seen_by in drafts.items():
        table += [
            Line("sheet_columns", (token,), frozenset(seen_by)),
            Line("check_sheet", (token,), frozenset(seen_by), post=302),
            Line("sheet_progress", (token,), frozenset(seen_by), post=405),
        ]
    documents = {world.document_a.pk: {"officer"}, world.document_b.pk: {"approver"}, MISSING: set()}
    table += [Line("check_document", (pk,), frozenset(seen_by), post=302) for pk, seen_by in documents.items()]
    for pk, seen_by in {world.import_a.pk: OFFICE, world.import_b.pk: OFFICE, MISSING: set()}.items():
        table += [
            Line("sheet_import", (pk,), frozenset(seen_by), post=405),
            Line("undo_sheet_import", (pk,), frozenset(seen_by), get=302),
        ]
    return table


def administration(world) -> list[Line]:
    found = {
        "user": world.people["lead_b"],
        "force": world.force_b,
        "policingbody": world.body,
        "oversight": world.oversight,
        "panel": world.panel,
        "panelmember": world.member_b,
        "custodysuite": world.suite_b,
        "peelcycle": world.cycle,
        "label": world.label,
        "ragrule": world.rule,
        "bankholiday": world.holiday,
        "recipient": world.recipient,
    }
    found |= {"formerforcedetails": world.former_force, "formerbodydetails": world.former_body}
    table = [Line("admin:index", rule="administer"), Line("admin:login", get=302, post=302, rule="public")]
    for kind in KEPT_KINDS:
        name = f"admin:recommendations_{kind}"
        lists = {"get": 302, "post": 302} if kind == "user" else {}
        table += [
            *([] if kind in FORMER_KINDS else [Line(f"{name}_changelist", rule="administer", **lists)]),
            *([] if kind in ("user", *FORMER_KINDS) else [Line(f"{name}_add", rule="administer")]),
            Line(f"{name}_change", (found[kind].pk,), rule="administer"),
            Line(f"{name}_change", (MISSING,), frozenset(), rule="administer"),
        ]
    return table
