# SPDX-License-Identifier: Apache-2.0
"""The web: portal for people, console for staff, REST for programs, over one kit."""
