# SPDX-License-Identifier: Apache-2.0
"""A restore revives nothing, and an older backup opens nothing of whoever was erased."""


def test_a_dead_backup_opens_nothing_of_an_erased_person_and_the_held_record_stays(run):
    """After a rotation, a full older backup of data and keys opens nothing; the live house opens what a hold names."""
    assert "well" in run("held.py", "rotate")


def test_a_restore_serves_nothing_until_replayed_and_then_nothing_else_of_the_person(run):
    """Put back before a rotation: all is refused, then what narrowed since is carried out again."""
    assert "well" in run("held.py", "restore")
