"""What a typed day is read as, for the script that says so, and what a form does with it."""

from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.forms.site.fields import say_with_weekday


def test_the_day_and_its_words(sign_in, officer):
    client = sign_in(officer)
    answer = client.get(reverse("read_typed_day"), {"typed": "Dec 2027"})
    assert answer.json() == {"day": "2027-12-31", "words": "Fri 31 Dec 2027"}


def test_a_word_is_read_on_the_day_of_the_request(sign_in, officer):
    client = sign_in(officer)
    today = localdate()
    answer = client.get(reverse("read_typed_day"), {"typed": "today", "past": ""})
    assert answer.json() == {"day": today.isoformat(), "words": say_with_weekday(today)}


def test_what_is_no_day_is_nothing(sign_in, officer):
    client = sign_in(officer)
    assert client.get(reverse("read_typed_day"), {"typed": "soon"}).json() == {"day": "", "words": ""}
    assert client.get(reverse("read_typed_day")).json() == {"day": "", "words": ""}
