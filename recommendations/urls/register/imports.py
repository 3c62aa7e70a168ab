"""Addresses of importing a register from a spreadsheet."""

from django.urls import path

from recommendations.views.imports import imports, upload

urlpatterns = [
    path("register/bring-in/", upload.bring_in, name="bring_in"),
    path("register/bring-in/example/", upload.example_sheet, name="example_sheet"),
    path("register/bring-in/<slug:token>/", upload.sheet_columns, name="sheet_columns"),
    path("register/bring-in/<slug:token>/check/", upload.check_sheet, name="check_sheet"),
    path("register/bring-in/<slug:token>/progress/", upload.sheet_progress, name="sheet_progress"),
    path("register/brought-in/", imports.sheet_imports, name="sheet_imports"),
    path("register/brought-in/<int:pk>/", imports.sheet_import, name="sheet_import"),
    path("register/brought-in/<int:pk>/undo/", imports.undo_sheet_import, name="undo_sheet_import"),
]
