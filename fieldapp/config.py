"""Configuration: one frozen value, read once from the environment."""

import os
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
DEMO_SECRET = "demonstration-only"  # noqa: S105 - refused outside the demonstration


class ConfigError(Exception):
    """The environment asks for something the product refuses to start with."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that an installation decides."""

    database_url: str
    media_dir: Path
    secret_key: str
    public_url: str
    trusted_hosts: tuple[str, ...]
    host: str
    port: int
    demonstration: bool
    workers: int
    seal_dir: Path | None = None
    ledger_key_dir: Path | None = None
    document_key_dir: Path | None = None
    timestamp_url: str = ""
    witnesses: str = ""
    beacon: str = ""
    media_day_mb: int = 4096
    media_visit_mb: int = 8192
    media_low_water_mb: int = 200
    trusted_proxies: int = 0
    https: bool = False

    @property
    def seals(self) -> Path:
        """Where the keys lie that open what phones sealed: beside the media unless said otherwise."""
        return self.seal_dir or self.media_dir.with_name("seals")

    @property
    def ledger_keys(self) -> Path:
        """Where the keys lie that sign the log: beside the media unless said otherwise."""
        return self.ledger_key_dir or self.media_dir.with_name("ledger-keys")

    @property
    def document_keys(self) -> Path:
        """Where the keys lie that seal documents: beside the media unless said otherwise."""
        return self.document_key_dir or self.media_dir.with_name("document-keys")

    @property
    def papers(self) -> Path:
        """Where the demonstration keeps its certificates: beside the media."""
        return self.media_dir.with_name("tls")


def setting(name: str, default: str = "") -> str:
    """A setting's value from `NAME`, or from the file that `NAME_FILE` points to."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def department_name() -> str:
    """The department in whose name everything is done, as its documents and results show it.

    One installation is one department: document numbers run per kind and year, and with this by department.
    """
    return setting("DEPARTMENT_NAME", "山东省科学技术厅（示例）")


def beacon() -> str:
    """Whence a draw may take a public beacon: nowhere (""), "manual" from an officer's hand, else a drand relay's address."""
    value = setting("BEACON").rstrip("/")
    if value not in {"", "manual"} and not value.startswith(("https://", "http://")):
        raise ConfigError(f"BEACON is empty, manual or the address of a drand relay, not {value!r}")
    return value


def from_environment(*, demonstration: bool = False) -> Config:
    """The configuration of this process; raises ConfigError rather than start unsafely."""
    data = Path(setting("DATA_DIR", str(HOME / "var"))).absolute()
    host, port = setting("HOST", "127.0.0.1"), _number("PORT", "8000")
    public_url = setting("PUBLIC_URL", f"http://{host}:{port}").rstrip("/")
    secret = setting("SECRET_KEY", DEMO_SECRET if demonstration else "")
    if not demonstration and len(secret) < 32:
        raise ConfigError("SECRET_KEY (or SECRET_KEY_FILE) must hold at least 32 characters outside the demonstration")
    https = setting("HTTPS") not in {"", "0"}
    if https and not demonstration:
        raise ConfigError("HTTPS is the demonstration's: in use TLS ends in a proxy in front, with TRUSTED_PROXIES=1")
    data.mkdir(parents=True, exist_ok=True)
    return Config(
        database_url=setting("DATABASE_URL", f"sqlite:///{data / 'fieldapp.db'}"),
        media_dir=Path(setting("MEDIA_DIR", str(data / "media"))),
        secret_key=secret,
        public_url=public_url,
        trusted_hosts=tuple(h for h in setting("TRUSTED_HOSTS").split(",") if h),
        host=host,
        port=port,
        demonstration=demonstration,
        workers=_number("THREADS", "8"),
        seal_dir=Path(setting("SEAL_DIR", str(data / "seals"))),
        ledger_key_dir=Path(setting("LEDGER_KEY_DIR", str(data / "ledger-keys"))),
        document_key_dir=Path(setting("DOCUMENT_KEY_DIR", str(data / "document-keys"))),
        timestamp_url=setting("TIMESTAMP_URL"),
        witnesses=setting("WITNESSES"),
        beacon=beacon(),
        media_day_mb=_number("MEDIA_DAY_MB", "4096"),
        media_visit_mb=_number("MEDIA_VISIT_MB", "8192"),
        media_low_water_mb=_number("MEDIA_LOW_WATER_MB", "200"),
        trusted_proxies=_number("TRUSTED_PROXIES", "0"),
        https=https,
    )


def _number(name: str, default: str) -> int:
    text = setting(name, default)
    if not text.isdecimal():
        raise ConfigError(f"{name} must be a whole number, not {text!r}")
    return int(text)
