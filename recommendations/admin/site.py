"""Django's admin with our own sign-in and templates, and records that are saved through verbs.

It keeps no log of its own (the trail records everything) and deletes nothing.
"""

from functools import wraps

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode

from recommendations.domain.audit.wording import capital, value_words
from recommendations.domain.people.records import keep
from recommendations.domain.submission.idempotency import run_once
from recommendations.domain.writing.refusals import AlreadySent, NotAllowed, Refusal
from recommendations.forms.people.administration import KeptForm
from recommendations.forms.site.fields import DayField
from recommendations.models import (
    Submission,
)
from recommendations.permissions import May, public
from recommendations.sections import Section, addresses_of
from recommendations.views.audit.history import kind_of

SLUG = "Use letters without accents, digits, hyphens and underscores, and no spaces."


class Administration(admin.AdminSite):
    """Django's admin site without its own sign-in, open only to people who may administer."""

    site_title = site_header = "Oversight administration"
    index_title = "Administration"

    def admin_view(self, view, cacheable=False):
        """Return the view guarded: 403 for anybody who may not administer, without a redirect to the sign-in page."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def checked(request, *args, **kwargs):
            if not request.user.has_perm(May.ADMINISTER):
                raise PermissionDenied(f"needs {May.ADMINISTER}")
            return guarded(request, *args, **kwargs)

        checked.access_rule = str(May.ADMINISTER)  # type: ignore[attr-defined]  # as permissions.py does
        return checked

    def get_urls(self):
        """The index, the sign-in redirect and the pages of each registered model."""
        kinds = [page for kept in self._registry.values() for page in kept.urls]
        return [path("", self.admin_view(self.index), name="index"), path("login/", door, name="login"), *kinds]

    def each_context(self, request):
        return {"site_title": self.site_title, "site_header": self.site_header, "has_permission": True}

    def index(self, request, extra_context=None):
        there = [a for a in self._registry.values() if isinstance(a, KeptAdmin) and a.is_listed]
        kept = [(each, reverse(f"admin:{each.address('changelist')}")) for each in there]
        return super().index(request, {"title": self.index_title, "app_list": [], "kept": kept} | (extra_context or {}))

    def get_app_list(self, request, app_label=None):
        return []


@public
def door(request):
    """Redirect the admin's sign-in address to the site's own sign-in page, and from there to the admin index."""
    return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('admin:index')})}")


site = Administration(name="admin")


class KeptAdmin(admin.ModelAdmin):
    """The base of all model admins: a verb saves, the trail records the change, and nothing is deleted."""

    about = ""
    section: Section | None = None  # the section that these records belong to
    none_yet = "None yet"
    list_of: type[models.Model] | None = None  # the records whose list the page leads back to, if not its own
    labels: dict[str, str] = {}
    form = KeptForm
    actions = None
    list_per_page = 50
    view_on_site = False

    @property
    def name(self) -> str:
        return str(self.opts.verbose_name_plural)

    @property
    def is_listed(self) -> bool:
        """Whether the index leads to its list."""
        return self.section is None or self.section.is_on

    @property
    def one(self) -> str:
        """ "an oversight", "a force"."""
        words = str(self.opts.verbose_name)
        return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"

    def address(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def get_urls(self):
        """Only the list, add and change pages: the history has a page outside the admin, and nothing is deleted."""
        folder, guard = f"{self.opts.model_name}/", self.admin_site.admin_view
        pages = [
            path(folder, guard(self.changelist_view), name=self.address("changelist")),
            path(f"{folder}add/", guard(self.add_view), name=self.address("add")),
            path(f"{folder}<int:object_id>/", guard(self._change), name=self.address("change")),
        ]
        return addresses_of(self.section, patterns=pages) if self.section else pages

    def _change(self, request, object_id: int):
        get_object_or_404(self.get_queryset(request), pk=object_id)
        return self.change_view(request, str(object_id))

    def has_delete_permission(self, request, obj=None):
        return False

    def lookup_allowed(self, lookup, value, request):
        """Allow only the filters that the list shows: Django would filter by any field in an address, even a hash."""
        return lookup in self.list_filter

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Use our own form fields, without the admin's widgets, which need scripts."""
        words: dict = {"label": self.labels[db_field.name]} if db_field.name in self.labels else {}
        if isinstance(db_field, models.SlugField):
            return db_field.formfield(error_messages={"invalid": SLUG}, **words)
        if isinstance(db_field, models.DateField):
            return db_field.formfield(form_class=DayField, **words)
        if isinstance(db_field, models.ForeignKey):
            words["empty_label"] = "None" if db_field.blank else "Choose one"
        return db_field.formfield(**words)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form class for this request, with the refusal of the verb, if it refused a moment ago."""
        form = super().get_form(request, obj, change, **kwargs)
        given = {"refusal": getattr(request, "refused_by_verb", None), "by": request.user, "at": timezone.now()}
        return type(form.__name__, (form,), given)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show or save a record. If the verb refuses, show its refusal beside what was typed."""
        if request.method == "POST" and self._was_sent(request):
            messages.info(request, AlreadySent("").message)
            return self._redirect_to_list()
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except AlreadySent as sent:
            messages.info(request, sent.message)
            return self._redirect_to_list()
        except Refusal as refusal:
            request.refused_by_verb = refusal
            if isinstance(refusal, NotAllowed):
                request.refusal = refusal.message
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _was_sent(self, request) -> bool:
        token = request.POST.get("once", "")[:64]
        return bool(token) and Submission.objects.filter(token=token, by=request.user).exists()

    def _redirect_to_list(self):
        return redirect(self._list_address())

    def _list_address(self) -> str:
        opts = (self.list_of or self.model)._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")

    def save_model(self, request, obj, form, change):
        by, at, given = request.user, timezone.now(), form.cleaned_data
        facts = {"reason": given.get("reason", ""), "seen": (given.get("seen") or 0) if change else None}
        facts |= self.verb_facts(form)
        run_once(given.get("once", ""), by=by, at=at, act=lambda: keep(record=obj, by=by, at=at, **facts))

    def verb_facts(self, form) -> dict:
        """What the verb takes besides the record, the reason and the mark of what was read."""
        return {}

    def log_addition(self, request, obj, message):
        """Log nothing: the trail has the entry."""

    def log_change(self, request, obj, message):
        """Log nothing: the trail has the entry."""

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, f"{obj} is added.")
        return self._redirect_to_list()

    def response_change(self, request, obj):
        messages.success(request, f"{obj} is saved.")
        return self._redirect_to_list()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Add the form, a notice of what saving does, and the link to the history to the context."""
        context |= {"form": context["adminform"].form, "notice": self.notice(obj), "one": self.one}
        context |= {"many": self.name, "list": self._list_address()}
        if obj:
            context["history"] = reverse("history", args=[kind_of(self.model), obj.pk])
            shown = [each for each in self.opts.concrete_fields if each.editable and not each.primary_key]
            context["facts"] = [(capital(each.verbose_name), _words_of(each, obj)) for each in shown]
            context["withdraw"] = self.withdrawal(obj)
            context["former"] = self.former(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def notice(self, obj) -> str:
        """What the person should know before saving. `obj` is None on the add page."""
        return ""

    def former(self, obj) -> list:
        """What the record said before changes from a day on, for the list under its form."""
        return []

    def withdrawal(self, obj) -> str:
        """The address of the page that withdraws this record, or "" if it can't be withdrawn."""
        return ""


def _words_of(field: models.Field, obj) -> str:
    """A field's value in words, for a record that is read-only."""
    if field.is_relation:
        return str(getattr(obj, field.name) or "")
    return value_words(field, field.value_from_object(obj), {}, {})
