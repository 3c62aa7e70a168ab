"""A form about a death asks for words and a reference, never for a name: it asks once when a text seems to hold one."""

from django import forms

from recommendations.domain.text.person_names import names_in, names_in_link

NO_NAMES = "Enter the words and the reference only. Do not enter the name of a person who died, or of any other person."


class AsksAboutNames(forms.Form):
    """Put it before the form that it is mixed into. `without_names` are the texts and links that are looked at.

    The first time that such a text seems to hold a name the form is not valid and says so; sent again with the same
    words it is. What a record says already is not asked about.
    """

    without_names: tuple[str, ...] = ()
    is_about_deaths = False
    asked_names = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def no_names(self) -> str:
        """What such a form says first; nothing in any other."""
        return NO_NAMES if self.is_about_deaths else ""

    def clean(self):
        given = super().clean()
        if self.is_about_deaths:
            self._ask(given)
        return given

    def _ask(self, given: dict) -> None:
        changed = [name for name in self.without_names if name in self.changed_data]
        found = {name: self._names(name, _text(given.get(name))) for name in changed}
        names = "; ".join(dict.fromkeys(each for of in found.values() for each in of))
        if not names or names == given.get("asked_names"):
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
