"""The form behind each record that an administrator keeps. The verb decides; its refusals come back to the form."""

from django import forms

from recommendations.domain.people.records import mark_of
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.enums import Role
from recommendations.forms.site.base import new_token

MACHINERY = ("once", "seen", "reason")


class KeptForm(forms.ModelForm):
    """A record's own fields, the reason for a change, and the guards against a double click and a lost update.

    `refusal` is what the verb answered to this very form, if it refused.
    """

    use_required_attribute = False
    refusal: Refusal | None = None
    once = forms.CharField(required=False, widget=forms.HiddenInput, initial=new_token)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why you change it",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stays in the history.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["reason"], self.fields["seen"]
        else:
            self.initial["seen"] = mark_of(self.instance)

    def clean(self):
        given = super().clean()
        if isinstance(self.refusal, Stale):
            self._show_theirs(given)
        elif self.refusal:
            field = self.refusal.field if self.refusal.field in self.fields else None
            self.add_error(field, self.refusal.message)
        return given

    def _show_theirs(self, given: dict) -> None:
        """What somebody else saved meanwhile, beside each field where it differs; what is typed stays in the fields."""
        self.add_error(None, "Someone else saved this while you were typing. Check what they saved, then save again.")
        for name in [name for name in self.fields if name not in MACHINERY]:
            theirs = self.fields[name].clean(self.initial.get(name))
            if theirs != given.get(name):
                self.add_error(name, f"Someone else saved this: {self._words(name, theirs)}")
        self.data = self.data.copy()
        self.data["seen"] = str(self.initial["seen"])

    def _words(self, name: str, value) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        shown = self.fields[name].prepare_value(value)
        if hasattr(self.fields[name], "choices"):
            return str(dict(self.fields[name].choices).get(shown, "nothing"))
        return str(shown or "nothing")


class PersonForm(KeptForm):
    """A person: the force goes with the role."""

    def clean(self):
        given = super().clean()
        if "role" in given and (given["role"] == Role.FORCE_INSPECTION_LEAD) != bool(given.get("force")):
            self.add_error("force", "A force inspection lead has a force, and no one else has one.")
        return given


class LabelForm(KeptForm):
    """A label: its words change, its key stays."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            for name in ("vocabulary", "key"):
                self.fields[name].disabled = True
