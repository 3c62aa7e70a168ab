"""Addresses of bringing in a register from a spreadsheet."""

from django.urls import path

from recommendations.views.imports import imports as sheet_imports
from recommendations.views.imports import upload as sheets

urlpatterns = [
    path("register/bring-in/", sheets.bring_in, name="bring_in"),
    path("register/bring-in/example/", sheets.example_sheet, name="example_sheet"),
    path("register/bring-in/<slug:token>/", sheets.sheet_columns, name="sheet_columns"),
    path("register/bring-in/<slug:token>/check/", sheets.check_sheet, name="check_sheet"),
    path("register/bring-in/<slug:token>/progress/", sheets.sheet_progress, name="sheet_progress"),
    path("register/brought-in/", sheet_imports.sheet_imports, name="sheet_imports"),
    path("register/brought-in/<int:pk>/", sheet_imports.sheet_import, name="sheet_import"),
    path("register/brought-in/<int:pk>/undo/", sheet_imports.undo_sheet_import, name="undo_sheet_import"),
]
