"""Addresses of the tables that other programs fetch: as CSV, and as OData."""

from django.urls import path

from recommendations.sections import Section, addresses_of
from recommendations.views.feeds import feeds

urlpatterns = addresses_of(
    Section.API,
    patterns=[
        path("api/v1/feeds/register.csv", feeds.feed_register, name="feed_register"),
        path("api/v1/feeds/updates.csv", feeds.feed_updates, name="feed_updates"),
        path("api/v1/feeds/responses.csv", feeds.feed_responses, name="feed_responses"),
        path("api/v1/feeds/commitments.csv", feeds.feed_commitments, name="feed_commitments"),
        path("api/v1/feeds/papers.csv", feeds.feed_papers, name="feed_papers"),
        path("api/v1/odata/", feeds.odata_service, name="odata"),
        path("api/v1/odata/$metadata", feeds.odata_metadata, name="odata_metadata"),
        path("api/v1/odata/Register", feeds.odata_register, name="odata_register"),
        path("api/v1/odata/Updates", feeds.odata_updates, name="odata_updates"),
        path("api/v1/odata/Responses", feeds.odata_responses, name="odata_responses"),
        path("api/v1/odata/Commitments", feeds.odata_commitments, name="odata_commitments"),
        path("api/v1/odata/Papers", feeds.odata_papers, name="odata_papers"),
    ],
)
