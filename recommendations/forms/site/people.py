"""A text field for a person of the office, which suggests colleagues with an account and accepts any other name."""

from functools import cached_property

from recommendations.domain.ownership.people import office_names


class NamesColleagues:
    """A mixin for forms with such fields, to be listed before the form class; `of_office` are the fields' names."""

    of_office: tuple[str, ...] = ()

    @cached_property
    def offered(self) -> dict[str, list[str]]:
        """The suggested names: one query, only if such a field is rendered."""
        names = office_names()
        return dict.fromkeys(self.of_office, names)
