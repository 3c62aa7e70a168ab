"""Forms about deaths take words and a reference, never names: they ask once if a text seems to contain one."""

from typing import Any

from django import forms

from recommendations.domain.text.person_names import names_in, names_in_link
from recommendations.forms.site.base import Form

NO_NAMES = (
    "Enter the words and the reference only. Do not enter the name of a person who died, or of any other person. We "
    "ask where a text seems to hold a name, but do not notice every one."
)


class AsksAboutNames(Form):
    """A mixin, to be listed before the form class. `without_names` are the texts and links to check.
    The first time that such a text seems to contain a name, the form is invalid; submitted again with the same words it
    is valid. Unchanged values of a record are not checked.
    """

    without_names: tuple[str, ...] = ()
    is_about_deaths = False
    asked_names = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def no_names(self) -> str:
        """The notice at the top of such a form; "" for any other."""
        return NO_NAMES if self.is_about_deaths else ""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.is_about_deaths:
            self._ask(given)
        return given

    def _ask(self, cleaned: dict) -> None:
        changed = [name for name in self.without_names if name in self.changed_data]
        found = {name: self._names(name, _text(cleaned.get(name))) for name in changed}
        names = "; ".join(dict.fromkeys(each for of in found.values() for each in of))
        if not names or names == cleaned.get("asked_names"):
            return
        for name, of in found.items():
            if of:
                self.add_error(name, _question(of))
        self.data = self.data.copy()
        self.data[self.add_prefix("asked_names")] = names

    def _names(self, field: str, text: str) -> tuple[str, ...]:
        is_link = isinstance(self.fields[field], forms.URLField)
        return names_in_link(text) if is_link else names_in(text)


def _text(value: object) -> str:
    return "\n".join(value) if isinstance(value, tuple | list) else str(value or "")


def _question(names: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{each}”" for each in names)
    return f"{shown} looks like a person’s name. Remove it, or save again if it isn’t one."
