# SPDX-License-Identifier: Apache-2.0
"""Where each shell answers."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
