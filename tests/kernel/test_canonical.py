"""Canonical JSON after RFC 8785."""

import json

import pytest

from fieldapp.canonical import canonical


def test_keys_are_sorted_by_utf16_code_units() -> None:
    names = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    shuffled = {name: position for position, name in reversed(list(enumerate(names)))}
    assert list(json.loads(canonical(shuffled))) == names


def test_control_characters_and_quotes_are_escaped_as_the_rfc_says() -> None:
    assert canonical('\u20ac$\u000f\u000aA\'B"\\\\"/') == '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


def test_nothing_but_what_every_reader_keeps() -> None:
    assert canonical([None, True, False, -5, "鲁"]) == '[null,true,false,-5,"鲁"]'.encode()
    for wrong in (1.5, {1: "x"}, {"a": {1, 2}}, b"x"):
        with pytest.raises(TypeError):
            canonical(wrong)
    with pytest.raises(ValueError, match="range"):
        canonical(2**53)
    with pytest.raises(ValueError, match="surrogates"):
        canonical("\ud800")
