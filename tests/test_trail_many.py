"""The trail of many rows that are saved at once."""

import json

from recommendations import trail
from recommendations.domain.audit import verification
from recommendations.models import Label, TrailEntry


def labels_of(*words) -> list[Label]:
    return [Label(vocabulary="stage", key=word, words=word.capitalize(), position=7) for word in words]


def test_many_rows_are_saved_at_once_each_with_its_history_and_its_change(db, officer, at):
    with trail.verb("add_many", by=officer, at=at, reason="Brought in.") as act:
        made = act.add_all(labels_of("planned", "paused"))
    assert [each.pk for each in made] == list(Label.objects.order_by("pk").values_list("pk", flat=True))
    made[0].words, made[1].position = "Planned soon", 8
    untouched = act_on_three(made, officer, at)
    told = json.loads(TrailEntry.objects.last().changes)
    assert [(change["id"], set(change["fields"])) for change in told] == [
        (made[0].pk, {"words"}),
        (made[1].pk, {"position"}),
    ]
    saves = Label.history.order_by("history_id").values_list("id", "history_type", "history_user", "history_actor")
    who = (officer.pk, "Hannah Whitlock")
    first = [(each.pk, "+", *who) for each in (*made, untouched)]
    assert list(saves) == [*first, (made[0].pk, "~", *who), (made[1].pk, "~", *who)]
    assert Label.history.filter(history_type="+").first().history_change_reason == "Brought in."
    assert verification.verify() == []


def act_on_three(made, officer, at) -> Label:
    """Save two changed labels and one as it is, at once; return the third."""
    with trail.verb("add_label", by=officer, at=at, reason="Brought in.") as act:
        (untouched,) = act.add_all(labels_of("parked"))
    with trail.verb("edit_many", by=officer, at=at) as act:
        act.save_all([*made, untouched])
    return untouched
