"""Walking the project's own files, and laying small broken trees to show that a check sees."""

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "node_modules", "vendor", "var", "__pycache__"}


def files(root: Path, *suffixes: str, under: str = "") -> Iterator[Path]:
    """Our own files with these suffixes (all of them without any), in the order of their names."""
    for folder, names, here in os.walk(root / under):
        names[:] = sorted(name for name in names if name not in NOT_OURS and not name.endswith("_cache"))
        for name in sorted(here):
            if not suffixes or Path(name).suffix in suffixes:
                yield Path(folder, name)


def lay(root: Path, **contents: str) -> None:
    """Write files: `lay(root, **{"fieldapp/draw/rules.py": "…"})`."""
    for path, content in contents.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
