"""What caches between us and a browser may keep."""


def is_for_everybody(response) -> bool:
    """Whether the view marked its response as the same for everybody (views/public/http.py)."""
    return response.get("Cache-Control", "").startswith("public")


def public_pages(get_response):
    """Remove cookies and Vary: Cookie from responses for everybody, since a cache may serve them to others."""

    def middleware(request):
        response = get_response(request)
        if is_for_everybody(response):
            response.cookies.clear()
            kept = [name.strip() for name in response.get("Vary", "").split(",") if name.strip().lower() != "cookie"]
            response["Vary"] = ", ".join(kept)
            if not response["Vary"]:
                del response["Vary"]
        return response

    return middleware


def private_pages(get_response):
    """Let no cache store what signed-in users see, unless it is the same for everybody."""

    def middleware(request):
        response = get_response(request)
        if request.user.is_authenticated and not is_for_everybody(response):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware
