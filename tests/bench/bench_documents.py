"""How long a document takes: rendered warm and sealed, each kind of layout; run as `python -m tests.bench.bench_documents`.

Budgets of the issue: rendered 60 ms, sealed 120 ms, on two cores; the median of many, the first of each apart.
"""

import os
import platform
import statistics
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from fieldapp.documents import rendering, rules, sealing
from fieldapp.documents.qr import qr_image
from fieldapp.documents.rules import DocumentKind
from fieldapp.documents.sealing import keys
from tests.documents.test_forms import full_form
from tests.documents.test_rules import facts

DAY, MOMENT = date(2026, 12, 2), datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
TIMES, RENDERED, SEALED = 30, 60, 120
HASH = "0123456789abcdef" * 4


def measure(kind: DocumentKind, content: dict[str, object]) -> tuple[list[float], list[float], list[float], int]:
    """Milliseconds of each rendering, of each with its seal, processor time of the latter; the bytes of the file."""
    template, code, size = rules.template_on(kind, DAY), qr_image("http://localhost/documents/x"), 0
    rendered: list[float] = []
    whole: list[float] = []
    worked: list[float] = []
    for turn in range(TIMES + 1):
        page = rules.layout(kind, rules.number_text(kind, 2026, turn + 1), content, HASH, template, rules.NO_HEAD)
        began, at_work = time.perf_counter(), time.process_time()
        pdf = rendering.render(rules.without_missing(page.page, set()), {"qr.svg": code, **page.drawings},
                               template=template.file, beside=template.beside, at=MOMENT)
        between = time.perf_counter()
        size = len(sealing.seal(pdf, number=str(turn))[0])
        rendered.append((between - began) * 1000)
        whole.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - at_work) * 1000)
    return rendered, whole, worked, size


def median(times: list[float]) -> float:
    """The median without the first."""
    return statistics.median(times[1:])


def main() -> None:
    """Print the figures."""
    print(f"{platform.node()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        keys.configure(Path(folder), "某省科学技术厅（示例）")
        sealing.configure()
        notice = rules.notice_content(facts(), rules.notice_text_on(DAY), DAY)
        for kind, content in ((DocumentKind.NOTICE, notice), (DocumentKind.RECORD, full_form()),
                              (DocumentKind.INTERVIEW, full_form())):
            rendered, whole, worked, size = measure(kind, content)
            print(f"{kind.value:12} {size:8,} B   first {whole[0]:5.0f} ms   "
                  f"warm: rendered {median(rendered):5.1f} ms (≤ {RENDERED})"
                  f"   and sealed {median(whole):5.1f} ms (≤ {SEALED}), of these {median(worked):5.1f} ms of processor")


if __name__ == "__main__":
    main()
