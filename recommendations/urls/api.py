"""Addresses of the API, of its description, and of the tokens that open it."""

from django.urls import path

from recommendations.sections import Section, addresses_of
from recommendations.token_middleware import API
from recommendations.views.api import endpoint, guide
from recommendations.views.people import api_tokens

urlpatterns = addresses_of(
    Section.API,
    patterns=[
        path("you/tokens/", api_tokens.own_tokens, name="own_tokens"),
        path("you/tokens/<int:pk>/revoke/", api_tokens.revoke_api_token, name="revoke_api_token"),
        path("security/tokens/", api_tokens.all_tokens, name="all_tokens"),
        path("api/", guide.api_guide, name="api_guide"),
        path(f"{API.strip('/')}/openapi.json", guide.api_openapi, name="api_openapi"),
        *endpoint.addresses(),
    ],
)
