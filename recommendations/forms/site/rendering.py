"""Rendering of all forms: one field template, GOV.UK Frontend's markup, one mark for optional fields."""

import datetime
from typing import Any

from django.forms import BaseForm, BoundField, Field
from django.forms.renderers import TemplatesSetting

from recommendations.forms.site.fields import day_in, say_read

# Django widget → govuk-frontend's class; any other input is a govuk-input.
CLASSES = {
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "nullbooleanselect": "govuk-select",
    "selectmultiple": "govuk-select",
    "radioselect": "govuk-radios__input",
    "checkboxselectmultiple": "govuk-checkboxes__input",
    "checkbox": "govuk-checkboxes__input",
    "file": "govuk-file-upload",
    "clearablefile": "govuk-file-upload",
}
CHOICES = {"radioselect": "radios", "checkboxselectmultiple": "checkboxes"}


class TooLong(str):
    """The error for a text that is too long, whose numbers have commas."""

    __slots__ = ()

    def __mod__(self, params: dict[str, Any]) -> str:
        return self.format(**params)


TOO_LONG = TooLong("It has {show_value:,} characters. Shorten it to {limit_value:,} or fewer.")


class GovukBoundField(BoundField):
    """A field of a form as the field template needs it. Its error for an empty field names the field; a text that is
    too long is refused with its length, as a browser told `maxlength` would cut what is pasted without a word.
    """

    def __init__(self, form: BaseForm, field: Field, name: str) -> None:
        super().__init__(form, field, name)
        if field.error_messages["required"] == Field.default_error_messages["required"]:
            words = "Choose an option for" if self.is_choices or "select" in self.widget_type else "Fill in"
            field.error_messages["required"] = f"{words} “{self.label}”."
        field.error_messages.setdefault("max_length", TOO_LONG)
        field.widget.attrs.pop("maxlength", None)

    def build_widget_attrs(self, attrs: Any, widget: Any = None) -> dict[str, Any]:
        """Add govuk-frontend's classes to the widget's own."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:  # hidden fields have no description
            return {name: value for name, value in attrs.items() if name != "aria-describedby"}
        attrs["class"] = " ".join([*self.govuk_classes(), widget.attrs.get("class", "")]).strip()
        if self.read_as:
            attrs["aria-describedby"] = " ".join(filter(None, [attrs.get("aria-describedby"), self.read_id]))
        if self.day_read:
            attrs["data-read"] = self.day_read.isoformat()
        return attrs | ({"list": self.list_id} if self.offered else {})

    @property
    def day_read(self) -> datetime.date | None:
        """Return the day in a field for days, or None."""
        return day_in(self.field.widget.attrs, self.value())

    @property
    def read_as(self) -> str:
        """Return the interpreted day in words, if it was not typed like that."""
        return say_read(self.day_read, self.value()) if self.form.is_bound and self.day_read else ""

    @property
    def read_id(self) -> str:
        """Return the id of the text that says which day was read."""
        return f"{self.auto_id}_read"

    @property
    def offered(self) -> list[str]:
        """Return the field's suggestions, which the form lists by field in `offered`."""
        return getattr(self.form, "offered", {}).get(self.name, [])

    @property
    def list_id(self) -> str:
        """Return the id of the list of suggestions."""
        return f"{self.auto_id}_offered"

    def govuk_classes(self) -> list[str]:
        """Return the widget's class, and its error variant if there is an error."""
        plain = CLASSES.get(self.widget_type, "govuk-input")
        return [plain, f"{plain}--error"] if self.errors and not plain.endswith("__input") else [plain]

    @property
    def is_choices(self) -> bool:
        """Whether the field is a set of radios or checkboxes, each with its own label."""
        return self.widget_type in CHOICES

    @property
    def choices_class(self) -> str:
        """Return govuk-frontend's name for a set of choices: radios or checkboxes."""
        return CHOICES[self.widget_type]

    @property
    def is_optional(self) -> bool:
        """Whether the label is marked "(optional)". A form lists its exceptions in `unmarked`."""
        unmarked = self.name in getattr(self.form, "unmarked", ())
        return not (self.field.required or unmarked or self.widget_type == "checkbox")

    @property
    def first_id(self) -> str:
        """Return the id that the error summary links to; for choices, that of the first one."""
        return f"{self.auto_id}_0" if self.is_choices else self.id_for_label


class FormRenderer(TemplatesSetting):
    """The renderer of FORM_RENDERER: `{{ form }}` and `{{ field.as_field_group }}` use our templates."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = GovukBoundField
