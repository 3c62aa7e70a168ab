"""Leads and keepers as people: a name, and the account that it means, whatever writes the name."""

import datetime
from importlib import import_module

from django.apps import apps
from django.db.models import QuerySet

from recommendations.domain.audit import verification
from recommendations.domain.commitments import commitments
from recommendations.domain.inspections import inspections
from recommendations.domain.people import leaving, records
from recommendations.domain.register.bulk import verbs as bulk
from recommendations.domain.register.bulk.undo import undo_bulk_change
from recommendations.enums import Role
from recommendations.models import Commitment, PersonalNotice, TrackedRecommendation, TrailEntry, UpdateRound, User
from tests.conftest import AT, make_person, make_tracked
from tests.makers.commitments import make_commitment, make_version
from tests.makers.rounds import make_round
from tests.per_module import per_module

LATER = AT + datetime.timedelta(hours=1)


@per_module
def joe():
    return make_person("Joe Brandreth", Role.OPCC_OFFICER)


@per_module
def three(inspection, officer):
    names = ("Hannah Whitlock", "Joe Brandreth", "Temp from the agency")
    return [make_tracked(inspection, number=str(n), leads={"opcc_lead": name}) for n, name in enumerate(names, start=2)]


def leads() -> list[tuple[str, str | None]]:
    rows = TrackedRecommendation.objects.order_by("pk").select_related("opcc_person")
    return [(row.opcc_lead, row.opcc_person and row.opcc_person.name) for row in rows]


def test_a_name_means_the_one_active_account_of_the_office_with_exactly_that_name(three, officer, force_lead):
    assert leads() == [("Hannah Whitlock", officer.name), ("Joe Brandreth", None), ("Temp from the agency", None)]
    twin = records.add_person(email="other@example.org", name=officer.name, role="opcc_officer", by=None, at=AT)
    first, second, third = three
    give = {"by": officer, "at": LATER}
    bulk.give_leads_to_many(versions={second.pk: 1}, leads={"opcc_lead": "hannah whitlock"}, **give)
    bulk.give_leads_to_many(versions={third.pk: 1}, leads={"opcc_lead": "Hannah Whitlock"}, **give)
    inspections.edit_tracked(tracked=first, version=1, portal_reference="77", **give)
    assert leads() == [("Hannah Whitlock", officer.name), ("hannah whitlock", None), ("Hannah Whitlock", None)]
    assert twin.pk not in TrackedRecommendation.objects.values_list("opcc_person", flat=True)
    assert verification.verify() == []


def test_giving_many_tells_the_person_and_undoing_puts_name_and_account_back(three, officer, joe, approver):
    two = [three[0], three[2]]
    versions = {each.pk: each.version for each in two}
    bulk.give_leads_to_many(versions=versions, leads={"opcc_lead": "Joe Brandreth"}, by=approver, at=LATER)
    assert leads() == [("Joe Brandreth", "Joe Brandreth")] * 3
    told = PersonalNotice.objects.filter(at=LATER).values_list("person", "kind", "about", "about_id", "by")
    assert sorted(told) == [(joe.pk, "given", "recommendation", each.pk, approver.pk) for each in two]
    entry = TrailEntry.objects.get(verb="give_leads_to_many")
    undo_bulk_change(entry=entry, reason="The wrong file.", by=officer, at=LATER)
    assert [leads()[0], leads()[2]] == [("Hannah Whitlock", officer.name), ("Temp from the agency", None)]
    assert verification.verify() == []


def test_an_account_takes_up_what_has_its_name_and_hands_it_on(three, officer, body, westmarch):
    commitment = make_commitment(make_version(body, westmarch, title="Fraud"), keeper="Joe Brandreth")
    joe = records.add_person(email="joe@example.org", name="Joe Brandreth", role="opcc_officer", by=None, at=AT)
    assert leads()[1] == ("Joe Brandreth", "Joe Brandreth")
    joe.name = "Joe Brandreth-Hughes"
    records.keep(record=joe, by=None, at=LATER, reason="Married.")
    assert leads()[1] == ("Joe Brandreth-Hughes", "Joe Brandreth-Hughes")
    commitment = Commitment.objects.get(pk=commitment.pk)
    assert (commitment.keeper, commitment.keeper_person) == ("Joe Brandreth-Hughes", joe)
    leaving.leave(person=joe, to=officer, reason="Another office.", by=None, at=LATER)
    assert leads()[1] == ("Hannah Whitlock", "Hannah Whitlock")
    commitment = Commitment.objects.get(pk=commitment.pk)
    assert (commitment.keeper, commitment.keeper_person) == ("Hannah Whitlock", officer)
    assert verification.verify() == []


def test_a_commitment_is_kept_by_the_account_or_by_a_name(body, westmarch, officer):
    commitment = make_commitment(make_version(body, westmarch))
    assert commitment.keeper_person == officer
    facts = {"next_on": commitment.next_on, "every": commitment.every, "by": officer, "at": LATER}
    changed = commitments.edit_commitment(commitment=commitment, version=1, keeper="The panel’s clerk", **facts)
    assert (changed.keeper, changed.keeper_person) == ("The panel’s clerk", None)


def test_the_migration_links_the_names_that_mean_one_active_account_and_keeps_the_others(three, westmarch, officer):
    made_round = make_round(westmarch, by=officer)
    gone = make_person("Temp from the agency", Role.OPCC_OFFICER)
    plain = {model: model._base_manager.all() for model in (TrackedRecommendation, UpdateRound, User)}
    for rows, value in ((plain[TrackedRecommendation], {"opcc_person": None}), (plain[UpdateRound], {"keeper": None})):
        _write(rows, **value)
    _write(plain[User].filter(pk=gone.pk), is_active=False)
    import_module("recommendations.migrations.0055_owners_by_name").link(_Plain(), None)
    assert leads()[:3] == [("Hannah Whitlock", officer.name), ("Joe Brandreth", None), ("Temp from the agency", None)]
    assert UpdateRound.objects.get(pk=made_round.pk).keeper == officer


class _Plain:
    """The models as a migration has them: with querysets that write."""

    def get_model(self, app, name):
        model = apps.get_model(app, name)
        return type(name, (), {"objects": QuerySet(model)})


def _write(rows, **values) -> None:
    QuerySet(rows.model).filter(pk__in=rows.values("pk")).update(**values)
