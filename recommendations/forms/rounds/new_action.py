"""The form for an action that the force adds while it answers a line of a round."""

from collections.abc import Mapping
from typing import Any

from recommendations.domain.actions.actions import NewAction
from recommendations.forms.actions.actions import due_field, owner_field, words_field
from recommendations.forms.site.base import VerbForm
from recommendations.models import RoundLine

FIELDS = ("words", "owner", "due_on")


class RoundActionForm(VerbForm):
    """What is to be done on the recommendation of a line, who does it and by when. Empty, it adds nothing."""

    words = words_field()
    owner = owner_field()
    due_on = due_field()

    def __init__(self, data: Mapping[str, Any] | None = None, *, line: RoundLine, **kwargs: Any) -> None:
        super().__init__(data, prefix=f"a{line.pk}", **kwargs)
        self.line = line

    @property
    def is_filled(self) -> bool:
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in FIELDS)

    @property
    def new_action(self) -> NewAction:
        """The action of a valid form."""
        return NewAction(**self.verb_fields(), tracked=(self.line.tracked,))
