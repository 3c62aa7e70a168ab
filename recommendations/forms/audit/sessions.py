"""The form to end sessions."""

from django import forms

from recommendations.domain.people.sessions import ALL
from recommendations.forms.site.base import VerbForm


class EndSessionForm(VerbForm):
    """One session by its mark, or all of them, depending on the button."""

    mark = forms.RegexField(
        f"^(?:[0-9a-f]{{20}}|{ALL})$", error_messages=dict.fromkeys(("required", "invalid"), "Choose a session to end.")
    )
