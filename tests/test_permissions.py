"""Who may: every address has exactly one rule, and every role exactly the rights that are written down."""

import pytest
from django.conf import settings
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from recommendations import permissions
from recommendations.enums import Role
from tests.security.rights import LEAD, OFFICER, RIGHTS
from tests.security.rules import ADMIN_RULES, RULES
from tests.security.sign_in.sign_in_rules import CLOSED, SIGN_IN_RULES


def walk(resolver, prefix=""):
    """Every address that leads to a view: its full name and the view, in the order in which they are tried."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield f"{prefix}{pattern.name}", pattern.callback


def rule_of(view) -> str:
    """The rule that a view carries: ours by name, another's by whether it asks for sign-in."""
    if hasattr(view, "access_rule"):
        return view.access_rule
    return "signed in" if getattr(view, "login_required", True) else "public"


def test_every_address_has_exactly_the_rule_that_is_written_down():
    found = [(name, rule_of(view)) for name, view in walk(get_resolver())]
    allauth = {name: rule for name, rule in found if name.startswith(("account_", "mfa_"))}
    ours = [(name, rule) for name, rule in found if name not in allauth]
    assert sorted(ours) == sorted((RULES | ADMIN_RULES | {"closed": "public"}).items())
    assert {name: rule for name, rule in allauth.items() if name not in CLOSED} == SIGN_IN_RULES
    assert set(allauth) == set(SIGN_IN_RULES) | set(CLOSED)


def test_each_view_of_ours_carries_its_rule_itself():
    """Not by the name of its address: a view that is reached by another address keeps its rule."""
    foreign = ("allauth.", "django.contrib.auth")
    bare = [
        name
        for name, view in walk(get_resolver())
        if not hasattr(view, "access_rule") and not view.__module__.startswith(foreign)
    ]
    assert bare == []


def test_each_view_under_the_api_needs_a_scope_or_is_public_and_no_other_has_one():
    def of_the_api(pattern) -> bool:
        return str(pattern.pattern).startswith("api/v1/")

    patterns = [each for each in get_resolver("recommendations.urls").url_patterns if hasattr(each, "callback")]
    scoped = {each.name for each in patterns if getattr(each.callback, "token_scopes", ())}
    assert scoped == {each.name for each in filter(of_the_api, patterns)} - {"api_openapi"}
    assert RULES["api_openapi"] == "public"


@pytest.mark.parametrize("address", CLOSED.values())
def test_what_an_office_has_no_use_for_is_closed(client, db, address):
    assert client.get(address).status_code == 404
    assert client.post(address, {"email": "new@example.org"}).status_code == 404


def test_what_stands_around_each_request_is_there_in_its_order():
    ours = [name.rsplit(".", 1)[-1] for name in settings.MIDDLEWARE if name.startswith("recommendations.")]
    assert ours == [
        "without_body",
        "only_at_the_root",
        "answer_first",
        "api_problems",
        "only_our_host",
        "read_sections_once",
        "typed_today",
        "public_pages",
        "SessionMiddleware",
        "limit_bodies",
        "refuse_unreadable_bodies",
        "api_tokens",
        "private_pages",
        "record_refusals",
        "end_sessions",
        "SignInMiddleware",
        "require_second_factor",
        "guard_writes",
    ]
    before = settings.MIDDLEWARE[: settings.MIDDLEWARE.index("recommendations.middleware.caches.private_pages")]
    assert before[-1] == "recommendations.middleware.tokens.api_tokens"
    assert before[-2] == "django.contrib.auth.middleware.AuthenticationMiddleware"


ROLES = {
    Role.OPCC_OFFICER: OFFICER,
    Role.APPROVING_OFFICER: RIGHTS["approver"],
    Role.FORCE_INSPECTION_LEAD: LEAD,
    Role.COMMITTEE_MEMBER: RIGHTS["member"],
    Role.ADMINISTRATOR: RIGHTS["administrator"],
}


def test_each_role_has_the_rights_that_are_written_down():
    assert {role: {str(may) for may in held} for role, held in permissions.ROLE_MAY.items()} == ROLES
    assert set(permissions.WRITING_ROLES) == set(Role) - {Role.COMMITTEE_MEMBER}


class Someone:
    def __init__(self, role, is_active=True):
        self.role, self.is_active = role, is_active


def test_a_right_is_held_by_active_people_of_the_role_and_by_nobody_else():
    for role, held in ROLES.items():
        for may in permissions.May:
            assert permissions.has_perm(Someone(role), may) is (str(may) in held)
            assert permissions.has_perm(Someone(role, is_active=False), may) is False
    assert permissions.has_perm(Someone("no such role"), permissions.May.USE) is False
    assert permissions.has_perm(Someone(Role.ADMINISTRATOR), "no_such_permission") is False


def test_of_the_admins_own_questions_deleting_is_answered_with_no():
    answers = {
        name: permissions.has_perm(Someone(Role.ADMINISTRATOR), f"recommendations.{name}_force")
        for name in ("view", "add", "change", "delete")
    }
    assert answers == {"view": True, "add": True, "change": True, "delete": False}
    assert permissions.has_perm(Someone(Role.OPCC_OFFICER), "recommendations.change_force") is False
