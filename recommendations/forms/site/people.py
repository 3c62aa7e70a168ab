"""A box for a person of the office: it suggests the colleagues who have an account, and takes any other name."""

from functools import cached_property

from recommendations.domain.ownership.people import office_names


class NamesColleagues:
    """A form with such boxes; `of_office` are their names. Put it before the form that it is mixed into."""

    of_office: tuple[str, ...] = ()

    @cached_property
    def offered(self) -> dict[str, list[str]]:
        """The names that the boxes suggest: one query, where one of them is shown."""
        names = office_names()
        return dict.fromkeys(self.of_office, names)
