"""Phones in the same room: an authority of the demonstration's own, a secure context, a kit kept."""

import base64
import os
import re
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.client import HTTPSConnection
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from playwright.sync_api import BrowserType

from fieldapp import clock, config
from fieldapp.config import ConfigError
from fieldapp.demo import authority, nearby, people
from tests.chromium import CHROMIUM, FLAGS, PHONE
from tests.databases import SOON_ON_SQLITE, free_port

PATIENCE = 90


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    yield
    clock.set_source(None)


def test_the_authority_is_made_once_and_its_key_is_nobody_elses(tmp_path: Path) -> None:
    first = authority.papers(tmp_path / "tls", ["192.168.7.7", "localhost"])
    again = authority.papers(tmp_path / "tls", ["192.168.7.7", "localhost"])
    moved = authority.papers(tmp_path / "tls", ["192.168.7.8", "localhost"])
    assert first.fingerprint == again.fingerprint == moved.fingerprint
    assert (tmp_path / "tls" / "authority.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "tls" / "server.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "tls").stat().st_mode & 0o777 == 0o700
    assert _names(moved.chain) == {"192.168.7.8", "localhost"}


def test_the_servers_certificate_is_made_anew_when_addresses_change_or_it_runs_out(tmp_path: Path) -> None:
    def serial(*names: str) -> int:
        return x509.load_pem_x509_certificate(authority.papers(tmp_path, names).chain.read_bytes()).serial_number

    first = serial("10.0.0.5")
    assert serial("10.0.0.5") == first
    other = serial("10.0.0.5", "10.0.0.6")
    assert other != first
    later = clock.now() + timedelta(days=380)
    clock.set_source(lambda: later)
    assert serial("10.0.0.5", "10.0.0.6") != other


def test_the_authority_can_vouch_for_nobody_outside(tmp_path: Path) -> None:
    said = authority.papers(tmp_path, ["localhost"]).authority
    limits = said.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    assert {str(one.value) for one in limits.value.permitted_subtrees or ()} >= {"localhost", "192.168.0.0/16"}
    assert authority.speaks_for("192.168.1.4")
    assert not authority.speaks_for("8.8.8.8")
    assert not authority.speaks_for("example.com")
    with pytest.raises(ConfigError):
        nearby.names("example.com")


@SOON_ON_SQLITE
def test_a_phone_that_trusts_it_has_a_secure_context_and_keeps_a_kit(
        demonstration: config.Config, chromium_kind: BrowserType, tmp_path: Path) -> None:
    port = free_port()
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen(
            [Path(sys.executable).with_name("fieldapp"), "demo"], stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            env={**os.environ, "HTTPS": "1", "HOST": "127.0.0.1", "PORT": str(port), "DATA_DIR": str(tmp_path),
                 "DATABASE_URL": demonstration.database_url, "MEDIA_DIR": str(demonstration.media_dir), "PUBLIC_URL": "",
                 "PYTHONIOENCODING": "utf-8"})
        try:
            trusted = _trusted(demonstration.papers / "authority.crt", process, port)
            _check_page_of_trust(trusted, port, demonstration.papers / "authority.crt")
            printed = (tmp_path / "said").read_text(encoding="utf-8")
            assert "█" in printed
            assert f"https://127.0.0.1:{port}/trust" in printed
            user = re.search(r" inspector +(\S+) .* visits today", printed)
            assert user
            _keep_a_kit(chromium_kind, f"https://127.0.0.1:{port}", user.group(1), demonstration.papers / "authority.crt")
        finally:
            process.terminate()
            assert process.wait(timeout=PATIENCE) == 0
    assert "Traceback" not in (tmp_path / "said").read_text(encoding="utf-8")


def _trusted(file: Path, process: subprocess.Popen[bytes], port: int) -> ssl.SSLContext:
    """Wait until the server answers to somebody who trusts nothing but its authority."""
    pause = threading.Event()
    for _ in range(PATIENCE * 10):
        with suppress(OSError):
            context = ssl.create_default_context(cafile=str(file))
            connection = HTTPSConnection("127.0.0.1", port, context=context, timeout=20)
            connection.request("HEAD", "/trust")
            assert connection.getresponse().status == 200
            connection.close()
            return context
        assert process.poll() is None
        pause.wait(0.1)
    raise AssertionError("the server does not answer")


def _check_page_of_trust(trusted: ssl.SSLContext, port: int, file: Path) -> None:
    connection = HTTPSConnection("127.0.0.1", port, context=trusted, timeout=20)
    connection.request("GET", "/trust/authority.crt")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "application/x-x509-ca-cert"
    assert answer.getheader("Content-Security-Policy")
    assert answer.getheader("Strict-Transport-Security") is None
    known = x509.load_der_x509_certificate(answer.read())
    assert known == x509.load_pem_x509_certificate(file.read_bytes())


def _keep_a_kit(kind: BrowserType, url: str, user: str, file: Path) -> None:
    public = x509.load_pem_x509_certificate(file.read_bytes()).public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    digest = hashes.Hash(hashes.SHA256())
    digest.update(public)
    trust = f"--ignore-certificate-errors-spki-list={base64.b64encode(digest.finalize()).decode()}"
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    browser = kind.launch(executable_path=CHROMIUM, args=[*FLAGS, *sandbox, trust])
    page = browser.new_context(viewport=PHONE, locale="zh-CN").new_page()
    page.goto(f"{url}/trust")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.goto(f"{url}/sign-in")
    page.locator("[name=user_name]").fill(user)
    page.locator("[name=password]").fill(people.PASSWORD)
    page.locator("main form button").last.click()
    page.goto(f"{url}/field/")
    assert page.evaluate("window.isSecureContext")
    cookie = next(one for one in page.context.cookies() if "session" in one["name"])
    assert cookie["name"].startswith("__Host-")
    assert cookie["secure"]
    page.get_by_role("button", name="准备今天的检查").click()
    page.get_by_text("● 已存本机").first.wait_for(timeout=40_000)
    assert page.evaluate("navigator.serviceWorker.ready.then(one => one.scope)").endswith("/field/")
    browser.close()


def _names(chain: Path) -> set[str]:
    said = x509.load_pem_x509_certificate(chain.read_bytes()).extensions
    return {str(one.value) for one in said.get_extension_for_class(x509.SubjectAlternativeName).value}
