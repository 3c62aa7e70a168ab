"""What forms and filters of actions offer: owners, and actions to wait for."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from recommendations.models import Action, ActionLink, ActionRow, Force, User


def forces_with_actions(user: User) -> list[Force]:
    """The forces that have actions which a user sees, by name. One query."""
    seen = Action.objects.visible_to(user).values("force")
    return list(Force.objects.filter(pk__in=seen).order_by("name"))


def owner_names(*forces: Force) -> list[str]:
    """Who does the actions of these forces, by name. One query."""
    rows = ActionRow.objects.latest_of_each().filter(action__force__in=forces)
    return list(rows.order_by("owner").values_list("owner", flat=True).distinct())


def open_actions(action: Action) -> QuerySet[Action]:
    """The open actions of the same force that this one could wait for, those on its own recommendations first; and the
    one that it waits for, done or not.
    """
    rows = ActionRow.objects.latest_of_each().open().filter(action__force=action.force_id)
    shared = ActionLink.objects.filter(action=OuterRef("pk"), tracked__in=action.links.values("tracked"))
    waits = ActionRow.objects.latest_of_each().filter(action=action).values("waits_for")
    found = Action.objects.filter(Q(pk__in=rows.values("action")) | Q(pk__in=waits)).exclude(pk=action.pk)
    return found.annotate(is_near=Exists(shared)).order_by("-is_near", "words", "pk")
