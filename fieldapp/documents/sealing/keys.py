"""The keys of the seal: files outside the database, `*.pem` with key and certificate. The newest signs, all verify.

Where there is none, one is made with a certificate of its own (自签): good for the demonstration and for a beginning.
"""

import os
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from fieldapp import clock, ids

YEARS = 10
_folder: Path | None = None


def configure(folder: Path, department: str) -> None:
    """Say where the keys are; the first is made where there is none."""
    global _folder  # noqa: PLW0603 - one set of keys for the process
    _folder = folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not _files():
        make_key(department)


def make_key(department: str) -> Path:
    """Make a key (P-256) with a self-signed certificate in the department's name; it signs from now on."""
    private = ec.generate_private_key(ec.SECP256R1())
    secret = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    certificate = _certificate(private, department).public_bytes(serialization.Encoding.PEM)
    file = _place() / f"{ids.uuid7().hex}.pem"  # in the order of time
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        written.write(secret + certificate)
        written.flush()
        os.fsync(written.fileno())
    return file


def signing_file() -> bytes:
    """The newest key with its certificate, as PEM."""
    return _files()[-1].read_bytes()


def certificates() -> list[x509.Certificate]:
    """The certificates of all keys that ever signed, the oldest first; of a chain the first is the key's own."""
    return [x509.load_pem_x509_certificates(file.read_bytes())[0] for file in _files()]


def stampers() -> list[x509.Certificate]:
    """The certificates of the time-stamping authorities that are believed: `*.crt` beside the keys, for stamps alone."""
    return [one for file in sorted(_place().glob("*.crt")) for one in x509.load_pem_x509_certificates(file.read_bytes())]


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of a certificate in hexadecimal digits, as people compare it."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def _certificate(private: ec.EllipticCurvePrivateKey, department: str) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
                      x509.NameAttribute(NameOID.ORGANIZATION_NAME, department[:64]),
                      x509.NameAttribute(NameOID.COMMON_NAME, f"{department[:50]} 文书印章")])
    begin = clock.now() - timedelta(days=1)
    usage = x509.KeyUsage(digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
                          key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False)
    made = x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=private.public_key(),
                                   serial_number=x509.random_serial_number(), not_valid_before=begin,
                                   not_valid_after=begin + timedelta(days=365 * YEARS))
    plain = x509.BasicConstraints(ca=False, path_length=None)
    made = made.add_extension(usage, critical=True).add_extension(plain, critical=True)
    return made.sign(private, hashes.SHA256())


def _files() -> list[Path]:
    return sorted(_place().glob("*.pem"))


def _place() -> Path:
    if _folder is None:
        raise RuntimeError("the keys of the seal are not configured")
    return _folder
