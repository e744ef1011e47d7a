"""Signed notes as the published examples have them, and what is refused."""

from base64 import b64decode, b64encode

import pytest

from fieldapp.ledger.notes import COSIGNATURE, DASH, new_key, open_note, read_signing_key, read_verifier_key, sign_note

# The published example of the Go package that first had such notes.
KNOWN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = ("If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n")
TEXT = "fieldapp.example/ledger\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"


def test_the_published_example_opens() -> None:
    text, held = open_note(NOTE, [read_verifier_key(KNOWN)])
    assert text.startswith("If you think")
    assert [one.key.name for one in held] == ["PeterNeumann"]


def test_keys_are_read_as_they_are_written() -> None:
    key = new_key("fieldapp.example/ledger")
    assert read_signing_key(key.text()).text() == key.text()
    assert read_verifier_key(key.verifier.text()) == key.verifier
    assert read_verifier_key(KNOWN).text() == KNOWN


def test_log_and_witness_sign_one_note() -> None:
    log, witness = new_key("fieldapp.example/ledger"), new_key("witness.example/w1", COSIGNATURE)
    note = sign_note(TEXT, [log]) + witness.signature(TEXT, 1679315147)
    text, held = open_note(note, [log.verifier, witness.verifier])
    assert text == TEXT
    assert [(one.key.name, one.at) for one in held] == [("fieldapp.example/ledger", None), ("witness.example/w1", 1679315147)]


def test_after_a_change_of_keys_old_and_new_readers_open_the_note() -> None:
    old, new = new_key("fieldapp.example/ledger"), new_key("fieldapp.example/ledger")
    note = sign_note(TEXT, [old, new])
    assert open_note(note, [old.verifier])[0] == open_note(note, [new.verifier])[0] == TEXT


def test_a_note_that_nobody_known_signed_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        open_note(sign_note(TEXT, [new_key("fieldapp.example/ledger")]), [new_key("fieldapp.example/ledger").verifier])


@pytest.mark.parametrize("change", [
    ("problem is.", "problem was."), ("x08go/ZJku", "x08go/ZJkv"), ("\n\n", "\n"), ("\u2014 P", "- P"), ("\u2014 P", "\u2014P"),
    ("cryptography", "crypto\tgraphy"), ("JnAM=\n", "JnAM="), ("BwJnAM=", "BwJnAM"), (" x08go", " "), ("Neumann ", "+ ")])
def test_a_changed_note_is_refused(change: tuple[str, str]) -> None:
    assert change[0] in NOTE
    with pytest.raises(ValueError, match=r".+"):
        open_note(NOTE.replace(*change), [read_verifier_key(KNOWN)])


def test_a_cosignature_with_another_time_is_refused() -> None:
    witness = new_key("witness.example/w1", COSIGNATURE)
    first, later = (b64decode(witness.signature(TEXT, at).split()[-1]) for at in (1, 2))
    for signed in (first, later):
        open_note(f"{TEXT}\n{DASH}witness.example/w1 {b64encode(signed).decode()}\n", [witness.verifier])
    mixed = later[:12] + first[12:]  # the key's number and the time of the one, the signature of the other
    with pytest.raises(ValueError, match="does not hold"):
        open_note(f"{TEXT}\n{DASH}witness.example/w1 {b64encode(mixed).decode()}\n", [witness.verifier])


@pytest.mark.parametrize("text", ["", "a+b", "a+00000000+AQ==", KNOWN.replace("c74f20a3", "c74f20a4"),
                                  KNOWN.replace("PeterNeumann", "Peter Neumann"), KNOWN.replace("+ARpc", "+CRpc")])
def test_a_malformed_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_verifier_key(text)


def test_a_signing_key_is_not_told_for_another() -> None:
    key = new_key("a.example").text()
    for text in (key.replace("PRIVATE", "PUBLIC"), key.replace("a.example", "b.example"), key[:-8]):
        with pytest.raises(ValueError, match=r".+"):
            read_signing_key(text)
