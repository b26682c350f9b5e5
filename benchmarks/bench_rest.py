# SPDX-License-Identifier: Apache-2.0
"""How many items a deployment seals and opens over REST in a second: authenticated, decided, evidence committed.

    python benchmarks/bench_rest.py [--database sqlite|postgresql] [--people 200] [--seconds 5] [--connections 8]

Closed loop over raw sockets, in a process of its own that shares the cores with the server. An opening is two requests:
the permit, and the opening with it; `answers_per_s` counts requests, `acts_per_s` what they were for.
"""

import argparse
import json
import os
import selectors
import socket
import time
from collections.abc import Iterator

from deployed import deployed
from load_decide import connected, in_process


def http(port: int, key: str, path: str, body: dict) -> bytes:
    content = json.dumps(body)
    head = f"POST /api/v1{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n"
    return f"{head}Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n{content}".encode()


def sealing(port: int, key: str, people: list[str]) -> Iterator[bytes]:
    while True:
        for person in people:
            yield http(port, key, f"/people/{person}/items", {"purpose": "profile", "values": {"nickname": "Mimi"}})


def opening(port: int, key: str, people: list[str], categories: list[str]) -> Iterator[bytes]:
    while True:
        for person in people:
            ask = {"act": "use", "purpose": "profile", "categories": categories, "person": person}
            answer = yield http(port, key, "/permits", ask)
            permit = json.loads(answer.partition(b"\r\n\r\n")[2])["permit"]
            yield http(port, key, f"/people/{person}/open", {"permit": permit})


def whole(link: socket.socket) -> bytes:
    """Read one answer to its end."""
    got = link.recv(65_536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    while len(body) < length:
        body += link.recv(65_536)
    return head + b"\r\n\r\n" + body


def loop(port: int, key: str, shares: list[list[str]], what: str, seconds: float) -> dict:
    categories = ["nickname"] if what == "open_one" else ["nickname", "occupation", "interests"]
    links, selector, turns = connected(port, len(shares)), selectors.EpollSelector(), {}
    times, failed, sent_at = [], 0, {}
    for link, share in zip(links, shares, strict=True):
        selector.register(link, selectors.EVENT_READ)
        turns[link] = sealing(port, key, share) if what == "seal_one" else opening(port, key, share, categories)
        link.sendall(next(turns[link]))
        sent_at[link] = time.perf_counter()
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        for ready, _ in selector.select(1):
            link = ready.fileobj
            answer = whole(link)
            times.append(time.perf_counter() - sent_at[link])
            failed += not answer.startswith(b"HTTP/1.1 20")
            link.sendall(turns[link].send(answer))
            sent_at[link] = time.perf_counter()
    took = time.perf_counter() - began
    times.sort()
    return {
        "answers_per_s": round(len(times) / took), "acts_per_s": round(len(times) / took / (1 if what == "seal_one" else 2)),
        "not_2xx": failed, "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 1), "load_average": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def fill(port: int, key: str, people: list[str], values: dict[str, str], rounds: int) -> None:
    [link] = connected(port, 1)
    for person in people:
        for _ in range(rounds):
            link.sendall(http(port, key, f"/people/{person}/items", {"purpose": "profile", "values": values}))
            answer = whole(link)
            assert answer.startswith(b"HTTP/1.1 201"), answer[-400:]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    with deployed(given.database, people=2 * given.people, processes=given.processes, threads=given.threads) as found:
        people = found.people[1::2]  # those who let the profile be filled
        wide, narrow = people[: len(people) // 4], people[len(people) // 4 :]
        fill(found.port, found.key, narrow, {"nickname": "Mimi"}, 1)
        fill(found.port, found.key, wide, {"nickname": "Mimi", "occupation": "baker"}, 10)
        measured = {}
        for what, who in (("open_one", narrow), ("open_twenty", wide), ("seal_one", narrow)):
            shares = [who[n :: given.connections] for n in range(given.connections)]
            in_process(loop, found.port, found.key, shares, what, 1.0)
            measured[what] = in_process(loop, found.port, found.key, shares, what, given.seconds)
        print(json.dumps(vars(given) | measured, indent=1))


if __name__ == "__main__":
    main()
