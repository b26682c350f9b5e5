# SPDX-License-Identifier: Apache-2.0
"""Addresses of the portal and the kit alone, as the portal's own tests serve them."""

from django.urls import include, path

urlpatterns = [path("", include("upheld.web.kit.urls")), path("", include("upheld.web.portal.urls"))]
handler400 = "upheld.web.kit.errors.bad_request"
handler403 = "upheld.web.kit.errors.permission_denied"
handler404 = "upheld.web.kit.errors.page_not_found"
handler500 = "upheld.web.kit.errors.server_error"
