"""Opens one untrusted PDF: run as a program of its own, within the limits of `fieldapp.confined`.

Reads on standard input the certificates trusted for seals, then those for time-stamps, each as PEM after its length as 4
bytes, big-endian; then the PDF. Writes one JSON object of what it found. Ends with 0, or with 1 for whatever cannot be read.
It imports nothing of the product, so that nothing of the product is within its reach.
"""

import io
import json
import logging
import sys
from hashlib import sha256
from typing import Any, BinaryIO


def found_in(pdf: bytes, seals: bytes, stamps: bytes) -> dict[str, Any]:
    """The last signature of a file: whether it holds, of what it is, how much of the file it covers."""
    from asn1crypto import x509  # noqa: PLC0415 - under the limits, not before them
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - likewise
    from cryptography.x509 import load_pem_x509_certificates  # noqa: PLC0415 - likewise
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - likewise
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 - likewise
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415 - likewise
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 - likewise

    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    signatures = reader.embedded_signatures
    claimed = _keywords(reader)
    if not signatures:
        return {"signatures": 0, "claimed": claimed}
    last = signatures[-1]

    def believing(pem: bytes) -> ValidationContext:
        roots = load_pem_x509_certificates(pem) if pem else []
        return ValidationContext(trust_roots=[x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in roots],
                                 allow_fetching=False)

    status = validate_pdf_signature(last, believing(seals), believing(stamps))
    stamp = status.timestamp_validity
    end = int(last.byte_range[2]) + int(last.byte_range[3])
    return {"signatures": len(signatures), "claimed": claimed, "intact": bool(status.intact), "holds": bool(status.valid),
            "trusted": bool(status.trusted), "bottom_line": bool(status.bottom_line),
            "covers_all": status.coverage is SignatureCoverageLevel.ENTIRE_FILE and end == len(pdf),
            "signed_part": sha256(pdf[:end]).hexdigest(), "certificate": sha256(last.signer_cert.dump()).hexdigest(),
            "at": last.self_reported_timestamp.isoformat() if last.self_reported_timestamp else "",
            "stamped": bool(stamp and stamp.intact and stamp.valid),
            "stamp_trusted": bool(stamp and stamp.intact and stamp.valid and stamp.trusted)}


def _keywords(reader: Any) -> str:
    """What the file says of itself: its keywords, of which the first is a number."""
    if "/Info" not in reader.trailer:
        return ""
    info = reader.trailer["/Info"]
    return str(info["/Keywords"])[:200] if "/Keywords" in info else ""


def main(source: BinaryIO, answer: BinaryIO) -> int:
    """Read standard input, answer on standard output; whatever goes wrong inside is one refusal."""
    seals, stamps = (source.read(int.from_bytes(source.read(4), "big")) for _ in range(2))
    try:
        found = found_in(source.read(), seals, stamps)
    except Exception:  # noqa: BLE001 - a hostile file raises anything at all; all of it means the same
        return 1
    answer.write(json.dumps(found).encode())
    return 0


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # what a hostile file makes libraries say is nobody's log
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer))
