"""Every address × method × persona × object answers as the table says, and no GET writes a record."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from recommendations import permissions
from recommendations.models import (
    AccountabilityMeeting,
    Action,
    Attachment,
    Enforcement,
    Force,
    Indicator,
    Inspection,
    MonitoringStage,
    Panel,
    PeelGrade,
    PlanAnnouncement,
    PlannedInspection,
    Recommendation,
    RegisterExport,
    Response,
    SavedView,
    ScrutinyReport,
    SimilarPair,
    Standing,
    TrackedRecommendation,
    UpdateRound,
)
from tests.conftest import AT
from tests.makers.legacy_reviews import direct, make_direction
from tests.makers.responses import publish
from tests.security.marks import SHOWN, Shown, addresses, crawl
from tests.security.matrix import lines
from tests.security.rules import ADMIN_RULES, RULES
from tests.security.walk import WITHOUT_A_FACTOR, Walk, cells_of
from tests.security.world import PERSONAS, planted
from tests.views.public.makers import withdraw

# Who may do what is tried on SQLite, whole. PostgreSQL is asked each address once, by an officer or an administrator:
# a lead's rows are an officer's with one more condition, which is asked below.
ON_SQLITE = connection.vendor == "sqlite"
ON_POSTGRESQL = ("officer", "administrator")
# What is hidden from these is read in the soak: the office sees both forces, and the other lead sees as the first does.
READ_IN_FULL = ("officer", "approver", "lead_b")
IN_FULL = pytest.param(True, marks=(pytest.mark.soak, pytest.mark.sqlite_alone), id="in full")


SQLITE_ALONE = {persona: pytest.mark.sqlite_alone for persona in PERSONAS if persona not in ON_POSTGRESQL}
EVERYBODY = [pytest.param(persona, marks=SQLITE_ALONE.get(persona, ())) for persona in PERSONAS]


@pytest.mark.parametrize("whole", [pytest.param(False, id="at the door once"), IN_FULL])
@pytest.mark.parametrize("persona", EVERYBODY)
def test_each_person_is_answered_as_the_table_says_and_shown_what_is_theirs_alone(world, persona, whole):
    """By every address, and by page, count, list, export, sheet, preview, history, first page and public page.

    Not even a colleague with the same right and the address sees a spreadsheet on its way in, by a page or as the
    answer to what is sent. The marks of an own kind show that the others are there to be seen. Half of the addresses
    each day, and all of them in the soak.
    """
    day = timezone.localdate().weekday()
    shown, table = Shown(world, persona, whole, day), lines(world)
    reads = ON_SQLITE and persona in SHOWN and (whole or persona not in READ_IN_FULL)
    walk = Walk(world, whole, day, shown.read if reads else None)
    for line in table if ON_SQLITE else {line.name: line for line in reversed(table)}.values():
        walk.visit(line, cells_of([persona]))
    assert walk.wrong == []
    assert walk.written == set()
    if reads:
        shown.everywhere()
        assert shown.found == SHOWN[persona]
    if persona == "officer" and whole:
        assert_every_canary_was_there(world, shown.seen)


# What only search reads of files, and a note that was withdrawn.
ON_NO_PAGE = ("Words of ", "Wrong one ", "Of another ")


def assert_every_canary_was_there(world, seen: set[str]) -> None:
    """Without this, a walk would also pass on empty pages. What is another's own is looked for where they read it."""
    admin = [url for url in addresses(world) if url.startswith("/admin/")] + [reverse("all_tokens")]
    drafts = {reverse("paper_file", args=[paper.pk]) for paper in (world.draft_a, world.draft_b)}
    files = [url for url in addresses(world) if url.endswith("/file/") and url not in drafts]
    seen = seen | crawl(world, "administrator", admin) | crawl(world, "officer", files)
    seen |= crawl(world, "lead_b", [reverse("saved_views")])
    unseen = [words for mark, words in planted().items() if mark not in seen]
    assert [words for words in unseen if not words.startswith(ON_NO_PAGE)] == []


def test_the_table_has_every_address_and_is_large(world):
    table = lines(world)
    assert {line.name for line in table} == set(RULES) | set(ADMIN_RULES)
    assert len(table) * len(cells_of(PERSONAS)) >= 5_000


@pytest.mark.sqlite_alone
def test_the_files_of_a_published_response_are_everybodys_until_it_is_withdrawn(world):
    """The world's own responses have none."""
    response, officer = world.drafts_a.approved, world.people["officer"]
    publish(response, by=officer)
    response.refresh_from_db()
    assert answers_to_files(world, response) == {"pdf": 200, "txt": 200, "docx": 404}
    withdraw(response, by=world.people["approver"], at=AT)
    assert answers_to_files(world, response) == {"pdf": 410, "txt": 410, "docx": 404}


def answers_to_files(world, response) -> dict[str, int]:
    """What everybody is answered; somebody who has still to set up a second factor is led there."""
    found = {}
    for form in ("pdf", "txt", "docx"):
        address = reverse("public_file", args=[response.year, response.slug, 1, form])
        answers = {who: client.get(address).status_code for who, client in world.clients.items()}
        assert {answers.pop(who) for who in WITHOUT_A_FACTOR} == {302}
        (found[form],) = set(answers.values())
    return found


def seen(world, model) -> dict[str, set[int]]:
    """What each persona sees of a model."""
    rows = model.objects
    return {name: set(rows.visible_to(person).values_list("pk", flat=True)) for name, person in world.people.items()}


def test_each_queryset_shows_each_persona_what_the_table_says(world):
    """Whatever page it is asked from."""
    kinds = ("open", "pending", "closed", "parts", "shared", "restricted")
    own = {f"lead_{letter}": {getattr(world, f"{kind}_{letter}").pk for kind in kinds} for letter in "ab"}
    for letter in "ab":
        own[f"lead_{letter}"] |= {line.tracked_id for line in vars(getattr(world, f"lines_{letter}")).values()}
        own[f"lead_{letter}"] |= getattr(world, f"drafts_{letter}").tracked
        own[f"lead_{letter}"] |= getattr(world, f"invited_{letter}").tracked
    found = seen(world, TrackedRecommendation)
    tracked = {name: found[name] for name in ("lead_a", "lead_b", "officer", "approver")}
    whole = own["lead_a"] | own["lead_b"] | {world.moving.pk}
    assert tracked == own | {"officer": whole, "approver": whole}
    nobody = {"member": set(), "administrator": set(), "deactivated": set()}
    assert {name: found[name] for name in nobody} == nobody
    papers = seen(world, ScrutinyReport)
    a, b = world.final_a.pk, world.final_b.pk
    joint_a, joint_b, joint = world.joint_final_a.pk, world.joint_final_b.pk, world.joint_final.pk
    assert (papers["lead_a"], papers["lead_b"]) == ({a, joint_a}, {b, joint_b})
    assert papers["member"] == {a, b, joint_a, joint_b, joint}
    assert (papers["administrator"], papers["deactivated"]) == (set(), set())
    checks = [getattr(world, f"checks_{letter}") for letter in "ab"]
    checked = {each.paper_id for found in checks for each in (found.running, found.replied, found.ended)}
    drafts = {world.draft_a.pk, world.draft_b.pk, world.joint_draft.pk, *_parts(world.joint_draft)}
    closed = {getattr(world, f"closed_{name}_{letter}").pk for name in ("draft", "final") for letter in "ab"}
    assert papers["officer"] == papers["member"] | drafts | closed | checked
    assert seen(world, Force)["lead_a"] == {world.force_a.pk}
    for model in (Attachment, RegisterExport, SavedView, SimilarPair, Standing):
        found = seen(world, model)
        assert {name: found[name] for name in nobody} == nobody
        assert found["lead_a"]
        assert not found["lead_a"] & found["lead_b"]
    for model in (Action, Indicator, AccountabilityMeeting):
        found = seen(world, model)
        assert {name: found[name] for name in nobody} == nobody
        assert found["officer"]
        assert not found["lead_a"] & found["lead_b"]
    asked_about = world.drafts_b.reports | world.invited_b.reports | world.asked_b.reports
    own_reports = {world.inspection_b.pk, world.inspection_both.pk, world.came_b.pk, *asked_about}
    assert seen(world, Inspection)["lead_b"] == own_reports
    for model, name in ((PlannedInspection, "plan"), (PeelGrade, "grade"), (MonitoringStage, "stage")):
        own_rows = {f"lead_{letter}": getattr(world, f"{name}_{letter}").pk for letter in "ab"}
        rows = seen(world, model)
        assert {who: own_rows[who] in rows[who] for who in own_rows} == dict.fromkeys(own_rows, True)
        assert rows["lead_a"] & rows["lead_b"] == set()
        assert rows["officer"] == rows["approver"] == rows["lead_a"] | rows["lead_b"]
        assert {who: rows[who] for who in nobody} == nobody
    announced, panels = seen(world, PlanAnnouncement), seen(world, Panel)
    assert min(len(announced[who]) for who in ("lead_a", "lead_b")) > 0
    assert announced["lead_a"] & announced["lead_b"] == set()
    assert {who: announced[who] for who in nobody} == nobody
    assert (panels["member"], panels["deactivated"]) == (set(), set())
    asked = set(Recommendation.objects.filter(tracked__in=own["lead_a"]).values_list("pk", flat=True))
    assert seen(world, Recommendation)["lead_a"] == asked
    assert {name for name, found in seen(world, Response).items() if found} == {"officer", "approver", "no_factor"}
    rounds = {name: found for name, found in seen(world, UpdateRound).items() if "no_factor" not in name}
    a, b = {world.round_a.pk}, {world.round_b.pk}
    assert rounds == nobody | {"lead_a": a, "lead_b": b, "officer": a | b, "approver": a | b}


def test_each_force_sees_what_directions_enforce_of_its_own(world):
    for force, tracked in ((world.force_a, world.open_a), (world.force_b, world.open_b)):
        direct(make_direction(force, title=f"A direction to {force.name}"), tracked)
    found = seen(world, Enforcement)
    assert all(found[name] == set() for name in ("member", "administrator", "deactivated"))
    assert len(found["lead_a"]) == len(found["lead_b"]) == 1
    assert found["officer"] == found["lead_a"] | found["lead_b"] != found["lead_a"]


def test_a_voice_that_is_named_in_an_address_takes_its_own_right(world):
    """An inspection lead may open the form for the force's update, and not the office's by writing another name."""
    add, page = reverse("register_add_update", args=[world.open_a.pk]), reverse("tracked", args=[world.open_a.pk])
    addresses = [f"{add}?voice=assurance", f"{add}?voice=status", f"{page}?form=assurance", f"{page}?form=edit"]
    answers = [world.clients["lead_a"].get(address).status_code for address in addresses]
    office = {"view": "assured", "rationale": "Seen.", "status": "complete", "done": "Seen."}
    answers += [world.clients["lead_a"].post(address, office).status_code for address in addresses[:2]]
    assert answers == [403] * 6
    assert {world.clients["officer"].get(address, follow=True).status_code for address in addresses} == {200}


def test_a_form_that_is_named_in_an_address_takes_its_own_right(world):
    """Whoever may read a page, and not change what is on it, is given no form there. No role only reads commitments."""
    plan, commitment = (f"{of.get_absolute_url()}?form=" for of in (world.plan_a, world.commitment_a))
    answers = [world.clients["lead_a"].get(f"{plan}{form}").status_code for form in ("change", "link", "withdraw")]
    answers.append(world.clients["officer"].get(f"{commitment}edit").status_code)
    readers = {role: held - {permissions.May.CHECK_COMMITMENTS} for role, held in permissions.ROLE_MAY.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(permissions, "ROLE_MAY", readers)
        answers += [world.clients["officer"].get(f"{commitment}{form}").status_code for form in ("edit", "")]
        typed = reverse("save_typed", args=["commitment-check", world.commitment_a.pk])
        answers.append(world.clients["officer"].post(typed).status_code)
    assert answers == [200, 403, 403, 200, 403, 200, 403]


def _parts(joint: ScrutinyReport) -> set[int]:
    return set(joint.parts.values_list("pk", flat=True))
