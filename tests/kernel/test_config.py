"""Configuration comes from the environment or from files, and unsafe ones are refused."""

from pathlib import Path

import pytest

from fieldapp import config

LONG = "a secret of more than thirty-two characters"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    for name in ("SECRET_KEY", "SECRET_KEY_FILE", "PORT", "HOST", "DATABASE_URL", "PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("secret", ["", "short", config.DEMO_SECRET])
def test_without_a_real_secret_nothing_starts_outside_the_demonstration(
        secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", secret)
    with pytest.raises(config.ConfigError, match="SECRET_KEY"):
        config.from_environment()


def test_a_secret_may_lie_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text(LONG + "\n", encoding="utf-8")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "secret"))
    assert config.from_environment().secret_key == LONG


def test_host_and_port_are_respected_and_make_the_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "127.0.0.2")
    monkeypatch.setenv("PORT", "8123")
    settings = config.from_environment(demonstration=True)
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.2", 8123, "http://127.0.0.2:8123")


def test_a_port_that_is_no_number_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eight")
    with pytest.raises(config.ConfigError, match="PORT"):
        config.from_environment(demonstration=True)
