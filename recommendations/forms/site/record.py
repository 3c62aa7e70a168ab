"""A form that adds or corrects a record, and the fields that such forms share."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.forms.fields import Field

from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField


class RecordForm(VerbForm):
    """A form that adds a record, or corrects `record` with a reason."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        record: Any = None,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.record = record
        starts = (self.values_of(record) | {"version": record.version}) if record else {}
        super().__init__(data, initial=starts | (initial or {}), **kwargs)
        if record is None:
            del self.fields["reason"]

    def values_of(self, record: Any) -> dict[str, Any]:
        """The record's values, as initial values of this form."""
        raise NotImplementedError

    @property
    def read_version(self) -> int:
        """The version that the user saw; 0, always stale, if the form lost it."""
        return self.cleaned_data.get("version") or 0

    def conflicts(self) -> list[tuple[str, str, str]]:
        """(label, theirs, mine) for each field in which the record, as someone else saved it, differs from the
        input.
        """
        if self.theirs is None:
            return []
        theirs = self.values_of(self.theirs)
        shown = [
            (self[name], value, self.cleaned_data.get(name)) for name, value in theirs.items() if name in self.fields
        ]
        said = [(str(box.label), _words(box.field, value), _words(box.field, mine)) for box, value, mine in shown]
        return [row for row in said if row[1] != row[2]]


def _words(field: Field, value: Any) -> str:
    """A field's value in words."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(sorted(str(one) for one in value or ()))
    if isinstance(field, forms.ModelChoiceField):
        value = getattr(value, "pk", value)
        return next((words for key, words in _choices(field) if getattr(key, "value", key) == value), "")
    if isinstance(field, LinesField):
        return value if isinstance(value, str) else "\n".join(value or ())
    if isinstance(field, DayField):
        return field.prepare_value(value) or ""
    if isinstance(field, forms.ChoiceField | forms.TypedChoiceField):
        return str(dict(_choices(field)).get("" if value is None else _key(value), "" if value is None else value))
    return "" if value is None else str(value)


def _choices(field: forms.ChoiceField | forms.ModelChoiceField) -> Iterable[tuple[Any, str]]:
    return cast(Iterable[tuple[Any, str]], field.choices)  # no form has groups of choices


def _key(value: Any) -> Any:
    """The key of a choice: TypedChoiceField uses "yes" and "no" for True and False."""
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class LinesField(forms.CharField):
    """A list with one item per line; empty lines and bullets are dropped."""

    widget = forms.Textarea

    def __init__(self, *, longest: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]  # a list, where Django has one text
        lines = (line.strip().removeprefix("•").strip() for line in (value or "").splitlines())
        return tuple(line for line in lines if line)

    def validate(self, value: Any) -> None:
        super().validate(value)
        long = next((line for line in value if self.longest and len(line) > self.longest), None)
        if long:
            raise forms.ValidationError(f"“{long[:40]} …” is longer than {self.longest} letters. Shorten it.")


def yes_or_no(label: str, yes: str, no: str, **kwargs: Any) -> forms.TypedChoiceField:
    """Two radio buttons for True and False."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no)],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
        **kwargs,
    )


def reason_field() -> forms.CharField:
    return forms.CharField(
        label="Why you change it",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stays in the history, beside what was there before.",
        error_messages={"required": "Say why you change it."},
    )
