"""What the forms about one tracked recommendation share: the record, who types, and long and short texts."""

import datetime

from django import forms

from recommendations.forms.site.base import ActForm

LONGEST = 20_000


def long_text(label: str, *, empty: str = "", rows: int = 3, **kwargs) -> forms.CharField:
    """A text of several lines; required where `empty` says what to answer to an empty one."""
    return forms.CharField(
        label=label,
        required=bool(empty),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": empty,
            "max_length": f"This is too long: %(show_value)s characters, and {LONGEST:,} fit.",
        },
        **kwargs,
    )


def short_text(label: str, longest: int = 120, **kwargs) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=longest, **kwargs)


class AboutTracked(ActForm):
    """What these forms share: the record, who types, and today (a London day), from which each is filled in.

    `words` are the office's labels (Label.objects.words()); forms with a choice among them need it.
    """

    def __init__(self, data=None, *, tracked, by, on: datetime.date, words: dict | None = None, **kwargs):
        self.tracked, self.by, self.on, self.words = tracked, by, on, words or {}
        kwargs["initial"] = self.starts_with() | kwargs.pop("initial", {})
        super().__init__(data, **kwargs)

    @property
    def own_name(self) -> str:
        """The name of who types, where they are the force's; nobody else's name is ever filled in."""
        return self.by.name if self.by.force_id else ""

    def starts_with(self) -> dict:
        """The values that are filled in before the person types."""
        return {}


class GuardedForm(AboutTracked):
    """A form whose verb checks that the record is still the one that the person saw."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.tracked.version

    def verb_fields(self):
        """With the version that was read; a form that lost it is as stale as can be."""
        return super().verb_fields() | {"version": self.cleaned_data.get("version") or 0}
