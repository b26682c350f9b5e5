# SPDX-License-Identifier: Apache-2.0
"""Inviting staff, and changing what they are there for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from upheld.people.permissions import Role
from upheld.web.kit import labels
from upheld.web.kit.forms import HouseForm


class RoleForm(HouseForm):
    """What a member of staff is there for."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, labels.label(role)) for role in Role])
