# SPDX-License-Identifier: Apache-2.0
"""Kill processes of a real server, the child first and then the parent, and see it answer again.

python serving.py FOLDER
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from scratch import UPHELD, begin, upheld

FOLDER = Path(sys.argv[1])
begin(FOLDER / "home")
upheld("publish", "baby-device", "--alone")
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    PORT = probe.getsockname()[1]


def children(pid):
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return sorted(int(child) for task in tasks for child in task.read_text().split())


def answers() -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=5) as answer:  # noqa: S310
            return answer.status == 200
    except OSError:
        return False


def wait(what):
    for _ in range(300):
        if what():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come back")


def serve():
    server = subprocess.Popen([*UPHELD, "serve", "--port", str(PORT), "--processes", "1"], start_new_session=True)
    wait(answers)
    return server


server = serve()
workers = children(server.pid)
os.kill(workers[-1], signal.SIGKILL)
wait(lambda: children(server.pid) and workers[-1] not in children(server.pid))
wait(answers)
os.killpg(server.pid, signal.SIGKILL)
server.wait()
server = serve()
os.kill(server.pid, signal.SIGTERM)
assert server.wait(30) == 0
print("well")
