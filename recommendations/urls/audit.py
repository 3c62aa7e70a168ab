"""Addresses of the history of a record."""

from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from recommendations.views.audit import history


class HistoryKindConverter(SlugConverter):
    """A kind of record: one of a section that is off is not there."""

    def to_python(self, value):
        if value in history.KINDS and not history.KINDS[value].is_on:
            raise ValueError(f"the section of {value} is off")
        return value


register_converter(HistoryKindConverter, "kind")

urlpatterns = [
    path("history/<kind:kind>/<int:pk>/", history.history, name="history"),
]
