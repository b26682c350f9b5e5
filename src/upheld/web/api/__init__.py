# SPDX-License-Identifier: Apache-2.0
"""The REST shell for a company's programs: checks shape and key, calls the rooms' verbs, shows values.

rest       the API on one page: its routers, its errors, its OpenAPI
keys       who asks: Bearer keys of programs, by permission
problems   every refusal as problem+json (RFC 9457)
advising   `POST /decide`, the one function behind both of its shells
hot        the second shell of `decide`: raw WSGI in front of Django, in the same process
counters   what /metrics counts, in one small file that the processes of a deployment share
watching   health, readiness and metrics
schemas    what comes and what goes, as strict models
views      one file for each group of endpoints
"""
