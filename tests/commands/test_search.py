"""The commands that hold what search reads against the records, and make it again."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from recommendations.models import SearchEntry, SearchWord
from recommendations.models.search.search_index import INDEX


def run(name: str) -> str:
    out = StringIO()
    call_command(name, stdout=out)
    return out.getvalue()


def test_what_differs_is_named_and_made_again(tracked):
    assert run("verify_search") == "Search reads what the records say.\n"
    SearchEntry.objects.filter(tracked=tracked).update(title="Another")
    SearchWord.objects.filter(word="daily").delete()
    with pytest.raises(CommandError) as failed:
        run("verify_search")
    assert str(failed.value).splitlines()[1:] == [
        f"trackedrecommendation {tracked.pk}",
        "1 word of the entries is not known: daily.",
    ]
    assert run("rebuild_search") == "Search reads 2 entries.\n"
    assert run("verify_search") == "Search reads what the records say.\n"


@pytest.mark.sqlite_only
def test_an_index_that_lost_something_is_named(tracked):
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES('delete-all')")
    with pytest.raises(CommandError, match="The index is not what the entries say"):
        run("verify_search")
    run("rebuild_search")
    assert run("verify_search") == "Search reads what the records say.\n"
