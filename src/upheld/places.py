# SPDX-License-Identifier: Apache-2.0
"""Where the files that come with Upheld lie: in the wheel, or beside the sources in a checkout."""

from pathlib import Path
from typing import Final

_PACKAGED: Final = Path(__file__).parent / "_data"
_CHECKOUT: Final = Path(__file__).resolve().parents[2]
_ROOT: Final = _PACKAGED if _PACKAGED.exists() else _CHECKOUT

POLICIES: Final = _ROOT / "policies"
"""The five policies."""
OBLIGATIONS: Final = _ROOT / "obligations"
"""The catalogue of promises."""
REPORTS: Final = _CHECKOUT / "reports"
"""Reports of test runs, in a checkout."""


def policy_file(name_or_path: str) -> Path:
    """Return the file of a policy given by path or by one of the five names.

    >>> policy_file("baby-device").name
    'baby-device.yaml'
    """
    known = POLICIES / f"{name_or_path}.yaml"
    return known if known.exists() and "/" not in name_or_path else Path(name_or_path)
