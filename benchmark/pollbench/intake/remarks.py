"""The report of an import: every guess, drop and mapping, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

#: How many dropped rows are listed; the counts are always complete.
LISTED = 400


@dataclass
class Remarks:
    """What an import has to say; ``import.md`` is written from it.

    Attributes
    ----------
    read : how the files were read (separator, encoding, columns).
    guesses : what the source does not say and the import supposed.
    dropped : (where, what, why) of everything left out.
    names : (what it is, as printed, id, how it was found).
    changes : what an earlier import of this folder held otherwise.
    missing : what the folder lacks for a score, a chart or an attack.
    """

    read: list[str] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)
    dropped: list[tuple[str, str, str]] = field(default_factory=list)
    names: list[tuple[str, str, str, str]] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def said(self, text: str) -> None:
        """Note how a file was read, once."""
        if text not in self.read:
            self.read.append(text)

    def guess(self, text: str) -> None:
        """Note a guess, once."""
        if text not in self.guesses:
            self.guesses.append(text)

    def drop(self, row: str, what: str, why: str) -> None:
        """Note what is left out, and why."""
        self.dropped.append((row, what, why))

    def lacks(self, text: str) -> None:
        """Note what is missing, once."""
        if text not in self.missing:
            self.missing.append(text)

    def text(self, heading: str, counts: str, mapping: str) -> str:
        """The report as Markdown; ``mapping`` is the file that its reader edits."""
        parts = [f"# {heading}\n", counts + "\n"]
        parts += _listed("Since the last import", self.changes)
        parts += _listed("How the source was read", self.read)
        parts += _listed(f"Guesses: change them in {mapping} and import again", self.guesses)
        parts += _listed("Missing", self.missing)
        if self.dropped:
            parts.append(f"## Left out ({len(self.dropped)})\n")
            parts.append(_table(("where", "what", "why"), self.dropped[:LISTED]))
            if len(self.dropped) > LISTED:
                parts.append(f"And {len(self.dropped) - LISTED} more.\n")
        if self.names:
            parts.append("## Names\n")
            parts.append(_table(("is", "printed", "id", "how"), sorted(set(self.names))))
        return "\n".join(parts)


def _listed(title: str, lines: list[str]) -> list[str]:
    return [f"## {title}\n", "".join(f"- {line}\n" for line in lines)] if lines else []


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    cells = ([cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines)
    return "".join("| " + " | ".join(line) + " |\n" for line in cells)
