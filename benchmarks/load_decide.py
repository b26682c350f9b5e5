# SPDX-License-Identifier: Apache-2.0
"""How many asks of `POST /api/v1/decide` a deployment answers, and how late at half of that while people withdraw.

    python benchmarks/load_decide.py [--database sqlite|postgresql] [--people 2000] [--seconds 5] [--connections 16]

Closed loop: every connection sends its next request when it has its answer. Open loop: requests are due at fixed
instants, and lateness is counted from the instant that a request was due, so a server that stalls cannot hide it.
Raw sockets and epoll in a process of its own; it shares the cores with the server, which lowers the figures.
"""

import argparse
import json
import multiprocessing
import os
import selectors
import socket
import threading
import time
import urllib.request
from collections import deque

from deployed import deployed


def requests_for(port: int, key: str, people: list[str]) -> list[bytes]:
    found = []
    for person in people:
        body = json.dumps({"act": "use", "purpose": "profile", "categories": ["nickname"], "person": person})
        head = f"POST /api/v1/decide HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n"
        found.append(f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
    return found


def connected(port: int, count: int) -> list[socket.socket]:
    links = []
    for _ in range(count):
        link = socket.create_connection(("127.0.0.1", port))
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        links.append(link)
    return links


def answered(link: socket.socket) -> bool:
    """Read one answer; they are shorter than a segment."""
    got = link.recv(65_536)
    if not got:
        raise SystemExit("the server closed a connection")
    return got.startswith(b"HTTP/1.1 200")


def closed_loop(port: int, wanted: list[bytes], connections: int, seconds: float) -> dict:
    links, selector = connected(port, connections), selectors.EpollSelector()
    for link in links:
        selector.register(link, selectors.EVENT_READ)
    sent_at, times, done, refused, n = {}, [], 0, 0, 0
    began = time.perf_counter()
    for link in links:
        link.sendall(wanted[n % len(wanted)])
        sent_at[link] = time.perf_counter()
        n += 1
    while (now := time.perf_counter()) - began < seconds:
        for ready, _ in selector.select(1):
            link = ready.fileobj
            refused += not answered(link)
            now = time.perf_counter()
            times.append(now - sent_at[link])
            done += 1
            link.sendall(wanted[n % len(wanted)])
            sent_at[link] = time.perf_counter()
            n += 1
    return summary(done, refused, times, time.perf_counter() - began)


def open_loop(port: int, wanted: list[bytes], connections: int, seconds: float, rate: float) -> dict:
    links, selector = connected(port, connections), selectors.EpollSelector()
    for link in links:
        selector.register(link, selectors.EVENT_READ)
    idle, due, waiting = deque(links), {}, deque()
    times, done, refused, n = [], 0, 0, 0
    began = time.perf_counter()
    while True:
        now = time.perf_counter()
        if now - began > seconds and not waiting and len(idle) == len(links):
            break
        while n < rate * seconds and began + n / rate <= now:
            waiting.append((began + n / rate, wanted[n % len(wanted)]))
            n += 1
        while waiting and idle:
            link, (at, request) = idle.popleft(), waiting.popleft()
            link.sendall(request)
            due[link] = at
        for ready, _ in selector.select(0 if waiting and idle else 0.0005):
            link = ready.fileobj
            refused += not answered(link)
            times.append(time.perf_counter() - due[link])
            done += 1
            idle.append(link)
        if now - began > 4 * seconds:
            break
    return summary(done, refused, times, time.perf_counter() - began) | {"rate_per_s": round(rate)}


def summary(done: int, refused: int, times: list[float], seconds: float) -> dict:
    times.sort()
    at = lambda share: round(times[min(len(times) - 1, int(len(times) * share))] * 1000, 2)  # noqa: E731
    return {
        "answers_per_s": round(done / seconds), "not_200": refused,
        "p50_ms": at(0.5), "p99_ms": at(0.99), "max_ms": at(1), "load_average": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def withdraw_meanwhile(port: int, key: str, people: list[str], stop: threading.Event, made: list[int]) -> None:
    """Give and withdraw, as fast as one program does."""

    def call(method, path, body=None):
        request = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1{path}", method=method)
        request.add_header("Authorization", f"Bearer {key}")
        request.data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    said = {"topic": "purpose:profile", "method": "switch", "language": "en"}
    shown = call("GET", f"/people/{people[1]}/consents")["choices"]
    wording = next(one["wording_sha256"] for one in shown if one["topic"] == "purpose:profile")
    while not stop.is_set():
        call("POST", f"/people/{people[1]}/consents", said | {"action": "withdrawn"})
        call("POST", f"/people/{people[1]}/consents", said | {"action": "given", "wording_sha256": wording})
        made[0] += 2
        time.sleep(0.02)


def in_process(function, *arguments):
    """Generate load in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    with deployed(given.database, people=given.people, processes=given.processes, threads=given.threads) as found:
        wanted = requests_for(found.port, found.key, found.people)
        in_process(closed_loop, found.port, wanted, given.connections, 2.0)  # counts the people, warms both processes
        closed = [in_process(closed_loop, found.port, wanted, given.connections, given.seconds) for _ in range(2)]
        best = max(closed, key=lambda one: one["answers_per_s"])
        stop, made = threading.Event(), [0]
        withdrawing = threading.Thread(
            target=withdraw_meanwhile, args=(found.port, found.key, found.people, stop, made)
        )
        withdrawing.start()
        rate = best["answers_per_s"] / 2
        opened = in_process(open_loop, found.port, wanted, given.connections, given.seconds, rate)
        stop.set()
        withdrawing.join()
        print(
            json.dumps(vars(given) | {"closed": closed, "open_at_half": opened, "choices_meanwhile": made[0]}, indent=1)
        )


if __name__ == "__main__":
    main()
