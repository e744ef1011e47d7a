"""The own signer: PAdES by pyHanko, invisible, as the last thing that is done to a file."""

import io
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from fieldapp.documents.sealing import OWN_SCHEME, keys
from fieldapp.jobs.outgoing import ask

FIELD = "department-seal"
SECONDS = 10
MOST_OF_A_STAMP = 64 * 1024


class PadesSigner:
    """Signs with the newest key of the folder, with an RFC 3161 time-stamp where a server for it is named."""

    scheme = OWN_SCHEME

    def __init__(self, timestamp_url: str = "") -> None:
        self._stamper = HttpTimeStamper(timestamp_url) if timestamp_url else None

    def seal(self, pdf: bytes, *, number: str) -> bytes:
        """The file with a signature over all of it; in a thread of its own, because pyHanko wants one without an event loop."""
        with ThreadPoolExecutor(1) as alone:
            return alone.submit(self._seal, pdf, number).result()

    def _seal(self, pdf: bytes, number: str) -> bytes:
        signer = _signer(keys.signing_file())
        meta = signers.PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES,
                                            reason=number)
        sealed = io.BytesIO()
        signers.sign_pdf(_Writer(io.BytesIO(pdf)), meta, signer=signer, timestamper=self._stamper,
                         output=sealed)
        return sealed.getvalue()


def _signer(pem: bytes) -> signers.SimpleSigner:
    secret = serialization.load_pem_private_key(pem, password=None).private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    chain = [asn1_x509.Certificate.load(one.public_bytes(serialization.Encoding.DER))
             for one in x509.load_pem_x509_certificates(pem)]
    return signers.SimpleSigner(chain[0], asn1_keys.PrivateKeyInfo.load(secret), SimpleCertificateStore.from_certs(chain))


class _Writer(IncrementalPdfFileWriter):
    """Adds to a file without lifting its version: PDF/A-2 is PDF 1.7, whatever curve the key has."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Ask for 1.7 where more is asked for."""
        super().ensure_output_version(min(version, (1, 7)))

    def _update_meta(self) -> None:
        """Leave the metadata as they were written: they say by which standards the file is made."""


class HttpTimeStamper(TimeStamper):
    """Asks one RFC 3161 server, with a time limit, a size limit and no redirects."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The server's answer; raises OSError when there is none."""
        asked = Request(self.url, req.dump(), {"Content-Type": "application/timestamp-query"})  # noqa: S310 - the operator's
        with ask(asked, patience=SECONDS) as answer:
            return tsp.TimeStampResp.load(answer.read(MOST_OF_A_STAMP))
