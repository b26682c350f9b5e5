# SPDX-License-Identifier: Apache-2.0
"""The one error of reading: what is wrong with the file, and where."""

from upheld.policy.findings import Place


class Unreadable(Exception):
    """The bytes are no YAML that a policy may be written in; `parse` turns it into a finding."""

    def __init__(self, code: str, place: Place, message: str, remedy: str) -> None:
        """Keep the finding's parts."""
        super().__init__(message)
        self.code = code
        self.place = place
        self.message = message
        self.remedy = remedy
