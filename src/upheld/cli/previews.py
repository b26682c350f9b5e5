# SPDX-License-Identifier: Apache-2.0
"""What publishing a version would do, as the command line says it. Nothing is changed by looking."""

from datetime import datetime

import click

from upheld import policy
from upheld.notices import previewing
from upheld.notices.values import Preview
from upheld.policy import PolicyUnreadable, Severity


def show(document: bytes, *, now: datetime, marked_major: bool) -> bool:
    """Print the preview of a policy file; say whether it could be published as it stands."""
    try:
        parsed = policy.parse(document, "policy.yaml")
    except PolicyUnreadable as unreadable:
        for finding in unreadable.findings:
            click.echo(str(finding), err=True)
        return False
    errors = [one for one in policy.check(parsed, now=now) if one.severity is Severity.ERROR]
    for finding in errors:
        click.echo(str(finding), err=True)
    seen = previewing.preview(parsed.policy, now=now, marked_major=marked_major)
    day = parsed.policy.effective.isoformat() if parsed.policy.effective else "no day"
    for line in _lines(seen, day):
        click.echo(line)
    return not errors and not seen.obstacles


def _lines(seen: Preview, day: str) -> list[str]:
    if not seen.follows:
        return [f"version {seen.version} applies from {day}; it is the first"]
    weight = "major" if seen.change.is_major else "minor"
    why = f" ({', '.join(seen.change.triggers)})" if seen.change.triggers else ""
    lines = [f"version {seen.version} follows version {seen.follows} and applies from {day}: {weight}{why}"]
    lines += [f"  {sentence}" for sentence in seen.change.changed] or ["  nothing that was promised changes"]
    lines += [f"  takes something from people: {where}" for where in seen.change.cuts]
    for one in seen.standing:
        then = "asked to agree; who does not stays" if one.asked else "bound from its day"
        lines.append(f"{one.people} people under version {one.version}: {then}")
    lines += [f"{people} people to be told by {way}" for way, people in seen.tell.items()]
    lines += [f"{people} people to be asked again: {topic}" for topic, people in seen.asked_again.items()]
    return lines + [f"in the way: {obstacle}" for obstacle in seen.obstacles]
