"""Pages that everybody may read without an account: meetings, the notice board, published protocols."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from enamnd.answers import page_of, query_without_page
from meetings.adjusting.frozen import from_content
from meetings.models import Publication
from meetings.newsletters import reading as newsletters
from meetings.paper import printing
from meetings.publishing import reading as public_reading
from meetings.publishing.feeds import calendar_of

ON_A_PAGE = 20
OPEN_PATHS = (
    "/kalender/",
    "/anslagstavla/",
    "/protokoll/",
    "/nyhetsbrev/",
    "/tillganglighet/",
    "/verifiera/",
    "/static/",
)


@require_GET
@login_not_required
def calendar(request):
    """When the board meets and has met, with what is published of it."""
    today = timezone.localdate()
    past = list(public_reading.past_meetings(today))
    rows = public_reading.published().defer("adjustment__content", "content", "search_text")
    publications = {}
    for each in rows.filter(adjustment__meeting__in=past):
        publications.setdefault(each.adjustment.meeting_id, []).append(each)
    context = {
        "coming": [(each, public_reading.place_of(each)) for each in public_reading.coming_meetings(today)],
        "planned": [(each, public_reading.place_of(each)) for each in public_reading.planned_days(today)],
        "past": [(each, publications.get(each.pk, ())) for each in past],
    }
    return render(request, "meetings/public_calendar.html", context)


@require_GET
@login_not_required
def calendar_file(request):
    """The same as iCalendar."""
    content = calendar_of(timezone.localdate(), request.build_absolute_uri("/"))
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@require_GET
@login_not_required
def notice_board(request):
    """The board's own notice board: what is up today, and nothing that has come down."""
    notices = public_reading.notices_up(timezone.localdate())
    answer = render(request, "meetings/public_notices.html", {"notices": notices})
    answer["X-Robots-Tag"] = "noindex, noarchive"  # what has come down must not live on in search engines
    return answer


@require_GET
@login_not_required
def protocol_list(request):
    """Published protocols, and finding words in them."""
    words = " ".join(request.GET.get("q", "").split())[:200]
    page = page_of(request, public_reading.published(words), ON_A_PAGE)
    context = {
        "words": words,
        "page": page,
        "found": public_reading.found_in(page, words),
        "query": query_without_page(request),
    }
    return render(request, "meetings/public_protocols.html", context)


@require_GET
@login_not_required
def protocol(request, publication_id):
    """A published protocol to read on the screen."""
    found = _published(publication_id)
    paper = from_content(found.content)
    context = {"publication": found, "paper": paper, "sheets": printing.protocol_sheets(paper)}
    answer = render(request, "meetings/public_protocol.html", context)
    answer["X-Robots-Tag"] = "noarchive"
    return answer


@require_GET
@login_not_required
def protocol_pdf(request, publication_id):
    """The same as a file."""
    found = _published(publication_id)
    answer = HttpResponse(bytes(found.paper.file.content), content_type="application/pdf")
    day = found.adjustment.meeting.held_on
    answer["Content-Disposition"] = f'inline; filename="protokoll-{day}-offentlig-version.pdf"'
    answer["X-Robots-Tag"] = "noarchive"
    return answer


@require_GET
@login_not_required
def newsletter_list(request):
    """Newsletters that have been sent, the latest first."""
    return render(
        request, "meetings/public_newsletters.html", {"page": page_of(request, newsletters.published(), ON_A_PAGE)}
    )


@require_GET
@login_not_required
def newsletter(request, sent_newsletter_id):
    """One of them. 404 for a draft, and for what has been withdrawn."""
    found = get_object_or_404(newsletters.published(), pk=sent_newsletter_id)
    context = {"newsletter": found, "shown": newsletters.shown(found)}
    return render(request, "meetings/public_newsletter.html", context)


@require_GET
@login_not_required
def robots(request):
    """Search engines read what is meant for everybody, and nothing else."""
    lines = ["User-agent: *", *(f"Allow: {path}" for path in OPEN_PATHS), "Disallow: /"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _published(publication_id) -> Publication:
    """404 for what has been withdrawn, or replaced: its address must not show it any more."""
    rows = public_reading.shown().select_related("paper__file", "adjustment__meeting__body")
    return get_object_or_404(rows.defer("adjustment__content"), pk=publication_id)
