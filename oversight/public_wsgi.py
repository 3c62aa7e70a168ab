"""The WSGI application of a server for /published/ only: `gunicorn --bind … oversight.public_wsgi`.

It serves only public pages, and refuses to start with a database role that can write. Its database may be a replica
(docs/operations/grow.md).
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
    "PostgreSQL (docs/operations/database-roles.md)."
)

with suppress(OperationalError):  # if the database is down, pages say so
    is_wrong = may_write()
    connection.close()
    if is_wrong:
        sys.exit(WRITES)
