"""How much a page weighs: a phone loads it."""

from pathlib import Path

MOST_BYTES = 6_000_000


def page_bytes(file: Path) -> int:
    """Bytes of a page and of everything beside it that it shows: pictures, styles, script."""
    text = file.read_text(encoding="utf-8")
    others = (part for part in file.parent.rglob("*") if part.is_file() and part.suffix != ".html")
    return sum(part.stat().st_size for part in (file, *others) if part == file or part.name in text)
