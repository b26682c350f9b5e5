# SPDX-License-Identifier: Apache-2.0
"""The addresses of this shell alone, so that its tests do not wait for the others."""

from django.urls import path

from upheld.web.api import watching
from upheld.web.api.rest import api

urlpatterns = [
    path("healthz", watching.healthz),
    path("readyz", watching.readyz),
    path("metrics", watching.metrics),
    path("api/v1/", api.urls),
]
handler400 = "upheld.web.kit.errors.bad_request"
handler403 = "upheld.web.kit.errors.permission_denied"
handler404 = "upheld.web.kit.errors.page_not_found"
handler500 = "upheld.web.kit.errors.server_error"
