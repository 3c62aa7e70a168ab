"""A lock that sign-in takes while it counts: of many at once one gets it."""

from django.core.cache import cache


def test_of_many_who_take_a_lock_one_gets_it(at_once):
    assert sum(at_once(8, lambda place: cache.add("lock", place, 60))) == 1
