"""An inspection of the last month."""

import datetime

from tests.conftest import make_inspection
from tests.per_module import per_module
from tests.views.inspections.typed import (
    published,
)


@per_module
def recent(westmarch):
    return make_inspection(westmarch, published_on=published(), at=datetime.datetime.now(datetime.UTC))
