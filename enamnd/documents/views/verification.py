"""Checking a PDF: open to everybody, without an account. What is sent here is read and thrown away."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.files.uploadhandler import FileUploadHandler, StopUpload, TemporaryFileUploadHandler
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from enamnd.documents.signing.authority import authority_certificate
from enamnd.documents.signing.certificates import is_own_authority_used
from enamnd.documents.signing.inspection import Progress
from enamnd.documents.signing.verification import Verification, steps
from enamnd.documents.verification_forms import VerifyForm
from enamnd.refusal import Refused

MANY, WINDOW = 30, 600  # files from one address, in so many seconds
HERE = "<!-- here -->"  # where the page waits for what comes while it is being sent


class SizeLimit(FileUploadHandler):
    """Lets a file that is too large run past without keeping it, so that the browser can read the answer."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        self.is_too_large = content_length > settings.VERIFICATION_MAX_MEGABYTES * 1024 * 1024
        self.request.is_too_large = self.is_too_large

    def new_file(self, *args, **kwargs):
        if self.is_too_large:
            raise StopUpload(connection_reset=False)

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None


@csrf_exempt  # checked by the view within, once it is settled where the file goes
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request):
    """Whose signatures a PDF carries, whether they are intact, whether it is the board's own paper."""
    if request.method == "POST":
        request.upload_handlers = [SizeLimit(request), TemporaryFileUploadHandler(request)]
    return _verify(request)


@csrf_protect
def _verify(request):
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    if getattr(request, "is_too_large", False):
        form.too_large()
    elif request.method == "POST" and _is_too_often(request):
        form.add_error(None, "Många filer har kommit från din adress på kort tid. Vänta tio minuter och försök igen.")
    elif form.is_valid():
        return _answered(request, form.cleaned_data["file"])
    context = {"form": form, "limit": settings.VERIFICATION_MAX_MEGABYTES, "has_authority": is_own_authority_used()}
    return render(request, "documents/verify.html", context, status=400 if form.errors else 200)


@login_not_required
@require_safe
def authority(request):
    """The certificate of the portal's own authority, for those who want their PDF reader to know it."""
    if not is_own_authority_used():
        raise Http404("Portalen skriver under med organisationens certifikat.")
    headers = {"Content-Disposition": 'attachment; filename="ca.pem"'}
    return HttpResponse(authority_certificate(), content_type="application/x-pem-file", headers=headers)


def _is_too_often(request) -> bool:
    """A stranger's file costs seconds of work, so nobody gets to send any number of them."""
    key = f"verification:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key) > MANY
    except ValueError:  # the window closed in between
        return False


def _answered(request, upload):
    """The answer at once for a known file, else a page that tells how it goes until it is there."""
    coming = steps(Path(upload.temporary_file_path()))
    first = next(coming)
    context = {"file_name": upload.name, "verification": first if isinstance(first, Verification) else None}
    page = render(request, "documents/verify_result.html", context)
    if context["verification"]:
        return page
    answer = StreamingHttpResponse(_pieces(page.content.decode(), chain([first], coming)))
    answer["X-Accel-Buffering"] = "no"
    return answer


def _pieces(page: str, coming: Iterator[Progress | Verification]) -> Iterator[str]:
    """The page up to where it waits, a line for each step, the verdict, and the rest of the page."""
    before, between, after = page.split(HERE)
    yield before
    try:
        for step in coming:
            if isinstance(step, Verification):
                yield between + render_to_string("documents/verify_verdict.html", {"verification": step})
            else:
                yield render_to_string("documents/verify_step.html", {"step": step})
    except Refused as refusal:
        yield between + render_to_string("documents/verify_refused.html", {"refusal": refusal})
    yield after
