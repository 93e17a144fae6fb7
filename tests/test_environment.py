"""pyproject.toml, constraints.txt and environment.yml describe one environment, on any machine."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYTHONS = ["3.11", "3.12", "3.13"]
CONDA_NAMES = {"matplotlib-base": "matplotlib"}  # the full conda package brings a desktop toolkit

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUNTIME = [Requirement(line) for line in PROJECT["dependencies"]]
EXTRAS = PROJECT["optional-dependencies"]
ITSELF = f"{PROJECT['name']}[site]"  # tests build pages too
TEST = [Requirement(line) for line in [*EXTRAS["site"], *EXTRAS["test"]] if line != ITSELF]
PINS = [Requirement(line) for line in (ROOT / "constraints.txt").read_text().splitlines()]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]

# Written in halves, for this file is searched too.
REGISTRY = re.compile(r"\b(py" r"pi|python" r"hosted|ana" r"conda|npm" r"js)\.(org|com)\b")
MACHINE_PATH = re.compile(r"(?<![\w.])/(work|root|home)/")


def conda_requirement(spec):
    """Name and bounds of a conda spec; the few forms used here read the same in both languages."""
    try:
        from rattler import MatchSpec
    except ImportError:
        requirement = Requirement(spec)
        return requirement.name, requirement.specifier
    match = MatchSpec(spec)
    return match.name.normalized, SpecifierSet(match.version or "")


def from_conda():
    specs = [conda_requirement(entry) for entry in ENVIRONMENT if isinstance(entry, str)]
    return {CONDA_NAMES.get(name, name): bounds for name, bounds in specs}


def from_pip():
    [block] = [entry["pip"] for entry in ENVIRONMENT if isinstance(entry, dict)]
    return block


def tracked_files():
    """Every file that is or could be committed."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def pinned_version(name, python):
    here = {"python_version": python, "python_full_version": f"{python}.0"}
    pins = [pin for pin in PINS if canonicalize_name(pin.name) == canonicalize_name(name)]
    [pin] = [pin for pin in pins if pin.marker is None or pin.marker.evaluate(here)]
    return next(iter(pin.specifier)).version


def test_each_constraint_is_a_plain_pin():
    for pin in PINS:
        assert re.fullmatch(r"==[\w.]+", str(pin.specifier)), pin
        assert pin.url is None and not pin.extras, pin


@pytest.mark.parametrize("python", PYTHONS)
def test_each_dependency_has_one_pin_within_its_bounds(python):
    for requirement in RUNTIME + TEST:
        version = pinned_version(requirement.name, python)
        assert requirement.specifier.contains(version), f"{requirement} is pinned at {version}"


def test_environment_asks_for_what_the_package_asks_for():
    asked = from_conda() | {r.name: r.specifier for r in map(Requirement, from_pip()[:-1])}
    asked = {name: bounds for name, bounds in asked.items() if name not in ("python", "pip")}
    assert asked == {r.name: r.specifier for r in RUNTIME}


def test_environment_takes_jax_and_the_package_itself_from_pip():
    *names, itself = from_pip()
    assert {Requirement(name).name for name in names} == {"jax", "jaxlib", "optax"}
    assert itself == "-e ."


def test_environment_offers_exactly_the_pythons_that_are_pinned():
    supported = SpecifierSet(PROJECT["requires-python"])
    assert all(supported.contains(python) for python in PYTHONS)
    offered = [f"3.{minor}" for minor in range(30) if from_conda()["python"].contains(f"3.{minor}")]
    assert offered == PYTHONS


def test_no_lock_file():
    assert not [path for path in tracked_files() if path.name == "uv.lock"]


@pytest.mark.slow
def test_no_file_names_a_package_registry_or_a_path_of_one_machine():
    for path in tracked_files():
        text = path.read_text(encoding="utf-8", errors="ignore")
        found = REGISTRY.search(text) or MACHINE_PATH.search(text)
        assert not found, f"{path.relative_to(ROOT)} names {found.group()}"


def test_the_tests_have_what_the_pages_need_and_nothing_is_named_twice():
    assert ITSELF in EXTRAS["test"]
    names = [canonicalize_name(requirement.name) for requirement in [*RUNTIME, *TEST]]
    assert len(names) == len(set(names))
