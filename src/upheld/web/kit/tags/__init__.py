# SPDX-License-Identifier: Apache-2.0
"""The template tags of the house, built in to every template: `README.md` in the kit shows each."""

from django.template import Library

from upheld.web.kit.tags import blocks, formats, forms, marks, plots, tables

register = Library()
for _part in (blocks, formats, forms, marks, plots, tables):
    register.tags.update(_part.register.tags)
    register.filters.update(_part.register.filters)
