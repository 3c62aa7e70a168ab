"""A form of what two people may have open at once: what only one of them changed is kept, what both changed is shown.

The form sends along a mark of each value as it was read (`as_read`). After a Stale refusal that tells whose change is
whose: a field left as it was read takes what the other saved. A forged mark only changes what its sender would save.
"""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.forms.fields import Field
from django.http import QueryDict

from recommendations.digests import digest
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.forms.site.base import VerbForm

BOTH_KEPT = (
    "Someone else saved this while you were typing. Nothing conflicts with yours: what they saved is in the form now. "
    "Save again to keep both."
)


class MergingForm(VerbForm):
    """A form that starts with `read_values`, the saved values by field.

    After a Stale refusal `conflicts` are the fields that both changed, with the input kept, and `their_changes` those
    that only the other person did. A field without a mark was not shown, and takes theirs; a form without any mark,
    from a page that lost them, counts each field as changed here.
    """

    as_read = forms.CharField(required=False, widget=forms.HiddenInput)
    read_values: Mapping[str, Any] = {}

    def values_of(self, record: Any) -> dict[str, Any]:
        """The record's values now, by field."""
        raise NotImplementedError

    def label_of(self, name: str) -> str:
        """The field's label, as the comparison with the other person's text has it."""
        return str(self[name].label)

    def get_initial_for_field(self, field: Field, field_name: str) -> Any:
        """Mark the values as they are shown, unless the marks of an earlier reading are given."""
        if field_name == "as_read" and field_name not in self.initial:
            return self._marks(self.read_values)
        return super().get_initial_for_field(field, field_name)

    def verb_fields(self) -> dict[str, Any]:
        return {name: value for name, value in super().verb_fields().items() if name != "as_read"}

    def refuse(self, refusal: Refusal) -> None:
        """Add the refusal; after Stale merge what the other person saved into the input."""
        super().refuse(refusal)
        if isinstance(refusal, Stale):
            self._merge(self.values_of(refusal.theirs))
            if not self._in_conflict:
                del self.errors["__all__"]
                self.add_error(None, BOTH_KEPT)

    def conflicts(self) -> list[tuple[str, str, str]]:
        """(label, theirs, mine) for each field that both changed, to different values."""
        return [(self.label_of(name), *words) for name, words in self._in_conflict.items()]

    def their_changes(self) -> list[tuple[str, str]]:
        """(label, theirs) for each field that only the other person changed."""
        return [(self.label_of(name), words) for name, words in self._taken.items()]

    _in_conflict: Mapping[str, tuple[str, str]] = {}
    _taken: Mapping[str, str] = {}

    def _merge(self, values: Mapping[str, Any]) -> None:
        read = dict(pair.partition(":")[::2] for pair in self.cleaned_data.get("as_read", "").split())
        both, taken, data = {}, {}, QueryDict(mutable=True)
        data.update(self.data)
        for name in [name for name in values if name in self.fields]:
            field = self.fields[name]
            mine, theirs = _sent(field, self[name].data), _sent(field, values[name])
            words = _words(field, theirs), _words(field, mine)
            is_mine = not read or (name in read and digest(mine) != read[name])
            if not is_mine and mine != theirs:
                data.setlist(self.add_prefix(name), theirs)
                taken[name] = words[0]
            elif is_mine and digest(theirs) != read.get(name) and words[0] != words[1]:
                both[name] = words
        data[self.add_prefix("as_read")] = self._marks(values)
        self.data, self._in_conflict, self._taken = data, both, taken

    def _marks(self, values: Mapping[str, Any]) -> str:
        """A mark of each value that this form has a field for: "title:3f… kind:9a…"."""
        shown = {name: _sent(self.fields[name], value) for name, value in values.items() if name in self.fields}
        return " ".join(f"{name}:{digest(sent)}" for name, sent in shown.items())


def _sent(field: Field, value: Any) -> list[str]:
    """A field's value, saved or typed, as browsers send it, in one order and with one kind of line ends."""
    if isinstance(field.widget, forms.CheckboxInput):
        return ["on"] if value else []
    shown = field.widget.format_value(field.prepare_value(value))
    texts = shown if isinstance(shown, list) else [shown or ""]
    return sorted(str(text).replace("\r\n", "\n").strip() for text in texts)


def _words(field: Field, sent: Iterable[str]) -> str:
    """What was sent, in words."""
    if isinstance(field.widget, forms.CheckboxInput):
        return "Yes" if sent else "No"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        choices = cast(Iterable[tuple[Any, str]], field.choices)  # no form has groups of choices
        labels = {str(key): str(label) for key, label in choices}
        return ", ".join(labels.get(each, each) for each in sent)
    (text,) = sent
    try:
        return str(field.prepare_value(field.to_python(text)) or "")
    except forms.ValidationError:
        return text
