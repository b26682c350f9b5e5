# SPDX-License-Identifier: Apache-2.0
"""Let this process, and the ones it starts, live in another home than the environment says: simulations and demos."""

import os
from pathlib import Path
from typing import Final

from upheld.config.environment import STORES

_GATEWAYS: Final = ("UPHELD_SMS_URL", "UPHELD_SMTP_URL", "UPHELD_WITNESS_URL", "UPHELD_WITNESS_VKEY")


def move_to(home: Path, *, own_databases: bool) -> None:
    """Make a folder the home, before Django reads its settings; nothing sent from here reaches a gateway.

    Args:
        home: the folder.
        own_databases: keep to SQLite in the folder, whatever URLs the environment names.
    """
    os.environ["UPHELD_HOME"] = str(home)
    for variable in (*_GATEWAYS, *(STORES.values() if own_databases else ())):
        os.environ.pop(variable, None)


def serve_plainly(*, witness_url: str, witness_vkey: str) -> None:
    """Let plain HTTP pass on loopback, and have checkpoints witnessed there."""
    os.environ["UPHELD_INSECURE_LOOPBACK"] = "1"
    os.environ["UPHELD_WITNESS_URL"] = witness_url
    os.environ["UPHELD_WITNESS_VKEY"] = witness_vkey
