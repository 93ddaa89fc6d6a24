"""How text is set whatever its language: capitals, lines that fit a width."""

from __future__ import annotations


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
