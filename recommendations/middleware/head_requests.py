"""Answers to HEAD, which have no body."""


def without_body(get_response):
    """Send the headers that a GET would get, its length included, and none of its content."""

    def middleware(request):
        response = get_response(request)
        if request.method == "HEAD":
            if response.streaming:
                response.streaming_content = ()
            else:
                response.content = b""
        return response

    return middleware
