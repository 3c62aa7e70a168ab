"""The database itself refuses what a change ahead can never be."""

from recommendations.enums.succession import SuccessionKind
from recommendations.models import Succession, SuccessionForce
from tests.conftest import AT
from tests.domain.constraints import written
from tests.domain.succession.plans import MAYOR, enter
from tests.per_module import per_module


@per_module
def plan(body, westmarch, administrators):
    return enter(SuccessionKind.NEW_BODY, [westmarch], by=administrators[0], **MAYOR)


def test_each_constraint_holds(plan, administrators, westmarch):
    first, second = administrators
    done = {"confirmed_at": AT, "confirmed_by": second, "done_at": AT}
    withdrawn = {"withdrawn_at": AT, "withdrawn_by": second, "withdrawn_why": "No."}
    refused = {
        "succession_kind_known": [{"kind": "other"}],
        "succession_says_why": [{"reason": ""}],
        "succession_names_the_new_body": [{"body_name": ""}, {"office_name": ""}, {"body_kind": ""}],
        "succession_names_a_body_on_record": [{"kind": "other_body"}, {"kind": "body_details"}],
        "succession_names_one_successor": [
            {"kind": "merger"},
            {"kind": "merger", "successor": westmarch, "force_name": "Marches Police"},
        ],
        "succession_splits_off_something": [
            {"kind": "split", "force_name": "Marches Police"},
            {"kind": "split", "references": "WM-0001"},
        ],
        "succession_confirmed_by_another": [
            {"confirmed_at": AT, "confirmed_by": first},
            {"confirmed_by": second},
        ],
        "succession_done_was_confirmed": [{"done_at": AT}, done | withdrawn],
        "succession_withdrawn_says_why": [
            {"withdrawn_at": AT, "withdrawn_by": second},
            {"withdrawn_why": "No."},
            {"withdrawn_by": second},
        ],
        "succession_problem_is_of_an_open_one": [done | {"problem": "No."}, withdrawn | {"problem": "No."}],
    }
    told = [(name, written(Succession, values)) for name, all_values in refused.items() for values in all_values]
    assert [(name, said) for name, said in told if name not in said] == []


def test_a_force_is_in_a_plan_once(plan, westmarch, eastvale, administrators):
    enter(SuccessionKind.FORCE_DETAILS, [eastvale], by=administrators[0], chief_officer="Ann Lowe")
    told = written(SuccessionForce, {"succession": plan, "force": westmarch})
    assert "succession_id" in told or "successionforce_once" in told
