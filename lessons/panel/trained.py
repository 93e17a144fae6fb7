"""What was trained beforehand: measurements in a file beside their panel, which shows them until
the learner trains.

`python -m reproduce.trained_panels` makes the files.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

FILE = "trained.npz"
REMEDY = "Make it again: python -m reproduce.trained_panels"


class Trained:
    """The stored measurements of the panel that `explorer_file` makes, each under its set-up.

    A set-up names the controls that decide it. Called with the values of all controls, it returns
    what `show(record, values)` makes of the record that fits, or None if none does.
    """

    def __init__(
        self,
        explorer_file: str,
        record_type: type,
        show: Callable = lambda record, values: record,
    ):
        self.path = path_beside(explorer_file)
        self._type, self._show = record_type, show

    @cached_property
    def records(self) -> list[tuple[dict, object]]:
        """(set-up, record) pairs; none where nothing has been stored yet."""
        return load(self.path, self._type) if self.path.exists() else []

    def __call__(self, values: dict):
        for setup, record in self.records:
            if all(values.get(name) == value for name, value in setup.items()):
                return self._show(record, values)
        return None


def path_beside(explorer_file: str) -> Path:
    """Where the file of the panel lies that this module makes."""
    return Path(explorer_file).with_name(FILE)


def save(path: Path, records: Iterable[tuple[dict, object]]) -> None:
    """Writes (set-up, record) pairs. A record is a dataclass of arrays and of what JSON can hold;
    the same records make the same bytes.
    """
    plain, arrays = [], {}
    for number, (setup, record) in enumerate(records):
        assert is_dataclass(record)
        values = {field.name: getattr(record, field.name) for field in fields(record)}
        arrays |= {_place(number, name): each for name, each in values.items() if _is_array(each)}
        others = {name: value for name, value in values.items() if not _is_array(value)}
        plain.append({"setup": setup, "fields": others})
    np.savez_compressed(path, plain=np.array(json.dumps(plain, ensure_ascii=False)), **arrays)


def load(path: Path, record_type: type) -> list[tuple[dict, object]]:
    """What `save` wrote; arrays have their type and every bit. Raises ValueError if the records
    have other fields than `record_type`.
    """
    with np.load(path, allow_pickle=False) as file:
        arrays = dict(file)
    found = []
    for number, one in enumerate(json.loads(str(arrays["plain"]))):
        values = {name: _tuples(value) for name, value in one["fields"].items()}
        start = _place(number, "")
        values |= {
            name.removeprefix(start): array
            for name, array in arrays.items()
            if name.startswith(start)
        }
        if values.keys() != {field.name for field in fields(record_type)}:
            raise ValueError(f"{path} has other fields than {record_type.__name__}. {REMEDY}")
        setup = {name: _tuples(value) for name, value in one["setup"].items()}
        found.append((setup, record_type(**values)))
    return found


def _place(number, name):
    return f"{number}.{name}"


def _is_array(value):
    return isinstance(value, np.ndarray)


def _tuples(value):
    """JSON has one type of sequence, measurements have tuples."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
