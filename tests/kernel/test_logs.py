"""A log line is one JSON object, whatever was typed."""

import json
import logging

import pytest

from fieldapp.cli import logs


def test_a_typed_line_break_cannot_forge_a_line(capfd: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers[:]
    logs.configure(plain=False)
    try:
        logging.getLogger("fieldapp").warning("refused %s", 'x\n{"event": "forged"}')
    finally:
        logging.getLogger().handlers[:] = before
    (line,) = capfd.readouterr().err.splitlines()
    said = json.loads(line)
    assert (said["event"], said["level"], said["logger"]) == ('refused x\n{"event": "forged"}', "warning", "fieldapp")
