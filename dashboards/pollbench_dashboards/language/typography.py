"""How text is set: French spaces and apostrophes, capitals, lines that fit a width."""

from __future__ import annotations

import re

NARROW = "\u202f"  # narrow no-break space: before %, ; ! ? and between thousands in French
NO_BREAK = "\u00a0"  # no-break space: before a colon and inside guillemets in French
MINUS = "\u2212"
APOSTROPHE = "\u2019"


def typeset_french(text: str) -> str:
    """French apostrophes and spacing: no-break spaces before ``% ; ! ? :``, inside guillemets, between thousands.

    Examples
    --------
    >>> typeset_french("« Filteris » : 24,0 %").replace(NARROW, "_").replace(NO_BREAK, "~")
    '«~Filteris~»~: 24,0_%'
    """
    text = re.sub(r"(?<=\w)'(?=\w)", APOSTROPHE, text)
    text = re.sub(r" (?=[;!?%€])", NARROW, text)
    text = re.sub(r"(?<!\d)(\d{1,3}) (?=\d{3}(?!\d))", rf"\1{NARROW}", text)
    text = re.sub(r" (?=:(\s|$))", NO_BREAK, text)
    return text.replace("« ", f"«{NO_BREAK}").replace(" »", f"{NO_BREAK}»")


def elided(text: str) -> str:
    """French elision before a name with a vowel: *d'Elabe*, *qu'Ifop*; an h is left alone.

    Examples
    --------
    >>> elided("plus près de Elabe que Ifop ou de Harris").replace(APOSTROPHE, "'")
    "plus près d'Elabe qu'Ifop ou de Harris"
    """
    return re.sub(r"\b([Dd]|[Qq]u)e (?=[AEIOUÀÂÉÈÊÎÔÛ])", rf"\1{APOSTROPHE}", text)


def capitalised(sentence: str) -> str:
    """The sentence with a capital first letter, the rest untouched."""
    return sentence[:1].upper() + sentence[1:]


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines that fit ``width`` pixels at a font of ``size`` pixels.

    Charts have no line breaking of their own. The mean advance of the fonts in the stack lies
    between 0.46 and 0.56 of the size; 0.54 keeps lines inside the chart with a wide one.

    Examples
    --------
    >>> wrapped("one two three", 60, 13)
    ['one two', 'three']
    """
    most = max(8, int(width / (0.54 * size)))
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
