# SPDX-License-Identifier: Apache-2.0
"""Where each shell answers."""

from django.urls import URLPattern, URLResolver, include, path

from upheld.web.api import watching
from upheld.web.api.rest import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", watching.healthz),
    path("readyz", watching.readyz),
    path("metrics", watching.metrics),
    path("api/v1/", api.urls),
    path("", include("upheld.web.kit.urls")),
    path("console/", include("upheld.web.console.urls")),
    path("", include("upheld.web.portal.urls")),
]

handler400 = "upheld.web.kit.errors.bad_request"
handler403 = "upheld.web.kit.errors.permission_denied"
handler404 = "upheld.web.kit.errors.page_not_found"
handler500 = "upheld.web.kit.errors.server_error"
