# SPDX-License-Identifier: Apache-2.0
"""Erase a person of whom one record is held, with a full older backup of data and keys in other hands.

python held.py FOLDER rotate|restore
"""

import sys
from pathlib import Path

from scratch import begin, upheld

FOLDER, ROAD = Path(sys.argv[1]), sys.argv[2]
HOME, BACKUP = FOLDER / "home", FOLDER / "backup"
begin(HOME)

from tests.houses import House  # noqa: E402
from upheld.clock import SystemClock  # noqa: E402
from upheld.errors import UpheldError  # noqa: E402

NOW = SystemClock().now()

from datetime import timedelta  # noqa: E402

from upheld.crypto.wrapping import unwrap  # noqa: E402
from upheld.facts import queries as facts  # noqa: E402
from upheld.gate.values import Stop  # noqa: E402
from upheld.keys import epochs  # noqa: E402
from upheld.keys import service as keys  # noqa: E402
from upheld.keys.models import PersonKey  # noqa: E402
from upheld.people import accounts  # noqa: E402
from upheld.retention import erasing, holds  # noqa: E402
from upheld.retention.values import Because  # noqa: E402
from upheld.storage import journal  # noqa: E402
from upheld.vault import queries as vault  # noqa: E402

PHONE = "+8613800138000"
HELD = "storage.orders"


def alive(person):
    """The clauses whose keys the key store still holds, save what the house needs for itself."""
    return {place.clause for place in keys.places(data_subject_id=person) if not place.is_destroyed}


def opened_by_a_thief(person):
    """Unwrap what the key store at hand (the live one, or one put back) has of a person, with every provider key."""
    provider_keys = [file.read_bytes() for file in (HOME / "provider-keys").glob("*.key")]
    opened = set()
    for row in PersonKey.objects.filter(data_subject_id=person, destroyed_at=None):
        bound = epochs.context(
            key_id=row.id, epoch=row.epoch_id, data_subject_id=row.data_subject_id, clause=row.clause, period=row.period
        )
        for key in provider_keys:
            try:
                unwrap(key, bytes(row.wrapped), context=bound)
                opened.add(row.clause)
            except UpheldError:
                pass
    return opened


def refuses(verb, *arguments):
    try:
        verb(*arguments)
    except UpheldError as error:
        return error.code
    return ""


house = House("baby-device", now=NOW)
mei, lin, wang = (house.person("purpose:profile") for _ in range(3))
house.collect(mei, "account", phone=PHONE)
house.collect(mei, "profile", nickname="Mei", occupation="baker")
house.collect(mei, "orders", orders="one bottle")
house.collect(lin, "profile", nickname="Lin")
house.collect(wang, "profile", nickname="Wang")
keys.bind(kind="phone", normalized=PHONE, data_subject_id=mei, now=NOW)
holds.place(data_subject_id=mei, clause=HELD, law="E-Commerce Law art. 31", until=NOW + timedelta(days=900), now=NOW)
before = alive(mei)
assert {"storage.account", HELD} <= before, before

upheld("backup", BACKUP)

since = house.person("purpose:profile")  # nobody in the backup
house.withdraw(since, "purpose:profile")
accounts.cancel_account(data_subject_id=wang, now=NOW)
holds.place(data_subject_id=lin, clause="storage.account", law="an order", until=NOW + timedelta(days=9), now=NOW)
erasing.begin(data_subject_id=mei, because=Because.REQUEST, now=NOW)
house.work()
assert alive(mei) == {HELD}, alive(mei)
assert [item.category for item in vault.metadata(mei, now=NOW)] == ["orders"]
assert keys.find("phone", PHONE) is None
rotations = 0

if ROAD == "rotate":
    upheld("keys", "rotate", "--retire-now")
    assert opened_by_a_thief(mei) == {HELD}  # live: the held record alone
    assert house.open(lin, "profile", "nickname")["nickname"].value == "Lin"
    said = upheld("restore", BACKUP, code=1)
    assert "given up" in said, said
    assert alive(mei) == {HELD}
    # a thief has the whole older backup and whatever provider keys there are
    from upheld.storage import copies

    folder = BACKUP / "keys"
    copies.copy_in(folder, copies.read_manifest(folder))
    assert alive(mei) == before, alive(mei)
    assert opened_by_a_thief(mei) == set() == opened_by_a_thief(lin)
else:
    upheld("restore", BACKUP, "--no-replay")
    journal.look_again()
    assert opened_by_a_thief(mei) == before  # they did come back
    assert keys.find("phone", PHONE) == mei
    assert refuses(house.open, lin, "profile", "nickname") == "unavailable"
    assert refuses(house.open, mei, "orders", "orders") == "unavailable"
    assert refuses(lambda: house.collect(lin, "profile", nickname="Lin")) == "unavailable"
    assert "nothing is served" in upheld("doctor", code=1)
    said = upheld("restore", "--replay")
    journal.look_again()
    assert "carried out again: 0" not in said, said
    assert "carried out again: 0" in upheld("restore", "--replay")
    assert alive(mei) == {HELD} == opened_by_a_thief(mei), alive(mei)
    assert [item.category for item in vault.metadata(mei, now=NOW)] == ["orders"]
    assert keys.find("phone", PHONE) is None
    assert facts.of(mei).person.stops & Stop.RESTRICTED
    assert refuses(house.open, mei, "profile", "nickname")
    assert house.open(lin, "profile", "nickname")["nickname"].value == "Lin"
    assert vault.metadata(since, now=NOW) == []
    assert refuses(house.open, wang, "profile", "nickname") == "denied"  # who cancelled stays cancelled
    assert holds.held_clauses(lin, now=NOW) == {"storage.account"}  # and what is held stays held
print("well")
