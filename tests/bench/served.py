"""The settings that the bench's server runs with: the product's, the addresses of what it is measured beside
(tests/bench/plain.py), and outermost what counts the statements of each request.
"""

from oversight.settings import *  # noqa: F403
from oversight.settings import MIDDLEWARE as PRODUCT

ROOT_URLCONF = "tests.bench.plain"
MIDDLEWARE = ["tests.bench.statements.count_statements", *PRODUCT]
