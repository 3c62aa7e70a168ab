"""What the demonstration has of actions."""

from recommendations.domain.actions.queries import lines_for
from recommendations.enums import Role
from recommendations.enums.actions import ActionState
from recommendations.models import ActionRow, OfficeUse


def check_actions(today):
    """Every state, each force’s and the office’s; late ones, held up by a late one, moved twice, of two."""
    lines = lines_for(ActionRow.objects.latest_of_each(), today)
    assert {line.row.state for line in lines} == set(ActionState)
    assert {(line.action.force.slug, line.action.voice) for line in lines} == {
        *(("westmarch", "force"), ("eastvale", "force"), ("westmarch", "office"))
    }
    assert [any(found) for found in zip(*((line.is_late, line.is_held_up_late) for line in lines), strict=True)] == [
        *(True, True)
    ]
    assert (max(line.moves for line in lines), max(len(line.tracked) for line in lines)) == (2, 2)
    assert any(line.tracked for line in lines)
    choice = OfficeUse.objects.get()
    assert (choice.chosen_by.role, choice.off) == (Role.ADMINISTRATOR, frozenset())
