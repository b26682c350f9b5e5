# SPDX-License-Identifier: Apache-2.0
"""Where provider keys live."""

import pytest

from upheld.keys.faults import ProviderUnfit
from upheld.keys.providers import EnvironmentProvider, FileProvider

KEYS = {"b": b"b" * 32, "a": b"a" * 32}


@pytest.fixture
def files(tmp_path):
    return FileProvider(tmp_path / "provider-keys")


def test_each_epoch_has_a_file_of_its_own(files, tmp_path):
    """Two epochs, two keys, in files that only their owner reads."""
    one, two = files.open_epoch(used=[]), files.open_epoch(used=[])
    assert files.key(one) != files.key(two)
    assert len(files.key(one)) == 32
    folder = tmp_path / "provider-keys"
    assert oct(folder.stat().st_mode)[-3:] == "700"
    assert [oct(file.stat().st_mode)[-3:] for file in folder.iterdir()] == ["600", "600"]
    assert FileProvider(folder).key(one) == files.key(one)


def test_a_key_that_others_may_read_is_refused(files, tmp_path):
    """As it is: taken. Its file or folder opened to a group: refused, also by who has read it before."""
    ref = files.open_epoch(used=[])
    folder, file = tmp_path / "provider-keys", tmp_path / "provider-keys" / f"{ref}.key"
    assert files.key(ref)
    file.chmod(0o640)
    with pytest.raises(ProviderUnfit):
        files.key(ref)
    file.chmod(0o600)
    folder.chmod(0o750)
    with pytest.raises(ProviderUnfit):
        FileProvider(folder).key(ref)


def test_a_key_given_up_is_gone_for_every_process(files, tmp_path):
    """Another process that has it in memory loses it too."""
    other = FileProvider(tmp_path / "provider-keys")
    ref = files.open_epoch(used=[])
    assert other.key(ref) == files.key(ref)
    assert files.give_up(ref) is True
    assert files.give_up(ref) is True
    for provider in (files, other):
        with pytest.raises(ProviderUnfit):
            provider.key(ref)


def test_a_misshapen_key_or_reference(files, tmp_path):
    """A short file, or a reference that leaves the folder, is refused."""
    ref = files.open_epoch(used=[])
    (tmp_path / "provider-keys" / f"{ref}.key").write_bytes(b"short")
    with pytest.raises(ProviderUnfit):
        files.key(ref)
    with pytest.raises(ProviderUnfit):
        files.key("../secrets")


def test_configured_keys_are_used_in_order_and_once():
    """Each rotation takes the next; when none is left it says so."""
    provider = EnvironmentProvider(KEYS)
    assert provider.open_epoch(used=[]) == "a"
    assert provider.open_epoch(used=["a"]) == "b"
    assert provider.key("b") == b"b" * 32
    with pytest.raises(ProviderUnfit):
        provider.open_epoch(used=["a", "b"])
    assert provider.give_up("a") is False
    with pytest.raises(ProviderUnfit):
        provider.key("a")
    with pytest.raises(ProviderUnfit):
        EnvironmentProvider({"c": b"short"})
