"""Choosing the colleague responsible for a round or response."""

from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.ownership.people import office_people
from recommendations.forms.site.base import OfRecord
from recommendations.models import Response, UpdateRound


class KeeperForm(OfRecord):
    """Who is responsible for a round or a response from now on; empty for no one in particular."""

    read_again = "Someone else changed this after you opened the page. Check it, then save again."
    unmarked = ("keeper",)

    keeper = forms.ModelChoiceField(
        label="Who is dealing with it",
        required=False,
        queryset=office_people(),
        empty_label="No one in particular",
        help_text="Their first page says so.",
        error_messages={"invalid_choice": "This person can no longer sign in. Choose someone else."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, record: Response | UpdateRound, **kwargs: Any) -> None:
        super().__init__(data, record=record, initial={"keeper": record.keeper_id}, **kwargs)
        self.fields["keeper"].queryset = office_people()
