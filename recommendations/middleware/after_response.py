"""Jobs that run once the response is sent."""

import logging
from functools import partial

logger = logging.getLogger(__name__)


def answer_first(get_response):
    """Run the jobs that a view deferred (sign_in/events.py later) after the response is sent, in the same worker."""

    def middleware(request):
        request.later = []
        response = get_response(request)
        if request.later:
            response.close = partial(_close, response.close, request.later)
        return response

    return middleware


def _close(close, jobs) -> None:
    """Run each job, whatever happens to the others, and close the response."""
    for job in jobs:
        try:
            job()
        except Exception:  # the response is sent, so nobody can be told
            logger.exception("What was left for after an answer failed")
    close()
