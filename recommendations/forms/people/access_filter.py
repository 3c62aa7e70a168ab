"""The filter of the list of people; invalid or unknown parameters are ignored."""

from django import forms

from recommendations.domain.people.access_filters import STATES, PeopleFilter
from recommendations.enums import Role
from recommendations.forms.site.base import Form


class PeopleFilterForm(Form):
    """Words of a name or an address, a role, a state and ids with commas, all optional."""

    use_required_attribute = False

    q = forms.CharField(required=False, max_length=200)
    role = forms.ChoiceField(required=False, choices=Role)
    id = forms.CharField(required=False, max_length=2000)
    show = forms.ChoiceField(required=False, choices=[(name, words) for name, (words, _) in STATES.items()])

    @property
    def asked(self) -> PeopleFilter:
        """The valid fields as a PeopleFilter."""
        self.is_valid()
        given = self.cleaned_data
        ids = tuple(int(each) for each in given.get("id", "").split(",") if each.isdecimal())
        return PeopleFilter(given.get("q", ""), given.get("role", ""), given.get("show", ""), ids)
