# SPDX-License-Identifier: Apache-2.0
"""Measure a simulation: `python benchmarks/measure_simulation.py POLICY PEOPLE DAYS`.

Prints processor time, time on the clock, memory and what was done. Processor time is what a quiet machine takes: the
simulation is one process that waits for no disk.
"""

import json
import resource
import subprocess
import sys
import time

policy, people, days = sys.argv[1], sys.argv[2], sys.argv[3]
line = [sys.executable, "-m", "upheld", "simulate", policy, "--people", people, "--days", days, "--json"]
began = time.monotonic()
done = subprocess.run(line, capture_output=True, check=False)
clock = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
made = json.loads(done.stdout)
ran = made["simulation"]
processor = used.ru_utime + used.ru_stime
print(f"{policy}: {people} people x {days} days, exit code {done.returncode}")
print(f"processor {processor:.0f} s, clock {clock:.0f} s, memory {used.ru_maxrss / 1024:.0f} MB")
print(f"{made['tree_size']} entries: {1000 * processor / made['tree_size']:.2f} ms each")
print(f"{sum(ran['done'].values())} deeds done, {sum(r['times'] for r in ran['refused'])} refused; {made['counts']}")
