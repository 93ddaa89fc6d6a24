"""What stands in the place of an election during its legal silence: one page that says so, and a line on the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from pollbench.files import write_text
from pollbench.language.texts import SOURCE_LOCALE, language, locales
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.html import environment

if TYPE_CHECKING:
    from pollbench.protocol.silence import LegalSilence

#: The page that stands there, and the one that a site without any other election begins with.
PAGE, FIRST = "open", "index"
ASSETS = ("site.css", "first.js", "site.js", "embed.js", "board.js", "favicon.svg")


@dataclass(frozen=True)
class Silenced:
    """The elections that a site leaves out.

    Attributes
    ----------
    as_of : the moment for which it is built, as the command states it.
    silences : the elections left out and why.
    """

    as_of: str = ""
    silences: Sequence[LegalSilence] = ()

    def line(self, words: Words) -> str:
        """The sentence for every page; empty where nothing is left out."""
        return " ".join(_sentence(silence, words) for silence in self.silences)


def _sentence(silence: LegalSilence, words: Words) -> str:
    election = silence.election
    return words(
        "silence.sentence",
        election=words.translated(election.title, "data"),
        since=words.day(pd.Timestamp(silence.since.date())),
        until=words.day(pd.Timestamp(silence.until.date())),
        hour=f"{silence.until:%H:%M}",
    )


def write_assets(folder: Path) -> None:
    """The style, the scripts and the sign of the site."""
    assets = resources.files("pollbench_dashboards").joinpath("assets")
    for name in ASSETS:
        write_text(folder / "assets" / name, assets.joinpath(name).read_text("utf-8"))


def write_silence(folder: Path, silenced: Silenced, *, others: bool) -> list[Path]:
    """Write the page that states the silence, in every language.

    Parameters
    ----------
    folder : of the site.
    silenced : what is left out.
    others : whether the site shows other elections; if not, the page is also its first one.

    Returns
    -------
    The pages written; none where nothing is silent.
    """
    from pollbench_dashboards.pages.page import POLICY

    if not silenced.silences:
        return []
    written = []
    for locale in locales():
        words = Words(locale)
        subfolder = "" if locale == SOURCE_LOCALE else f"{locale}/"
        root = "../" if subfolder else ""
        for name in (PAGE,) if others else (PAGE, FIRST):
            path = folder / subfolder / f"{name}.html"
            text = (
                environment(words)
                .get_template("silence.html.j2")
                .render(
                    words=words,
                    policy=POLICY,
                    root=root,
                    others=others,
                    as_of=silenced.as_of,
                    languages=[
                        (
                            other,
                            language(other).name,
                            f"{root}{'' if other == SOURCE_LOCALE else other + '/'}{name}.html",
                        )
                        for other in locales()
                        if other != locale
                    ],
                    silences=[
                        {
                            "sentence": _sentence(window, words),
                            "protocol": window.protocol.protocol_id if window.protocol else "",
                        }
                        for window in silenced.silences
                    ],
                )
            )
            write_text(path, text)
            written.append(path)
    return written


def build_silent_site(folder: Path, silenced: Silenced) -> list[Path]:
    """A site of which every election is silent: the page that says so, and nothing else."""
    write_assets(folder)
    return write_silence(folder, silenced, others=False)
