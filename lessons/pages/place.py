"""Puts the files of a build into a folder that may hold other things, and takes away those of the
build before.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

LIST = "built-files.txt"  # in the folder: what the last build wrote there, one address a line


class SiteError(Exception):
    """Pages that cannot be built, or put where they should go. The message is a sentence."""


def check_target(folder: Path) -> None:
    """SiteError unless `folder` is a folder, or nothing yet."""
    if folder.is_symlink():
        raise SiteError(
            f"{folder} is a link to {folder.readlink()}: name that folder itself, or another one."
        )
    if folder.exists() and not folder.is_dir():
        raise SiteError(f"{folder} is a file, and the pages need a folder: name another one.")


@contextmanager
def built_beside(folder: Path) -> Iterator[Path]:
    """An empty folder beside `folder`, whose files go there in the end; if anything fails, nothing
    there changes.
    """
    check_target(folder)
    whole = folder.absolute()  # "." has neither name nor parent
    whole.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{whole.name}-", dir=whole.parent))
    try:
        yield beside
        put_in_place(beside, folder)
    finally:
        shutil.rmtree(beside)


def put_in_place(beside: Path, folder: Path) -> None:
    """Moves all files of `beside` to `folder`; SiteError if one would replace a file that no build
    wrote.
    """
    new, old = _files(beside), earlier(folder)
    for address in sorted(new):
        if not _is_inside(folder, address):
            raise SiteError(
                f"{folder / address} is outside {folder}, behind a link: name another folder."
            )
        if address not in old and (folder / address).exists():
            raise SiteError(
                f"{folder / address} was not written by an earlier build: "
                "move it, or name another folder."
            )
    _write_list(
        folder, new | old
    )  # first, so that a build that is cut short leaves nothing unlisted
    for address in sorted(new):
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        os.replace(beside / address, folder / address)
    for address in old - new:
        (folder / address).unlink(missing_ok=True)
    _write_list(folder, new)


def take_away(folder: Path) -> None:
    """Removes what the last build wrote, and then the folder if nothing else is in it."""
    addresses = earlier(folder)
    with built_beside(folder):
        pass  # a build of no files
    (folder / LIST).unlink()
    inward = {folder} | {(folder / address).parent for address in addresses}
    for inner in sorted(inward, key=lambda path: len(path.parts), reverse=True):
        if inner.is_dir() and not any(inner.iterdir()):
            inner.rmdir()


def earlier(folder: Path) -> set[str]:
    """The addresses that the last build wrote into the folder; SiteError if its list or the way
    there leads outside.
    """
    if not (folder / LIST).exists():
        return set()
    addresses = set((folder / LIST).read_text(encoding="utf-8").splitlines())
    for address in addresses:
        if not _is_inside(folder, address):
            raise SiteError(
                f"{folder / LIST} names {address}, which is outside {folder}: remove that line."
            )
    return addresses


def _is_inside(folder, address):
    path = PurePosixPath(address)
    inward = not path.is_absolute() and ".." not in path.parts
    return inward and (folder / path).parent.resolve().is_relative_to(folder.resolve())


def _files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _write_list(folder, addresses):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LIST).write_text(
        "".join(f"{address}\n" for address in sorted(addresses)), encoding="utf-8"
    )


if __name__ == "__main__":  # what `make clean` runs; needs nothing that is installed
    if (Path(sys.argv[1]) / LIST).exists():
        take_away(Path(sys.argv[1]))
