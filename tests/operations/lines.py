"""The lines that the log writes, as whoever collects them gets them."""

import io
import json
import logging
from contextlib import contextmanager

from oversight.logs import Expected, JsonLine, Line


@contextmanager
def log_lines(formatter=JsonLine):
    """A list that has what was logged once the block has ended: JSON read back, or lines of text."""
    stream, root, found = io.StringIO(), logging.getLogger(), []
    handler = logging.StreamHandler(stream)
    handler.addFilter(Expected())
    handler.setFormatter(formatter())
    root.addHandler(handler)
    level, off = root.level, logging.root.manager.disable
    root.setLevel(logging.INFO)
    logging.disable(logging.NOTSET)
    try:
        yield found
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        logging.disable(off)
        lines = stream.getvalue().splitlines()
        found += lines if formatter is Line else map(json.loads, lines)
