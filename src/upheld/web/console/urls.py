# SPDX-License-Identifier: Apache-2.0
"""Addresses of the console."""

from django.urls import URLPattern

app_name = "console"
urlpatterns: list[URLPattern] = []
