# SPDX-License-Identifier: Apache-2.0
"""Addresses of the kit: the two preferences."""

from django.urls import path

from upheld.web.kit import views

app_name = "kit"
urlpatterns = [
    path("preferences/language", views.set_language, name="language"),
    path("preferences/theme", views.set_theme, name="theme"),
]
