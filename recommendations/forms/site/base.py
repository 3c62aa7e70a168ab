"""What every form that calls a verb shares: the token against double sending, the version that was read, refusals."""

import secrets

from django import forms

from recommendations.domain.writing.refusals import Refusal, Stale


def new_token() -> str:
    return secrets.token_urlsafe(16)


class ActForm(forms.Form):
    """A form for one verb. `once` is new each time the form is shown; `version` is the record's as it was read.

    `offered` are the values that a text box suggests and does not fill in, by the name of the field.

    After a Stale refusal `theirs` is the record as it is now, and the form's version is theirs: what was typed
    stays, and saving again is a decision.
    """

    use_required_attribute = False
    once = forms.CharField(required=False, widget=forms.HiddenInput, initial=new_token)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    theirs = None
    typed_words = None  # where its words are kept while they are typed (views/site/typed_drafts.py), for forms that do

    @property
    def offered(self) -> dict[str, list[str]]:
        return {}

    def verb_fields(self) -> dict:
        """The cleaned values that the verb takes: all but the form's own machinery."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("once", "version")}

    def refuse(self, refusal: Refusal) -> None:
        """Show a verb's refusal beside the field that it is about, with what was typed left in place."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, refusal.message)
        if isinstance(refusal, Stale):
            self.theirs = refusal.theirs
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = str(refusal.theirs.version)


class OfRecord(ActForm):
    """A form for a verb of a record that was read as a whole: the verb is told its version.

    Where somebody else changed it meanwhile, `read_again` says so: there is nothing typed to compare.
    """

    read_again = ""

    def __init__(self, data=None, *, record, **kwargs):
        super().__init__(data, initial={"version": record.version} | kwargs.pop("initial", {}), **kwargs)

    def verb_fields(self) -> dict:
        return super().verb_fields() | {"version": self.cleaned_data.get("version") or 0}

    def refuse(self, refusal: Refusal) -> None:
        super().refuse(refusal)
        if isinstance(refusal, Stale):
            self.errors.pop("__all__", None)
            self.add_error(None, self.read_again)
