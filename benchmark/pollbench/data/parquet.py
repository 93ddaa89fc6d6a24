"""Data frames as Parquet files, kept between runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pollbench import cache
from pollbench.cache import digest
from pollbench.data.connection import VERSION, in_memory
from pollbench.data.frame_bytes import digest_of_frame
from pollbench.temporary import room

if TYPE_CHECKING:
    import pandas as pd

#: The kind of Parquet files in the cache.
PARQUET = "parquet"


def frame_to_parquet(frame: pd.DataFrame) -> bytes:
    """The bytes of a Parquet file that holds ``frame``."""
    return frames_to_parquet({"frame": frame})["frame"]


def frames_to_parquet(frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """The bytes of a Parquet file of each frame, by name: those that were kept, the others by one connection."""
    keys = {name: digest(VERSION, digest_of_frame(frame)) for name, frame in frames.items()}
    before = {name: cache.read(PARQUET, key) for name, key in keys.items()}
    fresh = _parquet({name: frame for name, frame in frames.items() if before[name] is None})
    for name, content in fresh.items():
        cache.write(PARQUET, keys[name], content)
    return {name: fresh[name] if content is None else content for name, content in before.items()}


def _parquet(frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    if not frames:
        return files
    with room() as folder, in_memory() as connection:
        path = folder / "frame.parquet"
        quoted = str(path).replace("'", "''")
        for name, frame in frames.items():
            connection.register("frame", frame)
            connection.execute(f"COPY frame TO '{quoted}' (FORMAT parquet)")
            connection.unregister("frame")
            files[name] = path.read_bytes()
    return files
