"""The type of a request as views read it: what the middleware adds to Django's."""

from django.http import HttpRequest

from recommendations.models import ApiToken, User


class AuthenticatedRequest(HttpRequest):
    """A request of a signed-in user, as a view with `allow` takes it. It is a type only: requests are Django's own."""

    user: User
    api_token: ApiToken | None  # of a request to /api/v1/ (middleware/tokens.py)
    refusal: str  # what a verb refused, for the record of refusals (middleware/refusals.py)
