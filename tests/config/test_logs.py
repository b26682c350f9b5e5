# SPDX-License-Identifier: Apache-2.0
"""What a log keeps of a record: where and of which type, never what took part."""

import io
import logging

import pytest

from upheld.cli.running import LOGS
from upheld.config.logs import ImpersonalFormatter

PHONE = "13800138000"


def written(name, message, *values, error=None):
    """One line of the log."""
    made = logging.getLogger(name).makeRecord(name, logging.ERROR, __file__, 7, message, values, error)
    return ImpersonalFormatter().format(made)


def test_a_template_is_kept_and_its_values_are_not():
    """Django says a status and an address: the address goes."""
    line = written("django.request", "%s: %s", "Not Found", f"/{PHONE}")
    assert "django.request" in line
    assert PHONE not in line


@pytest.mark.parametrize("name", ["django.security.DisallowedHost", "django.security.SuspiciousFileOperation"])
def test_what_django_writes_out_beforehand_is_not_kept(name):
    """Of a suspicious request Django logs the words of its exception, which repeat what came."""
    line = written(name, f"Invalid HTTP_HOST header: '{PHONE}.example'.")
    assert name in line
    assert PHONE not in line


def test_a_host_that_is_none_of_ours_is_not_repeated(client, capsys, settings):
    """A request for another host leaves its kind in the log, and not the host."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ImpersonalFormatter())
    logging.getLogger("django.security").addHandler(handler)
    try:
        assert client.get("/", HTTP_HOST=f"{PHONE}.example").status_code == 400
    finally:
        logging.getLogger("django.security").removeHandler(handler)
    assert "DisallowedHost" in stream.getvalue()
    assert PHONE not in stream.getvalue()


def test_the_servers_own_log_repeats_no_exception():
    """What escapes every handler is logged from inside the server, its traceback written out: the place is kept."""
    from granian.log import LogLevels, configure_logging, logger  # noqa: PLC0415 - changes the logging of the process

    before = logger.handlers[:], logger.propagate
    configure_logging(LogLevels.warning, LOGS)
    stream = io.StringIO()
    logger.handlers[0].setStream(stream)
    try:
        logger.error("Unexpected exit from worker-1")
        logger.getChild("utils").error(f"Application callable raised an exception\nValueError: {PHONE}")
    finally:
        logger.handlers[:], logger.propagate = before
    assert "Unexpected exit from worker-1" in stream.getvalue()
    assert "_granian.utils at " in stream.getvalue()
    assert PHONE not in stream.getvalue()
