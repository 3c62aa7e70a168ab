"""Papers published for anybody: by an approving officer, and withdrawn with a reason."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.models.base import ActiveManager, RecordQuerySet, Withdrawable
from recommendations.models.papers.papers import ScrutinyReport


class PublicPaperQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """Publications of papers that this user may see. For the public page see domain/public/papers.py."""
        return self.filter(paper__in=ScrutinyReport.objects.visible_to(user))


class PublicPaper(Withdrawable):
    """A finalised paper at a public address. It keeps the address and the names as they were on the day."""

    paper = models.ForeignKey(ScrutinyReport, on_delete=models.PROTECT, related_name="publications")
    slug = models.SlugField(max_length=120, editable=False)
    force_name = models.CharField(max_length=300, editable=False)
    body_name = models.CharField(max_length=160, blank=True, editable=False)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    size: int  # of the file in bytes, if queried by domain/public/papers.py

    objects = ActiveManager.from_queryset(PublicPaperQuerySet)()
    on_file = PublicPaperQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(
                fields=["paper"], condition=Q(withdrawn_at__isnull=True), name="publicpaper_standing_once"
            ),
            models.CheckConstraint(name="publicpaper_has_an_address", condition=~Q(slug="") & ~Q(force_name="")),
        ]

    def __str__(self):
        return f"Public: {self.paper}"

    def get_absolute_url(self):
        return reverse("paper", args=[self.paper_id])

    def get_public_url(self) -> str:
        """The public address, which includes the paper's period and issue."""
        paper = self.paper
        return reverse("public_paper", args=[self.slug, paper.start, paper.end, paper.issue])
