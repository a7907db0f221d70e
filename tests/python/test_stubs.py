"""_core.pyi and the module say the same: every name, every member, every parameter."""

import ast
import inspect
import pathlib

import pytest

import amaneku
from amaneku import _core

STUB = ast.parse((pathlib.Path(amaneku.__file__).parent / "_core.pyi").read_text())
FUNCTIONS = {node.name: node for node in STUB.body if isinstance(node, ast.FunctionDef)}
CLASSES = {node.name: node for node in STUB.body if isinstance(node, ast.ClassDef)}
VALUES = {node.target.id for node in STUB.body if isinstance(node, ast.AnnAssign)}
# What every pybind11 class has, and what needs no stub because object declares it.
ORDINARY = {"__init__", "__new__", "__doc__", "__module__", "__repr__", "__str__", "__dict__", "__weakref__"}
ORDINARY |= {"__getstate__", "__setstate__"}


def parameters(function: ast.FunctionDef) -> list[tuple[str, bool, bool]]:
    """(name, keyword-only, has a default) of each parameter but self."""
    given = function.args
    plain = [(argument.arg, False) for argument in given.posonlyargs + given.args]
    defaults = [False] * (len(plain) - len(given.defaults)) + [True] * len(given.defaults)
    listed = [(name, only, default) for (name, only), default in zip(plain, defaults, strict=True)]
    listed += [(a.arg, True, d is not None) for a, d in zip(given.kwonlyargs, given.kw_defaults, strict=True)]
    return [entry for entry in listed if entry[0] != "self"]


def real_signature(function: object) -> ast.FunctionDef:
    """The first line of a pybind11 docstring is a signature in Python's own grammar."""
    line = function.__doc__.strip().splitlines()[0]
    return ast.parse(f"def {line}: ...").body[0]


def test_names_agree():
    real = {name for name in vars(_core) if not name.startswith("_")}
    assert real == set(FUNCTIONS) | set(CLASSES) | VALUES


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_agree(name):
    assert parameters(FUNCTIONS[name]) == parameters(real_signature(getattr(_core, name)))


@pytest.mark.parametrize("name", CLASSES)
def test_members_agree(name):
    node = CLASSES[name]
    real_class = getattr(_core, name)
    stubbed = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
    stubbed |= {item.target.id for item in node.body if isinstance(item, ast.AnnAssign)}
    real = {member for member in vars(real_class) if not member.startswith("_pybind11")}
    assert real - ORDINARY == stubbed - ORDINARY
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and not item.decorator_list and item.args.kwonlyargs:
            assert parameters(item) == parameters(real_signature(getattr(real_class, item.name)))


def test_the_package_exports_what_it_says_and_annotates_it():
    assert sorted(amaneku.__all__) == amaneku.__all__
    for name in amaneku.__all__:
        exported = getattr(amaneku, name)
        if inspect.isfunction(exported):
            hints = inspect.signature(exported)
            assert hints.return_annotation is not inspect.Signature.empty, name
            assert all(p.annotation is not p.empty for p in hints.parameters.values()), name
    assert (pathlib.Path(amaneku.__file__).parent / "py.typed").exists()
