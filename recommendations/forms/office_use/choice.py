"""The form of the page "What you use": a tick for each section and source."""

from typing import Any

from django import forms

from recommendations.domain.office_use.choice import OfficeChoice
from recommendations.domain.writing.refusals import Refusal
from recommendations.forms.site.base import VerbForm
from recommendations.sections import Section


class OfficeUseForm(VerbForm):
    """`choice` is the one that counts. What SECTIONS_OFF switches off has no tick, and keeps what was chosen.

    `token` is the choice that the page showed; `shown` names what was said there to be hidden by saving.
    """

    sections = forms.MultipleChoiceField(required=False)
    sources = forms.MultipleChoiceField(required=False)
    token = forms.CharField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, choice: OfficeChoice, fixed: frozenset[Section], **kwargs: Any) -> None:
        self.choice, self.fixed = choice, fixed
        super().__init__(data, initial={"token": choice.token}, **kwargs)
        del self.fields["version"]
        self.fields["sections"].choices = [(each.value, each.value) for each in Section if each not in fixed]
        self.fields["sources"].choices = [(key, key) for key in choice.sources]

    @property
    def ticked_sections(self) -> frozenset[Section]:
        """The sections that would be on after saving; before it is sent, those that are."""
        if not self.is_bound:
            return self.choice.sections_on
        ticked = {Section(each) for each in self.cleaned_data.get("sections", ())}
        return frozenset(ticked | (self.choice.sections_on & self.fixed))

    @property
    def ticked_sources(self) -> frozenset[str]:
        """The sources that would be followed after saving; before it is sent, those that are."""
        return frozenset(self.cleaned_data.get("sources", ())) if self.is_bound else self.choice.followed_keys

    @property
    def hides_unshown(self) -> bool:
        """Whether saving would hide something of which the page has not said so yet."""
        off = (self.choice.sections_on - self.ticked_sections) | (self.choice.followed_keys - self.ticked_sources)
        return bool(off - set(self.cleaned_data.get("shown", "").split()))

    def verb_fields(self) -> dict[str, Any]:
        return {
            "sections": self.ticked_sections,
            "source_keys": self.ticked_sources,
            "token": self.cleaned_data.get("token", ""),
        }

    def refuse(self, refusal: Refusal) -> None:
        """Add the refusal. Of a choice that someone else changed, the page shows theirs, and may be saved over it."""
        super().refuse(refusal)
        if refusal.code == "stale":
            self.data = self.data.copy()
            self.data["token"] = self.choice.token
