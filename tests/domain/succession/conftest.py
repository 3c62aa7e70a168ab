"""Two administrators."""

from recommendations.enums import Role
from tests.conftest import make_person
from tests.per_module import per_module


@per_module
def administrators(administrator):
    return administrator, make_person("Nadia Ferris", Role.ADMINISTRATOR)
