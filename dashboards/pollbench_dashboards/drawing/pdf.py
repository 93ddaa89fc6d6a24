"""The objects of a PDF in one order, so that one drawing has the same bytes whenever and wherever it is written.

The engine numbers and writes the fonts of a document in another order on every call. Here the objects are numbered in the order
in which the catalogue leads to them, and what a page uses stands by name.
"""

from __future__ import annotations

import re

#: Number, and dictionary up to the stream or the end of the object.
_OBJECT = re.compile(rb"\s*(\d+) 0 obj\n")
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_LENGTH = re.compile(rb"/Length (\d+)\b")
#: Lines of a dictionary of resources: a name and the object behind it.
_RESOURCES = re.compile(rb"(?:^ +/\w+ \d+ 0 R\n)+", re.MULTILINE)
_TRAILER = re.compile(rb"trailer\n(.*?)startxref", re.DOTALL)


def in_order(document: bytes) -> bytes:
    """The same document with its objects in the order of their use; one that is built otherwise is left as it is."""
    heads, streams, start = _objects(document)
    trailer = _TRAILER.search(document)
    if not heads or trailer is None or trailer.start() < start:
        return document
    numbers: dict[int, int] = {}
    waiting = _references(trailer.group(1))[::-1]
    while waiting:
        number = waiting.pop()
        if number in heads and number not in numbers:
            numbers[number] = len(numbers) + 1
            waiting += _references(heads[number])[::-1]
    if len(numbers) != len(heads):
        return document
    return _written(document[: document.index(b"\n\n") + 2], heads, streams, trailer.group(1), numbers)


def _objects(document: bytes) -> tuple[dict[int, bytes], dict[int, bytes], int]:
    """Dictionaries and streams by number, and where they end."""
    heads, streams = {}, {}
    position = document.find(b"\n\n") + 1
    while match := _OBJECT.match(document, position):
        number, start = int(match.group(1)), match.end()
        end = document.index(b"endobj\n", start)
        stream = document.find(b"stream\n", start, end)
        if stream >= 0:
            length = _LENGTH.search(document, start, stream)
            if length is None:
                return {}, {}, 0
            end = document.index(b"endobj\n", stream + len(b"stream\n") + int(length.group(1)))
        head_end = end if stream < 0 else stream
        heads[number] = _RESOURCES.sub(_by_name, document[start:head_end])
        streams[number] = document[head_end:end]
        position = end + len(b"endobj\n")
    return heads, streams, position


def _by_name(lines: re.Match[bytes]) -> bytes:
    return b"".join(sorted(lines.group().splitlines(keepends=True)))


def _references(text: bytes) -> list[int]:
    return [int(number) for number in _REFERENCE.findall(text)]


def _written(
    header: bytes, heads: dict[int, bytes], streams: dict[int, bytes], trailer: bytes, numbers: dict[int, int]
) -> bytes:
    """The document with new numbers, and the table of where each object starts."""

    def renumbered(text: bytes) -> bytes:
        return _REFERENCE.sub(lambda reference: b"%d 0 R" % numbers[int(reference.group(1))], text)

    content, starts = bytearray(header), []
    for old, new in numbers.items():
        starts.append(len(content))
        content += b"%d 0 obj\n%sendobj\n\n" % (new, renumbered(heads[old]) + streams[old])
    table = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(starts) + 1)
    content += b"".join(b"%010d 00000 n\r\n" % start for start in starts)
    content += b"trailer\n%sstartxref\n%d\n%%%%EOF" % (renumbered(trailer), table)
    return bytes(content)
