"""Addresses of indicators."""

from django.urls import path

from recommendations.sections import Section, addresses_of
from recommendations.views.indicators import indicators, sheets, values

urlpatterns = addresses_of(
    Section.INDICATORS,
    patterns=[
        path("indicators/", indicators.indicators, name="indicators"),
        path("indicators/add/", indicators.add_indicator, name="add_indicator"),
        path("indicators/attendance/<slug:slug>/", indicators.attendance_indicator, name="attendance_indicator"),
        path("indicators/<int:pk>/", indicators.indicator, name="indicator"),
        path("indicators/<int:pk>/edit/", indicators.edit_indicator, name="edit_indicator"),
        path("indicators/<int:pk>/withdraw/", indicators.withdraw_indicator, name="withdraw_indicator"),
        path("indicators/<int:pk>/csv/", indicators.indicator_csv, name="indicator_csv"),
        path("indicators/<int:pk>/value/", values.record_value, name="record_indicator_value"),
        path("indicators/<int:pk>/definition/", values.change_definition, name="change_definition"),
        path("indicators/values/<int:pk>/withdraw/", values.withdraw_value, name="withdraw_indicator_value"),
        path("indicators/definitions/<int:pk>/withdraw/", values.withdraw_change, name="withdraw_definition_change"),
        path("indicators/sheet/<slug:slug>/", sheets.indicator_sheet, name="indicator_sheet"),
        path("indicators/sheets/<int:pk>/undo/", sheets.undo_sheet, name="undo_indicator_sheet"),
    ],
)
