"""What the office uses, read once in each request."""

from recommendations.sections import reading_once


def read_sections_once(get_response):
    """Let all of a request see one choice of sections, read when it is first needed."""

    def middleware(request):
        with reading_once():
            return get_response(request)

    return middleware
