"""What all forms that call a verb share: the token against double submission, the version that was read, refusals."""

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.writing.refusals import Refusal, Stale


def new_token() -> str:
    return secrets.token_urlsafe(16)


class Form(forms.Form):
    """The base of all forms: Django's form, with types for data that can be copied and changed, for fields of the kinds
    that the class declares, and for cleaned values.
    """

    data: dict[str, Any]  # a QueryDict is one
    fields: dict[str, Any]

    def clean(self) -> dict[str, Any]:
        """Return the cleaned values, as Django does; its types say that they may be None."""
        super().clean()
        return self.cleaned_data


class VerbForm(Form):
    """A form for one verb. `once` is new each time the form is rendered; `version` is the record's version as read.
    `offered` are suggestions for text fields, by field name; they are not filled in.
    After a Stale refusal `theirs` is the record as it is now, and the form takes its version: the input stays, and
    saving again overwrites on purpose.
    """

    use_required_attribute = False
    once = forms.CharField(required=False, widget=forms.HiddenInput, initial=new_token)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    theirs: Any = None  # the record as someone else saved it
    typed_words: Any = None  # where unsaved input is kept (views/submission/typed_drafts.py), for forms that do so

    @property
    def offered(self) -> dict[str, list[str]]:
        return {}

    def verb_fields(self) -> dict[str, Any]:
        """The cleaned values for the verb, without the form's own hidden fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("once", "version")}

    def refuse(self, refusal: Refusal) -> None:
        """Add a verb's refusal as an error of its field; the input stays in place."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, refusal.message)
        if isinstance(refusal, Stale):
            self.theirs = refusal.theirs
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = str(refusal.theirs.version)


class OfRecord(VerbForm):
    """A form for a verb of a whole record, which passes on the version that was read.
    If someone else changed the record meanwhile, the error is `read_again`, as there is no input to compare.
    """

    read_again = ""

    def __init__(self, data: Mapping[str, Any] | None = None, *, record: Any, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": record.version} | kwargs.pop("initial", {}), **kwargs)

    def verb_fields(self) -> dict[str, Any]:
        return super().verb_fields() | {"version": self.cleaned_data.get("version") or 0}

    def refuse(self, refusal: Refusal) -> None:
        super().refuse(refusal)
        if isinstance(refusal, Stale):
            self.errors.pop("__all__", None)
            self.add_error(None, self.read_again)
