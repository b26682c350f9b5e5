#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Make `.venv` with what a target needs: `bootstrap.py run` or `bootstrap.py dev`.

Written for any Python 3 that a machine may have, so that one that is too old gets a sentence and not a traceback.
Installs exactly the hashed requirement files; a stamp makes the second call free.
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
NEEDS = (3, 11)


def fail(sentence):
    sys.exit("upheld set-up: " + sentence)


def requirement_files(target):
    names = ["build.txt", "dev.txt" if target == "dev" else "run.txt"]
    return [os.path.join(ROOT, "requirements", name) for name in names]


def stamp(files):
    digest = hashlib.sha256(sys.version.encode())
    for name in files + [os.path.join(ROOT, "pyproject.toml")]:
        with open(name, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def run(command, sentence):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        tail = done.stdout.decode("utf-8", "replace").strip().splitlines()[-4:]
        fail(sentence + "\n  " + "\n  ".join(tail))


def main():
    target = sys.argv[1] if len(sys.argv) > 1 else "run"
    if sys.version_info[:2] < NEEDS:
        fail(
            "Python 3.11 or newer is needed, and %s is %d.%d. Say which to use: make PYTHON=python3.11 ..."
            % ((sys.executable,) + tuple(sys.version_info[:2]))
        )
    files = requirement_files(target)
    mark = os.path.join(VENV, "upheld-" + target)
    wanted = stamp(files)
    if any(read(os.path.join(VENV, "upheld-" + name)) == wanted_for(name) for name in covering(target)):
        return
    if not os.path.exists(os.path.join(VENV, "bin", "python")):
        print("upheld set-up: making .venv", flush=True)
        run(
            [sys.executable, "-m", "venv", VENV],
            "Python's venv module did not work; on Debian: apt install python3-venv",
        )
    pip = [os.path.join(VENV, "bin", "python"), "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    print("upheld set-up: installing what '%s' needs (once)" % target, flush=True)
    requirements = [part for name in files for part in ("-r", name)]
    run(pip + ["--require-hashes"] + requirements, "the packages could not be fetched; is a package index reachable?")
    run(pip + ["--no-deps", "--no-build-isolation", "-e", ROOT], "Upheld itself could not be installed.")
    with open(mark, "w") as file:
        file.write(wanted)


def covering(target):
    """A venv made for development also serves to run."""
    return ["run", "dev"] if target == "run" else ["dev"]


def wanted_for(name):
    return stamp(requirement_files(name))


def read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


if __name__ == "__main__":
    main()
