# SPDX-License-Identifier: Apache-2.0
"""`python -m upheld`."""

from upheld.cli.main import main

main()
