"""Addresses of security events, people's access, sessions, and the history of records."""

from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from recommendations.views.audit import events, history, people, sessions


class HistoryKindConverter(SlugConverter):
    """A kind of record; one that belongs to a section that is off does not match."""

    def to_python(self, value):
        if value in history.KINDS and not history.KINDS[value].is_on:
            raise ValueError(f"the section of {value} is off")
        return value


register_converter(HistoryKindConverter, "kind")

urlpatterns = [
    path("security/events/", events.security_events, name="security_events"),
    path("security/events/export/<slug:form>/", events.export_events, name="export_events"),
    path("security/people/", people.people_access, name="people_access"),
    path("security/people/<int:pk>/reset/", people.reset_factor, name="reset_factor"),
    path("security/people/<int:pk>/sessions/", sessions.person_sessions, name="person_sessions"),
    path("you/sessions/", sessions.own_sessions, name="own_sessions"),
    path("history/<kind:kind>/<int:pk>/", history.history, name="history"),
]
