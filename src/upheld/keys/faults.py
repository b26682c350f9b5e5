# SPDX-License-Identifier: Apache-2.0
"""What the key room raises; nothing here carries a key or an identifier.

NotFound
└── KeyGone          no such key, or it was destroyed: what it sealed is erased
Conflict
└── AlreadyBound     the identifier leads to another person
Misconfigured
└── ProviderUnfit    the provider's key is missing, misshapen, or open to others
"""

from upheld.errors import Conflict, Misconfigured, NotFound


class KeyGone(NotFound):
    """No such key, or it was destroyed: what it sealed is erased."""

    code = "key_gone"


class AlreadyBound(Conflict):
    """The identifier leads to another person."""

    code = "already_bound"


class ProviderUnfit(Misconfigured):
    """The provider's key is missing, misshapen, or open to others."""

    code = "provider_unfit"
