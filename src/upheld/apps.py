# SPDX-License-Identifier: Apache-2.0
"""The one Django app that owns every table."""

from django.apps import AppConfig


class UpheldConfig(AppConfig):
    """The house."""

    name = "upheld"
    label = "upheld"
    verbose_name = "Upheld"
