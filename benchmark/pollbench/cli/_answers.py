"""What a verb has printed before is printed again while nothing has changed that it could follow from."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import typer

from pollbench import cache

KIND = "answer"


def answered(words: tuple[object, ...], elections: tuple[str, ...], say: Callable[[], None]) -> None:
    """Print what ``say`` prints: kept under these words and all code, data, folders and libraries that it rests on.

    Parameters
    ----------
    words : the verb and its options, which say by their text what they are; an option that names a file is none.
    elections : ids or folders that it reads besides the shipped ones.
    say : prints the answer with ``typer.echo``; where it fails, nothing is kept.
    """
    from pollbench.cli._unchanged import made_from

    key = cache.digest(made_from(elections), str(Path.cwd()), repr(words), *elections)
    content = cache.read(KIND, key)
    if content is None:
        text = io.StringIO()
        try:
            with redirect_stdout(text):
                say()
        except BaseException:
            typer.echo(text.getvalue(), nl=False)
            raise
        content = text.getvalue().encode("utf-8", "surrogatepass")
        cache.write(KIND, key, content)
    typer.echo(content.decode("utf-8", "surrogatepass"), nl=False)
