"""What the log leaves out."""

import logging


class WithoutExpectedTracebacks(logging.Filter):
    """A refused request (400, 403, a Host that is not ours) is a line without a traceback. Every line goes through."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = None
        return True
