# SPDX-License-Identifier: Apache-2.0
"""The one Django app that owns every table."""

from importlib import import_module

from django.apps import AppConfig


class UpheldConfig(AppConfig):
    """The house."""

    name = "upheld"
    label = "upheld"
    verbose_name = "Upheld"

    def ready(self) -> None:
        """Let acts name people in evidence: the key room brings the maker of references."""
        import_module("upheld.keys.service")
        import_module("upheld.keys.rotation")
