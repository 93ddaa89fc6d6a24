"""The reference of the Python interface, made from the docstrings."""

from __future__ import annotations

import inspect
from typing import Any

import pollbench


def content() -> dict[str, Any]:
    """Every public name with its signature, its first line and its docstring."""
    entries = []
    for name in pollbench.__all__:
        value = getattr(pollbench, name)
        docstring = inspect.getdoc(value) or ""
        if name == "__version__" or not docstring:
            continue
        first, _, rest = docstring.partition("\n")
        methods = [
            (f"{name}.{member}{_signature(method)}", (inspect.getdoc(method) or "").split("\n")[0])
            for member, method in inspect.getmembers(value, callable)
            if inspect.isclass(value) and not member.startswith("_") and _is_ours(value, member)
        ]
        entries.append(
            {
                "name": name,
                "signature": f"pollbench.{name}{_signature(value)}",
                "first": first,
                "rest": rest.strip("\n"),
                "methods": methods,
            }
        )
    return {"entries": entries, "shown": []}


def _is_ours(value: type, member: str) -> bool:
    """Whether a method is one of PollBench's: those of Python are described otherwise in every version of it."""
    return any(
        member in vars(base) and bool(inspect.getdoc(vars(base)[member]))
        for base in value.__mro__
        if base.__module__.partition(".")[0] == pollbench.__name__
    )


def _signature(value: Any) -> str:
    """The parameters with their defaults, without types, which the docstring explains; empty if there are none to see."""
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return ""
    bare = [
        parameter.replace(annotation=inspect.Parameter.empty) for parameter in signature.parameters.values()
    ]
    return str(signature.replace(parameters=bare, return_annotation=inspect.Signature.empty))
