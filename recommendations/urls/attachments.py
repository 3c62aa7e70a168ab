"""Addresses of attachments."""

from django.urls import path

from recommendations.sections import Section, addresses_of
from recommendations.views.attachments import attachments, downloads

urlpatterns = addresses_of(
    Section.FILES,
    patterns=[
        path("files/<slug:kind>/<int:pk>/", attachments.files, name="files"),
        path("files/<slug:kind>/<int:pk>/attach/", attachments.attach_files, name="attach_files"),
        path("files/<int:pk>/", downloads.file, name="file"),
        path("files/<int:pk>/marking/", attachments.mark_file, name="mark_file"),
        path("files/<int:pk>/withdraw/", attachments.withdraw_file, name="withdraw_file"),
        path("recommendations/<int:pk>/files.zip", downloads.tracked_files, name="tracked_files"),
    ],
)
