# SPDX-License-Identifier: Apache-2.0
"""Keys of signed notes: their spellings, and what they sign."""

import base64

import pytest

from upheld.crypto.faults import KeyMalformed, SignatureBroken
from upheld.crypto.signing import Algorithm, Signer, Verifier, parse_key_file

GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
"""The example of the Go package golang.org/x/mod/sumdb/note."""

GO_TEXT = b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_LINE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="


def test_reads_what_go_wrote():
    """A key and signature of the reference implementation hold here."""
    verifier = Verifier.parse(GO_KEY)
    content = base64.b64decode(GO_LINE)
    assert verifier.key_id == content[:4]
    verifier.verify(content[4:], GO_TEXT)
    assert GO_KEY == verifier.to_text()


@pytest.mark.parametrize("algorithm", list(Algorithm), ids=lambda one: one.name)
def test_keys_survive_their_text(algorithm):
    """Both halves read back from their text, and what one signs the other verifies."""
    signer = Signer.generate("log.upheld.example/evidence", algorithm)
    again, verifier = Signer.parse(signer.to_text() + "\n"), Verifier.parse(signer.verifier.to_text())
    assert signer == again
    assert signer.key_id == verifier.key_id
    assert (algorithm is Algorithm.COSIGNATURE_V1) == verifier.is_witness
    verifier.verify(again.sign(b"message"), b"message")
    for signature, message in ((again.sign(b"message"), b"other"), (bytes(64), b"message"), (b"", b"message")):
        with pytest.raises(SignatureBroken):
            verifier.verify(signature, message)


def test_key_id_depends_on_name_and_algorithm():
    """The same key under another name or algorithm has another id."""
    seed = bytes(32)
    ids = {
        Signer(name=name, algorithm=algorithm, seed=seed).key_id for name in ("one", "two") for algorithm in Algorithm
    }
    assert 4 == len(ids)


def test_signer_hides_its_seed():
    """Printing a signer shows no key."""
    signer = Signer(name="log", algorithm=Algorithm.ED25519, seed=b"seed" * 8)
    assert "seed" not in repr(signer)


@pytest.mark.parametrize(
    "text",
    [
        "", "name", "name+id", "+00000000+AQ==", "na me+00000000+AQ==", "name+00000000+", "name+00000000+A",
        "name+00000000+" + base64.b64encode(b"\x01" + bytes(31)).decode(),
        "name+00000000+" + base64.b64encode(b"\x02" + bytes(32)).decode(),
        "name+00000000+" + base64.b64encode(b"\x01" + bytes(32)).decode(),
        GO_KEY.replace("c74f", "c74e"),
    ],
    ids=range(11),
)  # fmt: skip
def test_misshapen_keys_are_refused(text):
    """What is no key is refused, for either half."""
    with pytest.raises(KeyMalformed):
        Verifier.parse(text)
    for signing in (text, "PRIVATE+KEY+" + text):
        with pytest.raises(KeyMalformed):
            Signer.parse(signing)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb"])
def test_names_are_one_word(name):
    """A key's name cannot break the line it stands in."""
    with pytest.raises(KeyMalformed):
        Signer.generate(name)


def test_key_files_have_one_key_a_line():
    """Comments and empty lines are skipped; a file without a key, or with something else, pins nothing."""
    key = Verifier.parse(GO_KEY)
    assert (key, key) == parse_key_file(f"# the log\n\n{GO_KEY}\n  {GO_KEY}\n")
    for text in ("", "# nothing", GO_KEY + "\nnonsense"):
        with pytest.raises(KeyMalformed):
            parse_key_file(text)
