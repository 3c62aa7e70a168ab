"""The door for a server of /published/ alone: `gunicorn --bind … oversight.public_wsgi` (docs/operations/grow.md).

It answers the public's pages and nothing else, and starts as a role that can write nothing, or not at all. Its database
may be a replica.
"""

import os
import sys
from contextlib import suppress

os.environ["PUBLIC_PAGES_ONLY"] = "1"

from django.db import OperationalError, connection

from oversight.operations.replica import may_write
from oversight.wsgi import application

__all__ = ["application"]
WRITES = (
    "The server of the public pages must not be able to write. Let DATABASE_URL name the public reader’s role of a "
    "PostgreSQL (docs/operating.md, “Roles of the database”)."
)

with suppress(OperationalError):  # where the database is away, pages say so
    is_wrong = may_write()
    connection.close()
    if is_wrong:
        sys.exit(WRITES)
