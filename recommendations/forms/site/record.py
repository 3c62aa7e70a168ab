"""A form that adds or corrects a record, and the fields that such forms share."""

from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.forms.site.merging import MergingForm


class RecordForm(MergingForm):
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
        self.read_values = self.values_of(record) if record else {}
        starts = (self.read_values | {"version": record.version}) if record else {}
        super().__init__(data, initial=starts | (initial or {}), **kwargs)
        if record is None:
            del self.fields["reason"], self.fields["as_read"]

    @property
    def read_version(self) -> int:
        """The version that the user saw; 0, always stale, if the form lost it."""
        return self.cleaned_data.get("version") or 0


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
