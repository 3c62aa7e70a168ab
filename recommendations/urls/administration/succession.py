"""Addresses of changes ahead: what happens to forces and policing bodies on a later day."""

from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from recommendations.enums.succession import SuccessionKind
from recommendations.views.succession import plans


class SuccessionKindConverter(SlugConverter):
    """A kind of change ahead: “new-body”."""

    def to_python(self, value):
        return SuccessionKind(value.replace("-", "_"))

    def to_url(self, value):
        return str(SuccessionKind(value)).replace("_", "-")


register_converter(SuccessionKindConverter, "succession_kind")

urlpatterns = [
    path("changes-ahead/", plans.succession_list, name="successions"),
    path("changes-ahead/add/", plans.choose_succession, name="choose_succession"),
    path("changes-ahead/add/<succession_kind:kind>/", plans.add_succession, name="add_succession"),
    path("changes-ahead/<int:pk>/", plans.succession, name="succession"),
    path("changes-ahead/<int:pk>/change/", plans.change_succession, name="change_succession"),
    path("changes-ahead/<int:pk>/withdraw/", plans.withdraw_succession, name="withdraw_succession"),
]
