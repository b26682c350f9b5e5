# SPDX-License-Identifier: Apache-2.0
"""Every error that Upheld raises on purpose.

    UpheldError
    ├── BadInput          what came is not what was expected; nothing was changed
    │   └── PolicyUnreadable   (upheld.policy) the file is no policy
    ├── Denied            (upheld.gate) the gate said no; carries the denial
    ├── NotFound          there is no such thing, or it is not yours
    ├── Conflict          it changed meanwhile, or its state does not allow this
    ├── TooMany           a limit was reached; carries when to try again
    ├── Unauthenticated   who asks is not known
    ├── Forbidden         who asks is known and may not
    ├── Unavailable       something outside the process did not answer
    ├── NoEvidence        an act tried to end without its evidence
    ├── Broken            integrity: a seal, signature, proof or chain does not hold
    └── Misconfigured     a setting is missing or contradicts another

Messages say what was expected, what came and where; they never carry personal data.
"""

from typing import ClassVar


class UpheldError(Exception):
    """Something that a caller may want to catch went wrong."""

    code: ClassVar[str] = "error"
    """Stable, snake_case; clients may rely on it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the sentence, and what the reader may do about it."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def diagnostics(self) -> str:
        """Say it to a person: the sentence, the causes, and what to do."""
        lines = [self.message]
        cause = self.__cause__
        while isinstance(cause, UpheldError):
            lines.append(f"  because: {cause.message}")
            cause = cause.__cause__
        if self.hint:
            lines.append(f"  try: {self.hint}")
        return "\n".join(lines)


class BadInput(UpheldError):
    """What came is not what was expected."""

    code = "bad_input"


class NotFound(UpheldError):
    """There is no such thing, or it is not the asker's."""

    code = "not_found"


class Conflict(UpheldError):
    """The thing's present state does not allow this."""

    code = "conflict"


class TooMany(UpheldError):
    """A limit was reached."""

    code = "too_many"

    def __init__(self, message: str, *, retry_after_seconds: int, hint: str = "") -> None:
        """Keep after how many seconds trying again makes sense."""
        super().__init__(message, hint=hint)
        self.retry_after_seconds = retry_after_seconds


class Unauthenticated(UpheldError):
    """Who asks is not known, or could not prove it."""

    code = "unauthenticated"


class Forbidden(UpheldError):
    """Who asks is known and may not do this."""

    code = "forbidden"


class Unavailable(UpheldError):
    """Something outside the process did not answer as it should."""

    code = "unavailable"


class NoEvidence(UpheldError):
    """An act tried to end without its evidence, so it did not happen."""

    code = "no_evidence"


class Broken(UpheldError):
    """Integrity: a seal, signature, proof or chain does not hold."""

    code = "broken"


class Misconfigured(UpheldError):
    """A setting is missing or contradicts another."""

    code = "misconfigured"
