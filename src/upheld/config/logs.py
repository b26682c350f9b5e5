# SPDX-License-Identifier: Apache-2.0
"""Logs that cannot carry personal data.

A record keeps its level, logger and code; of an exception only its type, its own code and the places in our files.
Django's default handlers mail whole requests and print parameters of statements: none of them is set up here.
"""

import logging
import re
import sys
import traceback


class ImpersonalFormatter(logging.Formatter):
    """Print where something happened and of which type it was, never what values took part."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line: time, level, logger, the fixed part of the message, type and places of an exception."""
        text = _without_values(record)
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {text}"
        if status := getattr(record, "status_code", None):
            line += f" (status {status})"
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])[-6:]
            places = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames))
            line += f" [{record.exc_info[0].__name__} at {places}]"
        return line


def _without_values(record: logging.LogRecord) -> str:
    """Return the template of a message with every value left out; of others' ready-made texts only where they came from.

    Django and we log templates and arguments; a library may log a text that has values in it already, and so does
    Django of a suspicious request (the words of its exception) and the inside of the server of a crash (its traceback).
    """
    is_ready_made = record.name.startswith("django.security.") and not record.args
    is_known = record.name == "_granian" or record.name.split(".")[0] in {"django", "upheld"}
    if is_ready_made or not is_known:
        return f"at {record.module}:{record.lineno}"
    return re.sub(r"%(\(\w+\))?[srdif]", "·", str(record.msg))


def configure(_config: object) -> None:
    """Send warnings and errors of every logger to standard error, impersonally."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(ImpersonalFormatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in ("django", "django.server"):  # Django's own handlers mail requests and print their addresses
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
