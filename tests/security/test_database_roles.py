"""On PostgreSQL three roles: the owner migrates, the application serves people, the public reader /published/ alone.

The owner of the test database is no superuser, and the roles were limited by the command (tests/database.py). That
every verb works as the application is shown by tests/test_trail_verbs.py, that a database of an earlier release is
migrated by its owner by tests/releases.
"""

import io
from contextlib import suppress

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from recommendations.domain.audit.database_roles import tables_of_reader
from recommendations.models import (
    IssuedFile,
    Meeting,
    Panel,
    PublicPaper,
    Response,
    ScrutinyReport,
    SecurityEvent,
    Standing,
    TrackedRecommendation,
    TrailEntry,
)
from recommendations.models.register.standing import rebuild_if_empty
from tests.database import APPLICATION, OWNER, READER, address, as_role
from tests.per_module import per_module
from tests.security.door import choose_password, is_signed_in, link_in, set_factor_up, sign_in
from tests.security.marks import said
from tests.security.test_public import addresses_of, crawl, paper_addresses
from tests.security.worlds.public import build_public
from tests.snapshots import undone

pytestmark = pytest.mark.postgresql_alone
NEVER_CHANGED = (TrailEntry, TrackedRecommendation.history.model, SecurityEvent, IssuedFile)
ATTACKS = (
    "UPDATE {table} SET id = id",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "DROP TABLE {table}",
)
AROUND = (
    f"SET ROLE {OWNER}",
    f"SET SESSION AUTHORIZATION {OWNER}",
    "SET session_replication_role = replica",
    "CREATE TABLE public.planted (id int)",
    "CREATE ROLE mightier SUPERUSER",
    "COPY recommendations_label TO PROGRAM 'id'",
)


@per_module
def public_world(world):
    build_public(world)
    return world


def refused(role: str, statement: str) -> bool:
    """Whether a role is refused a statement."""
    with undone(), as_role(role):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except ProgrammingError as error:
            return error.__cause__.sqlstate == "42501"  # insufficient_privilege
    return False


@pytest.mark.parametrize("role", [APPLICATION, READER])
def test_no_role_that_serves_people_changes_what_is_only_added(world, role):
    statements = [attack.format(table=model._meta.db_table) for attack in ATTACKS for model in NEVER_CHANGED]
    assert [statement for statement in statements if not refused(role, statement)] == []


@pytest.mark.parametrize("role", [APPLICATION, READER])
def test_no_role_gets_round_its_limits(db, role):
    """Asked over a connection of its own: the tests' is a superuser's."""
    allowed = []
    with psycopg.connect(address(connection, role=role), autocommit=True) as server:
        for statement in AROUND:
            with suppress(psycopg.errors.InsufficientPrivilege):
                server.execute(statement)
                allowed.append(statement)
    assert allowed == []


def test_the_application_deletes_no_record_and_adds_to_no_built_in_table(world):
    statements = [
        *(f"DELETE FROM {table}" for table in ("recommendations_user", "recommendations_trailhead")),
        *(f"DELETE FROM {table}" for table in ("recommendations_closure", "recommendations_remindermail")),
        *("DELETE FROM auth_permission", "UPDATE django_migrations SET name = 'x'"),
    ]
    assert [statement for statement in statements if not refused(APPLICATION, statement)] == []


def test_the_reader_writes_nothing_and_reads_nothing_else(world):
    readable = tables_of_reader()
    hidden = [table for table in connection.introspection.table_names() if table not in readable]
    writes = [f"DELETE FROM {table}" for table in readable] + [f"UPDATE {table} SET id = id" for table in readable]
    writes += [f"INSERT INTO {table} DEFAULT VALUES" for table in readable]
    reads = [f'SELECT 1 FROM "{table}"' for table in hidden]
    columns = ["SELECT password FROM recommendations_user", "SELECT email FROM recommendations_user"]
    columns += ["SELECT address FROM recommendations_recipient", "SELECT title FROM recommendations_inspection"]
    assert len(hidden) > 100
    assert [statement for statement in (*writes, *reads, *columns) if not refused(READER, statement)] == []


def test_of_a_table_the_reader_sees_the_rows_that_are_public(public_world):
    with as_role(READER):
        seen = {model: set(model.objects.values_list("pk", flat=True)) for model in (Response, ScrutinyReport, Panel)}
        files, meetings = IssuedFile.objects.count(), Meeting.objects.count()
    public = PublicPaper.on_file.values("paper")
    papers = ScrutinyReport.objects.filter(Q(pk__in=public) | Q(part_of__in=public))
    assert seen == {
        Response: set(Response.objects.exclude(slug="").values_list("pk", flat=True)),
        ScrutinyReport: set(papers.values_list("pk", flat=True)),
        Panel: set(Panel.objects.for_the_public().values_list("pk", flat=True)),
    }
    assert 0 < files < IssuedFile.objects.count()
    assert meetings == Meeting.objects.filter(panel__public=True).count()


def answers_by_guess(world) -> dict[str, str]:
    """What is no longer public, or never was, at its addresses."""
    papers = world.public.papers
    addresses = [
        each for paper in (papers.withdrawn, papers.unmarked, papers.closed) for each in paper_addresses(paper)
    ]
    addresses += [each for name in ("withdrawn", "standing") for each in addresses_of(getattr(world.public, name), 1)]
    answers = {each: Client().get(each) for each in addresses}
    return {each: f"{answer.status_code} {said(answer)}" for each, answer in answers.items()}


def test_the_reader_serves_every_public_page_as_it_is(public_world, settings):
    pages, guessed = crawl(), answers_by_guess(public_world)
    settings.MIDDLEWARE = ["recommendations.middleware.hosts.only_public_pages", *settings.MIDDLEWARE]
    with as_role(READER):
        assert crawl() == pages
        assert answers_by_guess(public_world) == guessed
        signed_in = public_world.clients["officer"]
        told = {
            name: signed_in.get(reverse(name)).status_code for name in ("public_responses", "home", "account_login")
        }
    assert len(pages) > 15
    assert told == {"public_responses": 200, "home": 404, "account_login": 404}


def test_a_person_signs_in_and_works_as_the_application(world, mailoutbox):
    """From the invitation to the first page: passwords, codes, sessions and events."""
    with as_role(APPLICATION):
        email = "new@example.org"
        call_command("add_person", email=email, name="New One", role="opcc_officer", stdout=io.StringIO())
        Client().post(reverse("account_reset_password"), {"email": email})
        choose_password(link_in(mailoutbox[-1]), "quite another long password")
        client = Client()
        sign_in(email, "wrong", client)
        sign_in(email, "quite another long password", client)
        set_factor_up(client, "quite another long password")
        statuses = [client.get(path).status_code for path in ("/", "/register/", "/papers/", "/responses/")]
        assert (is_signed_in(client), statuses) == (True, [200] * 4)


def test_the_work_beside_the_server_is_done_as_the_application(world):
    done = {}
    with as_role(APPLICATION):
        for name in ("send_reminders", "build_due_reports", "build_papers", "responses_due", "verify_standing"):
            out = io.StringIO()
            call_command(name, stdout=out, stderr=io.StringIO())
            done[name] = bool(out.getvalue())
        for name in ("clearsessions", "renew_secrets", "verify_audit", "verify_reports"):
            call_command(name, stdout=io.StringIO(), stderr=io.StringIO())
    assert done == dict.fromkeys(done, True)


def test_what_follows_a_migration_is_done_as_the_owner(world):
    before = sorted(Standing.objects.values_list("tracked", "since"))
    with as_role(OWNER):
        Standing.objects.all().delete()
        rebuild_if_empty()
    assert sorted(Standing.objects.values_list("tracked", "since")) == before


def say(*options: str) -> str:
    """What the command says, or what it refuses with, as the owner."""
    out = io.StringIO()
    with as_role(OWNER):
        try:
            call_command("grant_database_roles", *options, stdout=out)
        except CommandError as error:
            return str(error)
    return out.getvalue().strip()


BOTH = ("--application", APPLICATION, "--reader", READER)
WELL = "Each role may do what it should, and nothing else."


def test_a_new_table_is_granted_by_the_same_command(db):
    with as_role(OWNER), connection.cursor() as cursor:
        cursor.execute(f"GRANT DELETE ON recommendations_trailentry TO {APPLICATION}")
        cursor.execute(f"REVOKE ALL ON recommendations_force FROM {APPLICATION}")
        cursor.execute(f"GRANT SELECT ON recommendations_closure TO {READER}")
    assert say(*BOTH, "--check").splitlines() == [
        f"{APPLICATION} lacks INSERT, SELECT, UPDATE on recommendations_force.",
        f"{APPLICATION} has DELETE on recommendations_trailentry, which it should not have.",
        f"{READER} has SELECT on recommendations_closure, which it should not have.",
    ]
    assert [say(*BOTH), say(*BOTH, "--check"), say(*BOTH)] == [WELL, WELL, WELL]


def test_a_role_that_nothing_limits_is_refused(db):
    mighty = connection.settings_dict["USER"]
    assert say("--application", "nobody_here") == "There is no role nobody_here. Make it first: createuser nobody_here"
    assert say("--application", mighty) == (
        f"The role {mighty} is a superuser, makes roles or bypasses row security, so nothing limits it."
    )
    assert say("--application", OWNER) == (
        f"The role {OWNER} owns the tables or is a member of their owner, so nothing limits it."
    )
    assert say("--application", "one", "--reader", "one") == (
        "The application and the public reader are two roles: give them two names."
    )
    with pytest.raises(CommandError, match="Run this as the owner of the tables"):
        call_command("grant_database_roles", *BOTH)
