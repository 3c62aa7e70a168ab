"""Starting the response to a report: as its own, or joined to a companion report's."""

from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.forms.site.base import VerbForm
from recommendations.models import Response

OWN = "own"


class BeginResponseForm(VerbForm):
    """Which response to use; without a companion there is no choice."""

    how = forms.ChoiceField(
        label="Which response",
        widget=forms.RadioSelect,
        initial=OWN,
        error_messages={"required": "Choose which response."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, shared: list[Response], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.shared = {str(response.pk): response for response in shared}
        own = (OWN, "Its own response: drafting starts now")
        same = [(pk, f"The same as of “{response.title}”: it covers both") for pk, response in self.shared.items()]
        self.fields["how"].choices = [own, *same]
        if not shared:
            del self.fields["how"]

    @property
    def response(self) -> Response | None:
        """The response to join, or None for its own."""
        return self.shared.get(self.cleaned_data.get("how", OWN))
