# SPDX-License-Identifier: Apache-2.0
"""The home folder of a deployment: made once, readable by nobody else."""

import json
import os
from pathlib import Path
from typing import Final

from upheld.config.environment import Secrets
from upheld.crypto.randomness import token_bytes
from upheld.errors import Misconfigured

SECRET_BYTES: Final = 32


def make(home: Path) -> bool:
    """Make the home folder and its secrets; leave what is there.

    Returns:
        Whether secrets were made now.

    Raises:
        Misconfigured: the folder can be read by others, or is no folder.
    """
    if home.exists() and not home.is_dir():
        raise Misconfigured("UPHELD_HOME names a file; a folder was expected")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if home.stat().st_mode & 0o077:
        raise Misconfigured("the folder UPHELD_HOME can be read by others", hint="chmod 700 on it")
    return _make_secrets(home / "secrets.json")


def _make_secrets(file: Path) -> bool:
    names = sorted(Secrets.__annotations__)
    made = json.dumps({name: token_bytes(SECRET_BYTES).hex() for name in names}, indent=1)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w") as opened:
        opened.write(made)
        opened.flush()
        os.fsync(opened.fileno())
    return True
