"""The address of the page on which administrators choose what the office uses."""

from django.urls import path

from recommendations.views.office_use import office_use

urlpatterns = [path("what-you-use/", office_use.what_you_use, name="what_you_use")]
