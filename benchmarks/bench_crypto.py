# SPDX-License-Identifier: Apache-2.0
"""What sealing and opening cost: `python benchmarks/bench_crypto.py [--fast]` (pyperf; see its --help)."""

from datetime import UTC, datetime
from uuid import UUID

import pyperf

from upheld.crypto.blind import blind_index
from upheld.crypto.framing import frame
from upheld.crypto.hashing import code_digest
from upheld.crypto.macs import mac
from upheld.crypto.opening import open_sealed
from upheld.crypto.randomness import uuid7
from upheld.crypto.sealing import seal
from upheld.crypto.signing import Signer
from upheld.crypto.suites import Suite
from upheld.crypto.wrapping import WrapContext, unwrap, wrap

KEY, OTHER = bytes(range(32)), bytes(range(32, 64))
VALUE = bytes(40)
PLACE = frame(UUID(int=1), "storage.profile", "mobile")
CONTEXT = WrapContext(key_id=UUID(int=1), epoch=1, data_subject_id=UUID(int=2), clause="storage.profile")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SIGNER = Signer.generate("bench.upheld.example")


def main() -> None:
    runner = pyperf.Runner()
    for suite in Suite:
        sealed = seal(KEY, VALUE, associated_data=PLACE, suite=suite)
        wrapped = wrap(KEY, OTHER, context=CONTEXT, suite=suite)
        runner.bench_func(
            f"{suite.name} seal 40 bytes", lambda s=suite: seal(KEY, VALUE, associated_data=PLACE, suite=s)
        )
        runner.bench_func(f"{suite.name} open 40 bytes", lambda s=sealed: open_sealed(KEY, s, associated_data=PLACE))
        runner.bench_func(f"{suite.name} wrap", lambda s=suite: wrap(KEY, OTHER, context=CONTEXT, suite=s))
        runner.bench_func(f"{suite.name} unwrap", lambda w=wrapped: unwrap(KEY, w, context=CONTEXT))
    runner.bench_func("frame", lambda: frame(UUID(int=1), "storage.profile", "mobile"))
    runner.bench_func("blind index", lambda: blind_index(KEY, "mobile", "+8610000000000"))
    runner.bench_func("code digest", lambda: code_digest(KEY, purpose="sign_in", subject="s", code="000000"))
    runner.bench_func("permit code", lambda: mac(KEY, VALUE, domain="permit"))
    runner.bench_func("uuid7", lambda: uuid7(NOW))
    runner.bench_func("sign", lambda: SIGNER.sign(VALUE))


if __name__ == "__main__":
    main()
