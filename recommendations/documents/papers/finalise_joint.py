"""From a joint draft to a filed joint paper: one file of all, and one of each force, kept together."""

import datetime

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.documents.papers.joint_document import JointPaper, joint_paper
from recommendations.documents.pdf.render import Rendered, render
from recommendations.domain.audit.verification import one_moment
from recommendations.domain.papers.joint.counts import count_joint
from recommendations.domain.papers.joint.papers import Compiled, check_joint, compile_joint, finalise_joint
from recommendations.domain.papers.public_edition import leaves_out
from recommendations.enums import BuildStep
from recommendations.models import ScrutinyReport


def document_of(compiled: Compiled, **said) -> JointPaper:
    """The joint paper of compiled figures; `said` as of joint_paper."""
    return joint_paper(compiled.figures, [(part.force.slug, figures) for part, figures in compiled.parts], **said)


def preview(paper: ScrutinyReport, *, author: str, at: datetime.datetime, watch) -> Rendered:
    """The joint draft as it would be now. Raises RenderFailed."""
    compiled = compile_joint(paper=paper, known_at=at)
    watch.step(BuildStep.PDF)
    document = document_of(compiled, author=author, created_at=at, draft=True)
    return render(document, seconds=watch.seconds)


def finalise(paper: ScrutinyReport, *, author: str, by, at: datetime.datetime, watch) -> ScrutinyReport:
    """Compile every part as known at `at` (UTC), make the PDFs, keep all. Raises Refusal or RenderFailed.

    Each force gets the paper that is about it as a file of its own, since it may not read the others' chapters. Where
    the edition for the public leaves something out, it is a file of its own too.
    """
    with one_moment():
        compiled = compile_joint(paper=paper, known_at=at)
    check_joint(paper, compiled, by=by, at=at)
    watch.step(BuildStep.PDF)
    said = {"author": author, "created_at": at}
    content = render(document_of(compiled, **said), seconds=watch.seconds).pdf
    public = None
    if leaves_out(figures for _, figures in compiled.parts):
        public = render(document_of(compiled, **said, public=True), seconds=watch.seconds).pdf
    extracts = [render(scrutiny_paper(figures, **said), seconds=watch.seconds).pdf for _, figures in compiled.parts]
    watch.step(BuildStep.KEEPING)
    with watch.keeping():
        files = {"content": content, "public": public, "extracts": extracts}
        return finalise_joint(paper=paper, compiled=compiled, **files, by=by, at=at)


def check(paper: ScrutinyReport, *, by, at: datetime.datetime) -> None:
    """Raise Refusal where this person cannot finalise the joint paper now: what it counts is enough to say so."""
    check_joint(paper, count_joint(paper=paper, known_at=at), by=by, at=at)
