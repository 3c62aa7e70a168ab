"""Addresses of the API, its description, its tokens, and the tables that programs fetch as a whole."""

from django.urls import path

from recommendations.domain.feeds.tables import TABLES
from recommendations.middleware.tokens import API
from recommendations.sections import Section, addresses_of
from recommendations.views.api import endpoint, guide
from recommendations.views.feeds import feeds
from recommendations.views.people import api_tokens

ROOT = API.strip("/")

urlpatterns = addresses_of(
    Section.API,
    patterns=[
        path("you/tokens/", api_tokens.own_tokens, name="own_tokens"),
        path("you/tokens/<int:pk>/revoke/", api_tokens.revoke_api_token, name="revoke_api_token"),
        path("security/tokens/", api_tokens.all_tokens, name="all_tokens"),
        path("api/", guide.api_guide, name="api_guide"),
        path(f"{ROOT}/openapi.json", guide.api_openapi, name="api_openapi"),
        *endpoint.addresses(),
        *(path(f"{ROOT}/feeds/{each.slug}.csv", feeds.csv_view(each), name=f"feed_{each.slug}") for each in TABLES),
    ],
)
