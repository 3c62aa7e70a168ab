"""The one field template: GOV.UK Frontend's markup for every kind of field, at rest and with an error."""

from django import forms
from django.template.loader import render_to_string
from selectolax.lexbor import LexborHTMLParser

from recommendations.forms.site.gallery import GalleryForm


def read(html):
    return LexborHTMLParser(html)


def group(form, name):
    """The markup of one field of a form."""
    return read(form[name].as_field_group())


def test_a_text_field_has_its_label_hint_and_class():
    page = group(GalleryForm(), "what")
    field = page.css_first("textarea")
    assert field.attributes["class"] == "govuk-textarea"
    assert page.css_first("label").attributes == {"class": "govuk-label", "for": "id_what"}
    assert page.css_first(f"#{field.attributes['aria-describedby']}").text() == "In a few words."


def test_an_error_stands_at_its_field_and_is_spoken_with_it():
    page = group(GalleryForm({}), "what")
    field = page.css_first("textarea")
    assert field.attributes["class"] == "govuk-textarea govuk-textarea--error"
    assert field.attributes["aria-invalid"] == "true"
    assert field.attributes["aria-describedby"] == "id_what_helptext id_what_error"
    assert page.css_first("#id_what_error").text(strip=True) == "Error:Fill in “What was done”."
    assert page.css_first("div.govuk-form-group--error") is not None


def test_a_text_that_is_too_long_is_not_cut_but_refused_with_its_length():
    class Short(forms.Form):
        words = forms.CharField(max_length=2_000)
        own = forms.CharField(max_length=3, error_messages={"max_length": "Use three letters."})

    pasted = "x" * 2_140
    form = Short({"words": pasted, "own": "four"})
    # wording: it says how long the text is and how long it may be
    assert form.errors == {
        "words": ["It has 2,140 characters. Shorten it to 2,000 or fewer."],
        "own": ["Use three letters."],
    }
    shown = group(form, "words").css_first("input").attributes
    assert (shown["value"], "maxlength" in shown) == (pasted, False)
    assert "maxlength" not in str(Short())


def test_only_optional_fields_are_marked():
    form = GalleryForm()
    assert group(form, "said_by").css_first("label").text().split() == ["Said", "by", "(optional)"]
    assert [name for name in form.fields if "(optional)" in form[name].as_field_group()] == ["said_by"]


def test_a_form_names_fields_that_need_no_mark():
    class Filled(forms.Form):
        unmarked = ("stage",)
        stage = forms.CharField(required=False)

    assert "(optional)" not in str(Filled())


def test_choices_stand_in_a_fieldset_and_each_has_its_label():
    for name, kind in (("view", "radios"), ("looked_at", "checkboxes")):
        page = group(GalleryForm({}), name)
        assert page.css_first("fieldset").attributes["aria-describedby"] == f"id_{name}_error"
        assert [label.attributes["for"] for label in page.css("label")] == [f"id_{name}_{n}" for n in range(3)]
        assert {field.attributes["class"] for field in page.css("input")} == {f"govuk-{kind}__input"}


def test_a_single_box_is_labelled_behind_it():
    page = group(GalleryForm(), "agreed")
    assert page.css_first("label").attributes["for"] == page.css_first("input").attributes["id"]


def test_what_was_typed_is_kept_and_inert():
    page = group(GalleryForm({"what": "</textarea><script>alert(1)</script>"}), "what")
    assert page.css_first("textarea").text() == "</textarea><script>alert(1)</script>"
    assert page.css_first("script") is None


def test_a_whole_form_shows_each_field_once_and_hidden_ones_bare():
    class Kept(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)
        text = forms.CharField(widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}))

    page = read(str(Kept()))
    assert len(page.css(".govuk-form-group")) == 1
    assert page.css_first("input[name=version]").attributes.get("class") is None
    assert page.css_first("input[name=text]").attributes["class"] == "govuk-input govuk-input--width-10"


def test_the_summary_links_each_message_to_its_field():
    form = GalleryForm({})
    page = read(render_to_string("components/error_summary.html", {"form": form}) + str(form))
    links = [link.attributes["href"] for link in page.css(".govuk-error-summary a")]
    assert links == ["#id_what", "#id_day", "#id_stage", "#id_view_0", "#id_looked_at_0", "#id_agreed", "#id_document"]
    assert [link for link in links if page.css_first(link) is None] == []
    assert page.css_first(".govuk-error-summary li").text() == "A message about the whole form."


def test_no_summary_without_an_error():
    assert render_to_string("components/error_summary.html", {"form": GalleryForm()}).strip() == ""


def test_the_error_of_an_empty_field_names_the_field():
    form = GalleryForm({})
    wanted = {
        "day": "Fill in “Day”.",
        "stage": "Choose an option for “Stage”.",
        "view": "Choose an option for “OPCC assurance”.",
    }
    assert {name: form.errors[name][0] for name in wanted} == wanted
