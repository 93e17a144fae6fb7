"""A build changes its own files and nothing else, and only when all of it is there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from lessons.pages.build import build
from lessons.pages.place import LIST, SiteError, built_beside

ROOT = Path(__file__).parents[2]
FAILS = "from lessons.teaching.predict import predict\npredict('one option?', ['yes'], 'yes', '')"


def lesson(path, text="Text.", code="x = 1"):
    """A notebook that becomes a page."""
    cells = [new_markdown_cell(f"# {path.stem}\n\n**Question?**\n\n{text}"), new_code_cell(code)]
    write(new_notebook(cells=cells), path)
    return path


def put(folder, **files):
    """A build that consists of these files."""
    with built_beside(folder) as beside:
        for name, text in files.items():
            file = beside / name.replace("__", "/")
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)


def held(folder):
    """All files of a folder but the list, with what is in them."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != LIST]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


@pytest.fixture
def folder(tmp_path):
    """A folder that holds other things, as one that is published does."""
    folder = tmp_path / "published"
    (folder / ".git").mkdir(parents=True)
    (folder / "pictures").mkdir()
    for name in (".git/HEAD", "CNAME", "pictures/mine.webp"):
        (folder / name).write_text("precious")
    return folder


def test_what_else_is_in_the_folder_stays(folder):
    before = held(folder)
    put(folder, index="first", old="page", pictures__a="a", pictures__b="b")
    assert held(folder) == before | {
        "index": "first",
        "old": "page",
        "pictures/a": "a",
        "pictures/b": "b",
    }
    put(folder, index="second", new="page", pictures__b="b")
    assert held(folder) == before | {"index": "second", "new": "page", "pictures/b": "b"}
    put(folder)
    assert held(folder) == before
    assert os.listdir(folder.parent) == ["published"]  # and nothing beside it


def test_clean_takes_away_what_was_built_and_nothing_else(folder, tmp_path):
    before, new = held(folder), tmp_path / "new"
    for each in (folder, new):
        put(each, index="first", pictures__a="a")
        command = [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.append({str(ROOT)!r}); "
            f"sys.argv.append({str(each)!r}); "
            "import runpy; runpy.run_module('lessons.pages.place', run_name='__main__')",
        ]
        assert all(
            subprocess.run(command).returncode == 0 for _ in range(2)
        )  # the second finds nothing to do
    assert held(folder) == before and not (folder / LIST).exists() and not new.exists()


def test_a_file_that_no_build_wrote_is_not_replaced(folder):
    before = held(folder)
    with pytest.raises(
        SiteError,
        match="CNAME was not written by an earlier build: move it, or name another folder.",
    ):
        put(folder, CNAME="mine", index="first")
    assert held(folder) == before


def test_a_build_that_fails_or_is_interrupted_changes_nothing(folder):
    put(folder, index="first")
    before = held(folder)
    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error), built_beside(folder) as beside:
            (beside / "index").write_text("half")
            raise error
    assert held(folder) == before and os.listdir(folder.parent) == ["published"]


def test_a_build_that_is_cut_short_while_it_moves_leaves_nothing_unlisted(folder, monkeypatch):
    before, moved = held(folder), []

    def replace(source, target):
        if moved:
            raise KeyboardInterrupt
        moved.append(os.rename(source, target))

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("lessons.pages.place.os.replace", replace)
        put(folder, a="1", b="2")
    assert held(folder) == before | {"a": "1"}
    put(folder, c="3")
    assert held(folder) == before | {"c": "3"}


@pytest.mark.parametrize("address", ["../outside", "/outside", "away/outside"])
def test_a_list_that_leads_outside_removes_nothing(folder, tmp_path, address):
    (tmp_path / "outside").write_text("precious")
    (folder / "away").symlink_to(tmp_path)
    (folder / LIST).write_text(f"{address}\n")
    with pytest.raises(SiteError, match="outside"):
        put(folder, index="first")
    assert (tmp_path / "outside").exists()


def test_nothing_is_written_through_a_link_that_leads_outside(folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (folder / "assets").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SiteError, match="behind a link: name another folder."):
        put(folder, assets__a="a")
    assert not any((tmp_path / "elsewhere").iterdir())


def test_a_link_and_a_file_are_refused_in_a_sentence(folder, tmp_path):
    link, file = tmp_path / "link", tmp_path / "file"
    link.symlink_to(folder)
    file.write_text("precious")
    before = held(folder)
    with pytest.raises(
        SiteError, match=f"link is a link to {folder}: name that folder itself, or another one."
    ):
        build([], link)
    with pytest.raises(
        SiteError, match="file is a file, and the pages need a folder: name another one."
    ):
        build([], file)
    assert link.is_symlink() and held(folder) == before and file.read_text() == "precious"


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.slow
def test_a_lesson_that_fails_names_itself_and_leaves_the_earlier_pages(folder, tmp_path, processes):
    notebooks = [lesson(tmp_path / "1_good.ipynb"), lesson(tmp_path / "2_bad.ipynb")]
    assert build(notebooks, folder) == [
        folder / name for name in ("index.html", "glossary.html", "1_good.html", "2_bad.html")
    ]
    before = held(folder)
    lesson(notebooks[0], text="Another text.")
    lesson(notebooks[1], code=FAILS)
    with pytest.raises(
        SiteError,
        match="^2_bad.ipynb cannot become a page .LearnerError: options must be between 2 and 26",
    ):
        build(notebooks, folder, processes)
    assert held(folder) == before
    lesson(notebooks[1])
    build(notebooks, folder)
    assert "Another text." in held(folder)["1_good.html"] and set(held(folder)) == set(before)


@pytest.mark.slow
def test_the_command_ends_with_the_sentence(tmp_path):
    (tmp_path / "site").write_text("a file")
    command = [
        sys.executable,
        "-m",
        "lessons.pages",
        str(tmp_path / "site"),
        str(lesson(tmp_path / "1.ipynb")),
    ]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 1
    assert (
        ended.stderr
        == f"{tmp_path / 'site'} is a file, and the pages need a folder: name another one.\n"
    )
