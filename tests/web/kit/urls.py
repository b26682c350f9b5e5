# SPDX-License-Identifier: Apache-2.0
"""Addresses for the kit's own tests."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import include, path
from django.views.decorators.http import require_POST

from upheld import errors
from upheld.web.kit import views


def crash(request):
    raise RuntimeError("a secret that must not show")


def refuse(request):
    raise PermissionDenied("a secret that must not show")


def fail(request, name):
    extra = {"retry_after_seconds": 42} if name == "TooMany" else {}
    raise getattr(errors, name)("a secret that must not show", **extra)


def form(request):
    if request.method == "POST":
        return HttpResponse("taken")
    return HttpResponse(
        f'<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}"><button>Send</button></form>'
    )


@require_POST
def post_only(request):
    return HttpResponse(request.POST.get("a", ""))


urlpatterns = [
    path("", include("upheld.web.kit.urls")),
    path("kit", views.kit),
    path("portal", views.kit, {"base": "kit/portal_base.html"}),
    path("crash", crash),
    path("refuse", refuse),
    path("fail/<name>", fail),
    path("api/fail/<name>", fail),
    path("form", form),
    path("post-only", post_only),
]
handler400 = "upheld.web.kit.errors.bad_request"
handler403 = "upheld.web.kit.errors.permission_denied"
handler404 = "upheld.web.kit.errors.page_not_found"
handler500 = "upheld.web.kit.errors.server_error"
