"""The top level is the customer's; third-party code and the addresses of registries stay outside."""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from tests.house.files import ROOT, files, lay

TOP_LEVEL = {
    "fieldapp", "templates", "static", "migrations", "tests", "docs", "pyproject.toml", "README.md",
    ".ci", ".gitignore", "Makefile", "LICENSE", "requirements.lock", "requirements-dev.lock", "package.json",
    "package-lock.json",
}
REGISTRIES = [".".join(host) for host in (
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"),
    ("debian", "org"), ("unpkg", "com"), ("jsdelivr", "net"), ("googleapis", "com"), ("cdnjs", "com"),
)]
THEIR_FOLDERS = {"node_modules", "vendor", ".venv", "site-packages"}
THEIR_ENDINGS = (".min.js", ".min.css", ".map", ".whl", ".so", ".woff", ".woff2", ".ttf", ".otf", ".mo")


def strangers(paths: Iterable[str]) -> Iterator[str]:
    """Names at the top that nobody ordered."""
    yield from sorted({PurePosixPath(path).parts[0] for path in paths} - TOP_LEVEL)


def third_party(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if THEIR_FOLDERS & set(PurePosixPath(path).parts) or path.endswith((*THEIR_ENDINGS, "uv.lock")):
            yield path


def registry_addresses(root: Path) -> Iterator[str]:
    for file in files(root):
        content = file.read_bytes().lower()
        for host in REGISTRIES:
            if host.encode() in content:
                yield f"{file.relative_to(root)} names {host}"


def lock_addresses(root: Path) -> Iterator[str]:
    for lock in ("requirements.lock", "requirements-dev.lock", "package-lock.json"):
        for number, line in enumerate((root / lock).read_text(encoding="utf-8").splitlines(), 1):
            if "://" in line or '"resolved"' in line or "file:" in line:
                yield f"{lock}:{number} {line.strip()}"


def test_the_top_level_holds_what_was_ordered() -> None:
    assert list(strangers(_tracked())) == []


def test_third_party_code_is_installed_and_not_committed() -> None:
    assert list(third_party(_tracked())) == []


def test_no_file_names_a_registry() -> None:
    assert list(registry_addresses(ROOT)) == []


def test_the_locks_carry_hashes_and_no_addresses() -> None:
    assert list(lock_addresses(ROOT)) == []
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert 0 < text.count("==") <= text.count("--hash=sha256:")


def test_a_stranger_and_a_committed_library_are_caught() -> None:
    paths = ["fieldapp/app.py", "scripts/run.sh", "static/vendor/htmx.js", "static/js/field/kit.js", "static/x.min.js"]
    assert list(strangers(paths)) == ["scripts"]
    assert list(third_party(paths)) == ["static/vendor/htmx.js", "static/x.min.js"]


def test_an_address_is_caught(tmp_path: Path) -> None:
    lay(tmp_path, **{
        "docs/operators.md": f"pip install -i https://{REGISTRIES[0]}/simple fieldapp",
        "requirements.lock": "flask==3.1.3",
        "requirements-dev.lock": "fieldapp @ file:///somewhere",
        "package-lock.json": '{\n"resolved": "somewhere"}',
    })
    assert list(registry_addresses(tmp_path)) == [f"docs/operators.md names {REGISTRIES[0]}"]
    assert len(list(lock_addresses(tmp_path))) == 2


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.rstrip("\0").split("\0")
