# SPDX-License-Identifier: Apache-2.0
"""What a table of the house must say."""

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import models

from upheld.storage.base import BareTable, Erasure, ErasedBy, HouseTable, check_tables, faults_of
from upheld.storage.router import StoreRouter


@pytest.fixture(autouse=True)
def _forget_made_classes():
    before = dict(apps.all_models["upheld"])
    yield
    apps.all_models["upheld"].clear()
    apps.all_models["upheld"].update(before)
    apps.clear_cache()


def make(bases=(HouseTable,), **attributes):
    meta = type("Meta", (), {"app_label": "upheld"})
    return type("Trial", bases, {"__module__": __name__, "Meta": meta, **attributes})


SAID = ErasedBy.NO_PERSON("nothing about anyone")


def test_a_table_that_says_how_it_is_erased_is_taken():
    """The same table is taken with the declaration and refused without it."""
    assert list(faults_of(make(erased=SAID))) == []
    with pytest.raises(ImproperlyConfigured, match="how it is erased"):
        make()


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"erased": "row"}, "how it is erased"),
        ({"erased": ErasedBy.ROW("gone with the person")}, "data_subject_id"),
        ({"erased": SAID, "store": "elsewhere"}, "store is one of"),
        ({"erased": SAID, "seen_at": models.DateTimeField(auto_now=True)}, "auto_now"),
        ({"erased": SAID, "made_at": models.DateTimeField(auto_now_add=True)}, "auto_now"),
    ],
    ids=["no declaration", "row without subject", "unknown store", "auto_now", "auto_now_add"],
)
def test_a_table_that_breaks_a_rule_is_refused(attributes, said):
    """The class does not come into being."""
    with pytest.raises(ImproperlyConfigured, match=said):
        make(**attributes)


def test_a_bare_table_declares_its_own_key():
    """A key that the database would count up is refused."""
    make(bases=(BareTable,), erased=SAID, number=models.IntegerField(primary_key=True))
    with pytest.raises(ImproperlyConfigured, match="primary key"):
        make(bases=(BareTable,), erased=SAID)


def test_a_table_outside_the_base_is_refused():
    """Deriving from Django's own Model is no way around."""
    with pytest.raises(ImproperlyConfigured, match="derives from HouseTable"):
        make(bases=(models.Model,))


def test_models_of_past_migrations_are_left_alone():
    """History is rebuilt without declarations."""
    meta = type("Meta", (), {"app_label": "upheld"})
    type("Trial", (models.Model,), {"__module__": "__fake__", "Meta": meta})


def test_a_declaration_needs_a_reason():
    """Saying a word alone is not saying how."""
    assert ErasedBy.KEY("sealed") == Erasure(by=ErasedBy.KEY, note="sealed")
    with pytest.raises(ImproperlyConfigured):
        ErasedBy.KEY("  ")


def test_a_relation_stays_in_its_database():
    """A foreign key from keys to the default database is found by the check, and so is a reverse name."""
    from upheld.storage.jobs.models import JobRun

    make(
        erased=SAID,
        store="keys",
        run=models.ForeignKey(JobRun, on_delete=models.CASCADE, related_name="+"),
    )
    apps.clear_cache()
    assert [e.msg for e in check_tables()] == ["run points into another database; use an opaque id"]


def test_every_table_of_the_house_passes():
    """The house itself has no such fault."""
    call_command("check")


def test_the_router_sends_each_table_home():
    """Reads, writes and migrations go where `store` says, also for a model of history."""
    from upheld.keys.models import PersonKey
    from upheld.storage.jobs.models import JobRun
    from upheld.storage.journal import JournalEntry

    router = StoreRouter()
    homes = {JobRun: "default", PersonKey: "keys", JournalEntry: "journal"}
    for model, home in homes.items():
        assert router.db_for_read(model) == router.db_for_write(model) == home
        name = model._meta.model_name
        assert [db for db in ("default", "keys", "journal") if router.allow_migrate(db, "upheld", name)] == [home]
    assert router.allow_migrate("default", "upheld", "gone_since") is True
    assert router.allow_migrate("keys", "upheld", "gone_since") is False
    assert router.allow_migrate("keys", "upheld", None, store="keys") is True
    assert router.allow_relation(PersonKey(), JobRun()) is False
