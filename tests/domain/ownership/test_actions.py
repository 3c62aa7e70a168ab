"""Actions that name someone: they go to whoever takes over, and follow a new name, by a row each."""

import datetime

from recommendations.domain.actions.actions import tick_actions
from recommendations.domain.audit import verification
from recommendations.domain.people import leaving, records
from recommendations.domain.people.open_things import open_things
from recommendations.enums import Role
from recommendations.enums.actions import ActionVoice
from recommendations.models import ActionRow
from tests.conftest import AT, make_person
from tests.makers.actions import make_action

LATER = AT + datetime.timedelta(days=1)


def owner_of(action) -> tuple[str, str | None]:
    row = ActionRow.objects.latest_of_each().select_related("owner_person").get(action=action)
    return row.owner, row.owner_person and row.owner_person.name


def test_open_actions_go_to_the_colleague_who_takes_over(tracked, officer, settings):
    joe = make_person("Joe Brandreth", Role.OPCC_OFFICER)
    ours = {"owner": joe.name, "voice": ActionVoice.OFFICE}
    action, done = make_action(tracked, **ours), make_action(tracked, words="Done.", **ours)
    tick_actions(actions=[done], by=None, at=AT)
    settings.SECTIONS_OFF = ("actions",)
    assert [each.kind for each in open_things(joe)] == []
    settings.SECTIONS_OFF = ()
    assert [(each.kind, each.url) for each in open_things(joe)] == [("Actions they own", action.get_absolute_url())]
    leaving.leave(person=joe, to=officer, reason="Another office.", by=None, at=LATER)
    assert (owner_of(action), owner_of(done)) == ((officer.name, officer.name), (joe.name, joe.name))
    assert [row.owner for row in action.rows.all()] == [officer.name, joe.name]
    assert verification.verify() == []


def test_those_of_a_force_go_inside_the_force_and_follow_a_new_name(tracked, eastvale, force_lead):
    second = make_person("Ffion Rees", Role.FORCE_INSPECTION_LEAD, force=tracked.force)
    theirs = make_action(words="Theirs.", force=eastvale, owner=force_lead.name)
    action = make_action(tracked, owner=force_lead.name)
    assert owner_of(action) == (force_lead.name, force_lead.name)
    force_lead.name = "Callum Tranter-Lowe"
    records.keep(record=force_lead, by=None, at=LATER, reason="Married.")
    assert owner_of(action) == ("Callum Tranter-Lowe", "Callum Tranter-Lowe")
    leaving.leave(person=force_lead, to=second, reason="Another force.", by=None, at=LATER)
    assert owner_of(action) == ("Ffion Rees", "Ffion Rees")
    assert owner_of(theirs) == ("Callum Tranter", None)
