# SPDX-License-Identifier: Apache-2.0
"""The street that stories happen on."""

from tests.web.portal.conftest import person, street

__all__ = ["person", "street"]
