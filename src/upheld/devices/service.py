# SPDX-License-Identifier: Apache-2.0
"""The verbs of this room on one page; see each file for what it promises.

record             take in what a device sends: sealed while it is linked, counted while it is not
link, unlink       join a device to its person, and undo it
counts             read telemetry, as counts over groups
count_days, scan, sweep    what the worker does
forget             remove the links of a person who is erased
"""

from upheld.devices.counting import count_days, counts, sweep
from upheld.devices.linking import forget, link, unlink
from upheld.devices.scanning import scan
from upheld.devices.telemetry import record

__all__ = ["count_days", "counts", "forget", "link", "record", "scan", "sweep", "unlink"]
