"""The demonstration's own certificate authority: made once, kept beside the data, and the server's certificate under it.

It can speak only for this machine's names and for private addresses: whoever trusts it on a phone trusts it for no other site.
"""

import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from fieldapp import clock

NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")
DOMAINS = ("localhost", "local")
OURS = timedelta(days=3650)
# Phones take no certificate that is valid for longer than 825 days (since 2019-09-19); browsers have 398 for public ones.
SERVERS = timedelta(days=397)
RENEWED_BEFORE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Papers:
    """The authority's certificate, and the server's chain with its private key."""

    authority: x509.Certificate
    chain: Path
    key: Path

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the authority's certificate, as phones show it, for people to compare."""
        return self.authority.fingerprint(hashes.SHA256()).hex(" ").upper()


def papers(folder: Path, names: Collection[str]) -> Papers:
    """The authority and a server certificate for these names and addresses; made anew only where it has to be."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key, authority = _authority(folder)
    chain, server_key = folder / "server.crt", folder / "server.key"
    if not _still_serves(chain, server_key, authority, names):
        private = ec.generate_private_key(ec.SECP256R1())
        certificate = _server_certificate(private, names, key, authority)
        _write(server_key, _secret(private))
        _write(chain, _pem(certificate) + _pem(authority), mode=0o644)
    return Papers(authority, chain, server_key)


def speaks_for(name: str) -> bool:
    """Whether the authority may vouch for a name or an address: this machine's and private ones alone."""
    try:
        address = ip_address(name)
    except ValueError:
        return any(name == domain or name.endswith(f".{domain}") for domain in DOMAINS)
    return isinstance(address, IPv4Address) and any(address in ip_network(network) for network in NETWORKS)


def _authority(folder: Path) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key_file, file = folder / "authority.key", folder / "authority.crt"
    if key_file.exists() and file.exists():
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
        known = x509.load_pem_x509_certificate(file.read_bytes())
        if isinstance(key, ec.EllipticCurvePrivateKey) and known.not_valid_after_utc - clock.now() > SERVERS:
            return key, known
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _authority_certificate(key)
    _write(key_file, _secret(key))
    _write(file, _pem(certificate), mode=0o644)
    return key, certificate


def _authority_certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"fieldapp demonstration {clock.today()}")])
    permitted = [x509.IPAddress(ip_network(network)) for network in NETWORKS] + [x509.DNSName(one) for one in DOMAINS]
    usage = x509.KeyUsage(False, False, False, False, False, True, False, False, False)  # signs certificates, nothing else
    return (_begun(name, name, key, OURS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.NameConstraints(permitted, None), critical=True)
            .sign(key, hashes.SHA256()))


def _server_certificate(private: ec.EllipticCurvePrivateKey, names: Collection[str], key: ec.EllipticCurvePrivateKey,
                        authority: x509.Certificate) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "fieldapp")])
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())  # type: ignore[arg-type]
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    return (_begun(name, authority.subject, private, SERVERS)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectAlternativeName([_general(one) for one in sorted(names)]), critical=False)
            .add_extension(issuer, critical=False)
            .sign(key, hashes.SHA256()))


def _begun(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, lasting: timedelta) -> x509.CertificateBuilder:
    since: datetime = clock.now() - timedelta(days=1)  # phones' clocks are wrong by hours
    return (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(since + lasting)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False))


def _still_serves(chain: Path, key: Path, authority: x509.Certificate, names: Collection[str]) -> bool:
    if not chain.exists() or not key.exists():
        return False
    known = x509.load_pem_x509_certificate(chain.read_bytes())
    said = known.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    spoken = {str(one.value) for one in said}
    try:
        known.verify_directly_issued_by(authority)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is made anew
        return False
    return spoken == set(names) and known.not_valid_after_utc - clock.now() > RENEWED_BEFORE


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _secret(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write(file: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Replace a file whole, readable for nobody before it has its mode."""
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    fresh.replace(file)
