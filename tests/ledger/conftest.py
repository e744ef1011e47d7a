"""Keys for whoever signs."""

from pathlib import Path

import pytest

from fieldapp.ledger import keys


@pytest.fixture
def named_keys(tmp_path: Path) -> None:
    """Keys of the test's own."""
    keys.configure(tmp_path / "ledger-keys", "fieldapp.example/ledger")
