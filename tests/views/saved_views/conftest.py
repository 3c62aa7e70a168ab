"""Three overdue recommendations, and a view that an officer saved."""

from tests.per_module import per_module
from tests.views.register.page import recent_inspection, three_overdue
from tests.views.saved_views.view import save


@per_module
def three(westmarch):
    return three_overdue(recent_inspection(westmarch))


@per_module
def view(officer):
    return save(officer)
