"""Whatever an answer does, every check of every lesson ends with a verdict in a sentence, and this
process lives.
"""

import _thread
import asyncio
import importlib
import inspect
import itertools
import pkgutil
import sys
import threading
import warnings

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import lessons
from lessons.teaching import guard
from lessons.teaching.exercise import LONGEST_VERDICT, STUB, Verdict, check

PACKAGES = [module.name for module in pkgutil.walk_packages(lessons.__path__, "lessons.")]
MODULES = [importlib.import_module(name) for name in PACKAGES if name.endswith(".exercises")]
CHECKS = {
    name: thing
    for module in MODULES
    for name, thing in vars(module).items()
    if name.startswith("check_") and hasattr(thing, "__wrapped__")  # by @check
}
TAKES_FUNCTION = [
    "check_residual",
    "check_zero_gradient",
    "check_projection_block",
    "check_norm_keeping",
    "check_scale",
    "check_mean_length",
    "check_correlation",
    "check_errors_alone",
]
each_check = pytest.mark.parametrize("name", CHECKS)
each_of_a_function = pytest.mark.parametrize("name", TAKES_FUNCTION)


class Unprintable(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__


class Hostile:
    """Raises at whatever is asked of it."""

    def __raise(self, *_):
        raise ZeroDivisionError("hostile")

    __eq__ = __ne__ = __lt__ = __bool__ = __len__ = __iter__ = __getitem__ = __call__ = __raise
    __float__ = __index__ = __array__ = __add__ = __mul__ = __repr__ = __str__ = __hash__ = __raise


def helper(*_):
    raise NotImplementedError


def raises(error):
    def answer(*_):
        raise error

    return answer


def without_end(*arguments):
    return without_end(*arguments)


def generator(*_):
    yield 1.0


async def coroutine(*_):
    return 1.0


async def asynchronous_generator(*_):
    yield 1.0


def writes(*arguments):
    for argument in arguments:
        argument[...] = 7.0


def writes_and_returns_what_it_wrote(*arguments):
    arrays = [
        np.array(argument) for argument in arguments if isinstance(argument, np.ndarray | jax.Array)
    ]
    for array in arrays:
        array *= 0
    return arrays[0] if arrays else 0 * arguments[0]


def prints(*_):
    for line in range(10**4):
        print(line)
    raise ValueError("printed")


def warns(*_):
    warnings.warn("deprecated", DeprecationWarning, stacklevel=2)
    return 1e-3


def leaked(*_):
    kept = []
    jax.jit(lambda x: kept.append(x) or x)(1.0)
    return kept[0]


def no_derivative(x, *_):
    return jnp.linalg.eig(jnp.ones((3, 3)) * jnp.sum(jnp.asarray(x)))[0].real


def group(kind, *errors):
    return raises(kind("several", errors))


ANSWERS = {
    "helper not written": lambda *arguments: helper(*arguments),
    "no derivative": no_derivative,
    "exit": lambda *_: exit(),
    "sys.exit": lambda *_: sys.exit("bye"),
    "interrupt": raises(KeyboardInterrupt()),
    "generator exit": raises(GeneratorExit()),
    "stop iteration": raises(StopIteration()),
    "cancelled": raises(asyncio.CancelledError()),
    "memory": raises(MemoryError()),
    "many lines": raises(ValueError("line\n" * 100)),
    "long line": raises(ValueError("x" * 10**6)),
    "unprintable": raises(Unprintable()),
    "group": group(ExceptionGroup, ValueError("one"), TypeError("two")),
    "group of exits": group(BaseExceptionGroup, SystemExit(1), KeyboardInterrupt()),
    "recursion": without_end,
    "generator": generator,
    "coroutine": coroutine,
    "asynchronous generator": asynchronous_generator,
    "writes": writes,
    "writes a copy": writes_and_returns_what_it_wrote,
    "prints": prints,
    "warns": warns,
    "leaked": leaked,
    **{
        f"gives {type(value).__name__} {number}": lambda *_, value=value: value
        for number, value in enumerate(
            [
                Hostile(),
                Hostile,
                np.nan,
                -np.inf,
                1e300,
                1e-300,
                10**400,
                np.full(9, np.nan),
                np.full(3, -1e300),
                "text",
                b"bytes",
                {},
                {1.0},
                (),
                [[], []],
                [[1.0], [1.0, 2.0]],
                1j,
                True,
                NotImplemented,
                Verdict(True, "right."),
                object(),
                range(10**12),
                itertools.count(),
                np.broadcast_to(1.0, (10**6, 10**6)),
                np.zeros((2,) * 12),
                np.zeros((0, 3)),
                np.zeros((3, 0)),
                np.ma.masked_all(3),
                np.array([None, {}]),
                np.array("2020-01-01", "datetime64[D]"),
                jnp.zeros(3, jnp.bfloat16),
                jax.random.key(0),
                jax.ShapeDtypeStruct((3,), jnp.float32),
                threading.Lock(),
                ["9" * 10**5],
            ]
        )
    },
}


def forms(answer):
    """The answer, what it gives, each as it is and in the containers that some checks ask for."""
    yield from (
        answer,
        [answer] * 4,
        lambda *_: answer,
        {"depth": answer},
        [answer] * 2,
        [answer] * 3,
    )
    if "value" in (inspect.signature(answer).parameters if inspect.isfunction(answer) else ()):
        value = answer()
        yield from (
            value,
            [value] * 4,
            {"depth": value},
            [value] * 2,
            [value] * 3,
            [(0, value)],
            [value] * 6,
        )


@each_check
@pytest.mark.slow
def test_every_answer_gets_a_verdict_in_a_sentence(name, capsys):
    arguments = len(inspect.signature(CHECKS[name]).parameters)
    for kind, form in ((each, form) for each in ANSWERS for form in forms(ANSWERS[each])):
        verdict = CHECKS[name](*[form] * arguments)
        assert isinstance(verdict, Verdict), kind
        said = repr(verdict)
        assert (
            "\n" not in said
            and len(said) <= LONGEST_VERDICT + 20
            and said.endswith((".", "?", "…"))
        ), kind
        assert "fault of the check" not in said, (kind, said)
        assert not verdict.passed and STUB not in said, (kind, said)
        assert len(capsys.readouterr().out) < guard.MOST_PRINTED + 100, kind


@each_of_a_function
@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (
            "helper not written",
            "NotImplementedError: no message. In line {}: `raise NotImplementedError`.",
        ),
        ("exit", 'SystemExit: it called exit(). In line {}: `"exit": lambda'),
        ("interrupt", "KeyboardInterrupt: no message. In line {}: `raise error`."),
        ("unprintable", "Unprintable: its message cannot be shown. In line {}: `raise error`."),
        (
            "group",
            "ExceptionGroup: several (2 sub-exceptions), "
            "the first of them ValueError: one. In line {}: ",
        ),
        ("recursion", "RecursionError: maximum recursion depth exceeded"),
        (
            "generator",
            "your function gives a generator and no numbers: use `return`, and no `yield`.",
        ),
    ],
)
def test_what_an_answer_does_is_named_with_its_line(name, kind, sentence):
    line = {"helper not written": helper, "exit": ANSWERS["exit"]}.get(
        kind, ANSWERS["interrupt"]
    ).__code__
    before, after = sentence.split("{}") if "{}" in sentence else (sentence, "")
    said = repr(CHECKS[name](ANSWERS[kind]))
    assert before in said and after in said
    if after:
        shown = int(said.split(before)[1].split(":")[0])
        assert (
            line.co_firstlineno <= shown <= max(number for *_, number in line.co_lines() if number)
        )


def dots(*_): ...


def passes(*_):
    pass


def unwritten(*_):
    raise NotImplementedError


def unwritten_with_words(*_):
    raise NotImplementedError("here goes the formula")


def nearly(*arguments):
    list(arguments)
    raise NotImplementedError


@each_of_a_function
@pytest.mark.parametrize(
    "stub", [dots, passes, unwritten, lambda *_: ..., jax.jit(unwritten), None, ...]
)
def test_the_untouched_stub_is_nothing_to_check(name, stub):
    assert repr(CHECKS[name](stub)) == f"Not yet: {STUB}"


@each_of_a_function
@pytest.mark.parametrize("answer", [nearly, unwritten_with_words, lambda *_: helper()])
def test_what_only_raises_not_implemented_in_the_end_is_no_stub(name, answer):
    said = repr(CHECKS[name](answer))
    assert "raised NotImplementedError: " in said and " In line " in said and STUB not in said


def test_a_function_that_is_not_written_inside_a_written_one_is_no_stub():
    for inner in (dots, passes, unwritten):
        assert STUB not in repr(CHECKS["check_residual"](lambda F, inner=inner: inner))
        assert STUB not in repr(CHECKS["check_fragile"]([inner] * 4))


def test_a_check_that_is_at_fault_says_so_itself():
    def faulty(answer):
        return [][0]

    faulty.__code__ = faulty.__code__.replace(co_filename=guard.__file__)
    assert "a fault of the check: IndexError" in repr(check(faulty)(1))


def test_what_an_answer_prints_is_shown_and_bounded(capsys):
    check(lambda answer: print("β =", answer) or "right.")(0.5)
    assert capsys.readouterr() == ("β = 0.5\n", "")
    check(lambda answer: print("x" * 10**6, file=sys.stderr) or "right.")(0.5)
    shown = capsys.readouterr().out
    assert shown.startswith("x" * 100) and shown.endswith(
        f"and {10**6 + 1 - guard.MOST_PRINTED} more characters that your answer printed.\n"
    )


BEGUN = threading.Event()  # an answer without end runs


class Clock:
    """Stands at 0 until an answer has begun, however busy this machine is; then so many seconds
    have passed and been worked, and each look at the first of them takes `step` more.
    """

    def __init__(self, waited, worked, step=0.0):
        self.waited, self.worked, self.step = waited, worked, step
        self.started = set()
        BEGUN.clear()

    def monotonic(self):
        if not self.runs("monotonic"):
            return 0.0
        self.waited += self.step
        return self.waited

    def process_time(self):
        return self.worked if self.runs("process_time") else 0.0

    def runs(self, look):
        """The first look comes before the answer is waited for, be it as quick as it may."""
        first = look not in self.started
        self.started.add(look)
        return BEGUN.is_set() and not first


@pytest.fixture
def impatient(monkeypatch):
    """Answers that never end have used up their time as soon as they have begun."""
    monkeypatch.setattr(guard, "time", Clock(waited=guard.LIMIT + 1, worked=guard.LIMIT + 1))


def for_ever(*_):
    BEGUN.set()
    while True:
        pass


def for_ever_and_holds_on(*_):
    while True:
        try:
            for_ever()
        except Exception:
            continue


def grows(*_):
    BEGUN.set()
    return grows_on(0)


def grows_on(number):
    while number >= 0:
        number += 1


@each_of_a_function
@pytest.mark.parametrize("answer", [for_ever, for_ever_and_holds_on, grows])
def test_an_answer_without_end_is_stopped_and_its_line_named(impatient, name, answer):
    said = repr(CHECKS[name](answer))
    assert "your answer was still running after 31 seconds, and was stopped. In line " in said, said
    assert "restart the kernel" not in said
    assert not [thread for thread in threading.enumerate() if thread.name == "answer"]


def test_an_answer_that_waits_has_more_time_and_one_that_cannot_be_stopped_is_left_behind(
    monkeypatch,
):
    long = guard.WAITING * guard.LIMIT
    monkeypatch.setattr(guard, "time", Clock(long - 10, worked=0.0, step=guard.GRACE))
    free = threading.Event()
    said = repr(CHECKS["check_scale"](lambda _: BEGUN.set() or free.wait()))
    free.set()
    assert (
        "was still running after 305 seconds" in said
        and "It cannot be stopped: restart the kernel before you go on." in said
        and "free.wait()" in said
    )


def test_the_learner_still_interrupts(interruptible):
    def interrupted(_):
        _thread.interrupt_main()  # what the Stop button does
        for_ever()

    with pytest.raises(KeyboardInterrupt):
        CHECKS["check_scale"](interrupted)
    for thread in threading.enumerate():
        if thread.name == "answer":
            thread.join()


def test_a_call_with_another_number_of_answers_is_a_mistake_in_the_call():
    with pytest.raises(TypeError, match="missing a required argument"):
        CHECKS["check_residual"]()
