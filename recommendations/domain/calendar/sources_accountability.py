"""Calendar entries of accountability meetings."""

from collections.abc import Iterator

from django.db.models import Q

from recommendations.domain.calendar.entries import CalendarEntry, CalendarSpan, EntryKind, one_force, source
from recommendations.enums.accountability import AgendaState
from recommendations.models import AccountabilityMeeting, User
from recommendations.permissions import May
from recommendations.sections import Section

ACCOUNTABILITY = EntryKind("accountability", "Accountability meeting")


@source(12, ACCOUNTABILITY, May.SEE_REGISTER, section=Section.ACCOUNTABILITY)
def accountability_meetings(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """The meetings that the user sees; for the office also those that took place and are not minuted."""
    writes = user.has_perm(May.RECORD_MEETINGS)
    lacking = Q(on__lt=span.today) & ~Q(state=AgendaState.MINUTED) if writes else Q(pk__in=())
    found = AccountabilityMeeting.objects.visible_to(user).filter(Q(on__range=(span.first, span.last)) | lacking)
    for each in found.select_related("force"):
        is_late = writes and each.state != AgendaState.MINUTED and each.on < span.today
        words = f"Accountability meeting: {each.force.short_name}"
        yield CalendarEntry(
            ACCOUNTABILITY,
            each.pk,
            each.on,
            words,
            words,
            each.get_absolute_url(),
            each.recorded_at,
            forces=one_force(each.force_id),
            is_late=is_late,
            note="minutes to write" if is_late else ", ".join(filter(None, (each.time_words, each.place))),
        )
