"""A time-stamp server that is named stamps each seal; one that is silent lets no file come about."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import pem, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from fieldapp.documents import sealing
from fieldapp.documents.sealing import keys
from tests.documents.test_file import rendered
from tests.documents.test_seal import found


def authority() -> DummyTimeStamper:
    """A time-stamping authority with a certificate of its own."""
    private = rsa.generate_private_key(65537, 2048)
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "示例时间戳")]), datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, private.public_key(), 7, now - timedelta(days=1), now + timedelta(days=9))
    made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    der = serialization.Encoding.DER
    secret = private.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    certificate = asn1_x509.Certificate.load(made.sign(private, hashes.SHA256()).public_bytes(der))
    return DummyTimeStamper(certificate, asn1_keys.PrivateKeyInfo.load(secret))


@contextmanager
def server(stamper: DummyTimeStamper | None) -> Iterator[str]:
    """The address of a loopback server that stamps, or sends everybody elsewhere."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200 if stamper else 302)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.end_headers()
            if stamper:
                self.wfile.write(asyncio.run(stamper.async_request_tsa_response(asked)).dump())

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_port}/"
        finally:
            listening.shutdown()
            thread.join()


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path) -> Iterator[None]:
    keys.configure(tmp_path / "keys", "某省科学技术厅（示例）")
    yield
    sealing.configure()


def test_a_named_server_stamps_the_seal(tmp_path: Path) -> None:
    stamper = authority()
    (tmp_path / "keys" / "authority.crt").write_bytes(pem.armor("CERTIFICATE", stamper.tsa_cert.dump()))
    with server(stamper) as address:
        sealing.configure(address)
        pdf = sealing.seal(rendered([]), number="1号")[0]
    stamped = found(pdf)
    assert stamped is not None
    assert (stamped["stamp_trusted"], stamped["bottom_line"], stamped["covers_all"]) == (True, True, True)
    (tmp_path / "keys" / "authority.crt").unlink()
    unknown = found(pdf)
    assert unknown is not None
    assert (unknown["stamped"], unknown["stamp_trusted"], unknown["bottom_line"]) == (
        True, False, False), "a stamp of an authority that is not believed"
    sealing.configure()
    plain = found(sealing.seal(rendered([]), number="1号")[0])
    assert plain is not None
    assert (plain["stamped"], plain["stamp_trusted"], plain["bottom_line"]) == (False, False, True)


def test_a_server_that_does_not_stamp_lets_no_file_come_about() -> None:
    with server(None) as address:
        sealing.configure(address)
        with pytest.raises(Exception, match=r"302|redirect|Found"):
            sealing.seal(rendered([]), number="1号")
