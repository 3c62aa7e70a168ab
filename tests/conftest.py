"""What most tests need: people of every role, two forces, and small makers that go through the verbs."""

import datetime
from functools import partial

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import TransactionTestCase

from recommendations.documents.pdf import render
from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.people import records
from recommendations.enums import BodyKind, DeadlineKind, InspectionKind, Role
from recommendations.exchange.readers import sandbox
from recommendations.models import Force, Oversight, PolicingBody, Recommendation, TrackedRecommendation, User
from recommendations.models.settings import sections_off_by_choice
from recommendations.sections import use_choice
from recommendations.telemetry import request_id
from recommendations.trail import verb
from recommendations.views.public.answer_cache import forget
from tests import database, named_tests, pdf_children, reader_children
from tests.emptying import empty
from tests.per_module import asks_a_database, per_module

AT = datetime.datetime(2026, 11, 7, 10, 0, tzinfo=datetime.UTC)  # a Saturday in Europe/London, 10:00
TODAY = datetime.date(2026, 11, 7)
PUBLISHED = datetime.date(2026, 1, 15)


def pytest_configure(config):
    """See the marks of all that is collected, for what the pages of security say of it (tests/named_tests.py)."""
    config.pluginmanager.register(named_tests.Collector(), "named_tests")
    use_choice(frozenset)


def pytest_itemcollected(item):
    """Leave to the soak the cases that a test marked `suite` does not name."""
    if (mark := item.get_closest_marker("suite")) and not {*item.callspec.indices.values()} <= {*mark.args}:
        item.add_marker(pytest.mark.soak)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """In the place of pytest-django's own, which would migrate in each process of a run."""
    with django_db_blocker.unblock():
        own = connection.settings_dict["NAME"]
        database.create()
    yield
    with django_db_blocker.unblock():
        connection.creation.destroy_test_db(own, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _emptied_quickly():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(scope="session", autouse=True)
def _children():
    """WeasyPrint and the readers of files are imported once, for all that a process of a run makes or reads."""
    pdfs, files = pdf_children.Children(), reader_children.Children()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "subprocess", pdfs)
        patch.setattr(sandbox, "subprocess", files)
        yield
    pdfs.end()
    files.end()


@pytest.fixture(autouse=True)
def _what_the_office_uses_is_read_from_the_database(request):
    """Of tests that have one. Any other has an office that uses everything, as while tests are collected."""
    if asks_a_database(request.node):
        use_choice(partial(sections_off_by_choice, frozenset()))
    yield
    use_choice(frozenset)


@pytest.fixture(scope="session")
def _var(tmp_path_factory):
    return tmp_path_factory.mktemp("var")


@pytest.fixture(autouse=True)
def _plain(settings, _var):
    """Quick passwords, nothing kept from another test, and each static file read when it is asked for."""
    forget()
    request_id.set("")
    settings.VAR_DIR = _var
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    for template in settings.TEMPLATES:
        template["OPTIONS"]["string_if_invalid"] = ""


@pytest.fixture(scope="session")
def at():
    return AT


@pytest.fixture(scope="session")
def today():
    return TODAY


@per_module
def westmarch():
    return records.keep(
        record=Force(name="Westmarch Police", short_name="Westmarch", slug="westmarch", reference_prefix="WM"),
        by=None,
        at=AT,
    )


@per_module
def eastvale():
    return records.keep(
        record=Force(name="Eastvale Police", short_name="Eastvale", slug="eastvale", reference_prefix="EV"),
        by=None,
        at=AT,
    )


@per_module
def body(westmarch, eastvale):
    body = PolicingBody(
        name="Police and Crime Commissioner for the Marches",
        slug="marches",
        kind=BodyKind.COMMISSIONER,
        office_name="Marches OPCC",
    )
    records.keep(record=body, by=None, at=AT)
    for force in (westmarch, eastvale):
        records.keep(record=Oversight(body=body, force=force, since=datetime.date(2012, 11, 22)), by=None, at=AT)
    return body


def make_person(name: str, role: str, force=None) -> User:
    email = name.lower().replace(" ", ".") + "@example.org"
    person = User(email=email, name=name, role=role, force=force)
    person.set_password("a long enough password")
    return records.keep(record=person, by=None, at=AT)


@per_module
def officer():
    return make_person("Hannah Whitlock", Role.OPCC_OFFICER)


@per_module
def approver():
    return make_person("Margaret Osei", Role.APPROVING_OFFICER)


@per_module
def force_lead(westmarch):
    return make_person("Callum Tranter", Role.FORCE_INSPECTION_LEAD, westmarch)


@per_module
def other_force_lead(eastvale):
    return make_person("Ines Pryce", Role.FORCE_INSPECTION_LEAD, eastvale)


@per_module
def member():
    person = make_person("Ravi Menon", Role.COMMITTEE_MEMBER)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    return person


@per_module
def administrator():
    return make_person("Joe Brandreth", Role.ADMINISTRATOR)


def make_inspection(force, *, title="Custody in Westmarch", by=None, at=AT, **facts):
    facts = {"short_name": "Custody 26", "kind": InspectionKind.CUSTODY, "published_on": PUBLISHED} | facts
    forces = force if isinstance(force, list) else [force]
    return inspections.add_inspection(forces=forces, title=title, by=by, at=at, **facts)


def make_tracked(inspection, *, number="1", text="The force should test cell call bells daily.", at=AT, **facts):
    """A tracked recommendation of the inspection's first force. `due_on` makes a dated deadline."""
    due_on = facts.pop("due_on", None)
    if due_on:
        facts |= {"deadline_kind": DeadlineKind.DATE, "deadline_on": due_on}
    new = NewRecommendation(number=number, text=text, **facts)
    recommendation = inspections.add_recommendation(inspection=inspection, new=new, by=None, at=at)
    return TrackedRecommendation.objects.get(recommendation=recommendation, force=inspection.covers.first().force)


def make_many_tracked(inspection, numbers, *, text="The force should test cell call bells daily.", at=AT):
    """Tracked recommendations with these numbers, of the inspection's first force: many rows, for what many cost.

    Written at once, as an import does, they take a tenth of what `make_tracked` does. `text` may name the number: {}.
    """
    force = inspection.covers.first().force
    with verb("add_recommendations", by=None, at=at, subject=inspection) as act:
        first = inspection.recommendations.count() + 1
        made = act.add_all(
            [
                Recommendation(inspection=inspection, number=str(number), position=place, text=text.format(number))
                for place, number in enumerate(numbers, start=first)
            ]
        )
        first = TrackedRecommendation.on_file.filter(force=force).count() + 1
        facts = {"force": force, "tracked_on": inspection.published_on, "recorded_at": at}
        return act.add_all(
            [
                TrackedRecommendation(recommendation=each, reference=f"{force.reference_prefix}-{place:04}", **facts)
                for place, each in enumerate(made, start=first)
            ]
        )


@per_module
def inspection(westmarch):
    return make_inspection(westmarch)


@per_module
def tracked(inspection):
    return make_tracked(inspection, due_on=datetime.date(2026, 6, 30))
