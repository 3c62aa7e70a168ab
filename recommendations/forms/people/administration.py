"""The forms of the records that administrators maintain. The verb decides; its refusals become form errors."""

import datetime
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from django import forms
from django.utils.text import slugify

from recommendations.domain.forces.details import check_from_day, former_model
from recommendations.domain.people.effects import effects_of, uses_of
from recommendations.domain.people.records import check_record, mark_of
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.enums import Role, Vocabulary
from recommendations.forms.site.base import new_token
from recommendations.forms.site.fields import DayField
from recommendations.models import User
from recommendations.models.settings import DEFAULT_LABELS
from recommendations.periods import london_day
from recommendations.sections import Section
from recommendations.trail import digest

OF_RISK = (Vocabulary.RISK, Vocabulary.THEME, Vocabulary.DELAY_CAUSE)
MACHINERY = ("once", "seen", "reason", "shown")


class KeptForm(forms.ModelForm):
    """A record's fields, the reason for a change, and guards against double submission and lost updates.
    `refusal` is the verb's refusal of this form, if any. Side effects of saving (`effects`) are shown first; the form
    is saved when it is submitted again with the digest of what was shown. `by` and `at`: who saves, and when.
    """

    data: dict[str, Any]  # as of forms.site.base.Form
    fields: dict[str, Any]
    use_required_attribute = False
    refusal: Refusal | None = None
    by: User | None = None
    at: datetime.datetime | None = None
    effects: list[str] = []
    once = forms.CharField(required=False, widget=forms.HiddenInput, initial=new_token)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why you change it",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stays in the history.",
    )

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["reason"], self.fields["seen"]
        else:
            self.initial["seen"] = mark_of(self.instance)

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if isinstance(self.refusal, Stale):
            self._show_theirs(given)
        elif self.refusal:
            field = self.refusal.field if self.refusal.field in self.fields else None
            self.add_error(field, self.refusal.message)
        return given

    def _post_clean(self) -> None:
        """Check the record as it would be saved: add refusals as errors, and show the side effects."""
        super()._post_clean()  # type: ignore[misc]  # Django’s, which its types leave out
        if self.errors or self.at is None:
            return
        before = None if self.instance._state.adding else type(self.instance)._base_manager.get(pk=self.instance.pk)
        try:
            check_record(self.instance, before, by=self.by, at=self.at)
        except NotAllowed:
            return  # the verb reports it, and records it in the trail
        except Refusal as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)
            return
        self._show_effects(effects_of(self.instance, before, london_day(self.at)))

    def _show_effects(self, effects: list[str]) -> None:
        if not effects or self.cleaned_data.get("shown") == digest(effects):
            return
        self.effects = effects
        self.add_error(None, "Check what this changes, then choose “Confirm and save”.")
        self.data = self.data.copy()
        self.data["shown"] = digest(effects)

    def _show_theirs(self, cleaned: dict) -> None:
        """Show what someone else saved meanwhile beside each field that differs; the input stays in the fields."""
        self.add_error(None, "Someone else saved this while you were typing. Check what they saved, then save again.")
        for name in [name for name in self.fields if name not in MACHINERY]:
            theirs = self.fields[name].clean(self.initial.get(name))
            if theirs != cleaned.get(name):
                self.add_error(name, f"Someone else saved this: {self._words(name, theirs)}")
        self.data = self.data.copy()
        self.data["seen"] = str(self.initial["seen"])

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        shown = self.fields[name].prepare_value(value)
        if hasattr(self.fields[name], "choices"):
            return str(dict(self.fields[name].choices).get(shown, "nothing"))
        return str(shown or "nothing")


class NamedForm(KeptForm):
    """A force or a policing body: its web address and reference prefix are made from its name where left empty.

    A new name, head or address holds from a day on, or is the correction of a mistake.
    """

    from_day = DayField(
        past=True,
        required=False,
        label="From which day?",
        help_text="The first day of a new name, head or address, today or earlier. Earlier days keep the old one. "
        "Leave it empty to correct a mistake: that holds for the past too.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["from_day"]
        else:
            names = [name for name in self.fields if name != "from_day"]
            after_details = max(map(names.index, former_model(self.instance).DETAILS)) + 1
            self.order_fields([*names[:after_details], "from_day"])
        for name in MADE_FROM_NAME.keys() & self.fields.keys():
            field = self.fields[name]
            field.required = False
            field.help_text = f"{field.help_text} Left empty, it is made from the name.".strip()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        name = given.get("short_name") or given.get("name") or ""
        for field, suggestions in MADE_FROM_NAME.items():
            if name and field in self.fields and field not in self.errors and not given.get(field):
                given[field] = next(each for each in suggestions(name) if not self._is_taken(field, each))
        return given

    def _post_clean(self) -> None:
        """Check the day as well, before the side effects are confirmed."""
        super()._post_clean()
        if not (from_day := self.cleaned_data.get("from_day")) or self.at is None or self.has_error("from_day"):
            return
        try:
            check_from_day(self.instance, type(self.instance).objects.get(pk=self.instance.pk), from_day, at=self.at)
        except Refusal as refusal:
            self.add_error("from_day", refusal.message)

    def _is_taken(self, field: str, value: str) -> bool:
        others = type(self.instance)._base_manager.exclude(pk=self.instance.pk)
        return others.filter(**{f"{field}__iexact": value}).exists()


def _slugs(name: str) -> Iterator[str]:
    """Web addresses for a name: westmarch, westmarch-2, …"""
    slug = slugify(name)[:40] or "office"
    yield slug
    yield from (f"{slug}-{number}" for number in count(2))


def _prefixes(name: str) -> Iterator[str]:
    """Prefixes for a name: the initials of several words, then the first two letters, three, …, then with a number."""
    words = slugify(name).upper().split("-")
    letters = "".join(words) or "X"
    if len(words) > 1:
        yield "".join(word[0] for word in words)[:8]
    yield from (letters[:length] for length in range(2, 6))
    yield from (f"{letters[:2]}{number}" for number in count(2))


MADE_FROM_NAME: dict[str, Callable[[str], Iterator[str]]] = {"slug": _slugs, "reference_prefix": _prefixes}


class FormerDetailsForm(KeptForm):
    """What a force or a body was called before a change. It is corrected with a reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why you correct it"
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = "Say why this is corrected."


class PersonForm(KeptForm):
    """A user; requires a force exactly for force inspection leads."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if "role" in given and (given["role"] == Role.FORCE_INSPECTION_LEAD) != bool(given.get("force")):
            self.add_error("force", "A force inspection lead has a force, and no one else has one.")
        return given


def vocabularies() -> list[Vocabulary]:
    """The vocabularies that this office uses."""
    return [each for each in Vocabulary if each not in OF_RISK or Section.RISK.is_on]


def built_in_keys() -> str:
    """The keys that can be reworded, one sentence for each vocabulary that has some."""
    said = [
        f"{each.label}: {', '.join(f'{key} ({words})' for key, words in DEFAULT_LABELS[each].items())}."
        for each in vocabularies()
        if DEFAULT_LABELS[each]
    ]
    return f"Built-in keys: {' '.join(said)}"


class LabelForm(KeptForm):
    """A label: its words can change; its key cannot once a record uses it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].help_text = f"A built-in key to reword it, or a new one to add a choice. {built_in_keys()}"
        self.fields["vocabulary"].choices = [("", "Choose one"), *((each, each.label) for each in vocabularies())]
        if self.instance.pk is None:
            del self.fields["ended"]
            return
        self.fields["vocabulary"].disabled = True
        self.fields["key"].disabled = bool(uses_of(self.instance))
