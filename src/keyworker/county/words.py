"""Made-up words: names of nobody, places that do not exist, identifiers that no register would issue."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from keyworker.county.chance import Ints
from keyworker.county.days import STILL_OPEN

# One long text reads better here than a hundred and thirty quoted words.
_FORENAMES = """
Alder Ash Aspen Beech Birch Bittern Bramble Bracken Bunting Cedar Chalk Chestnut Chough Clover Cob Coot Coral Cowslip
Crane Curlew Cypress Dipper Dove Dunlin Eider Elder Elm Falcon Fern Fescue Finch Firecrest Flint Foxglove Garnet Godwit
Goldcrest Gorse Grebe Hawthorn Hazel Heather Hemlock Hobby Holly Hornbeam Ivy Jackdaw Jade Jasper Jay Juniper Kestrel
Kite Knot Lapwing Larch Lark Laurel Lichen Limestone Linden Linnet Maple Marble Marigold Marlin Martin Merlin Mistle
Moss Nettle Nightjar Nuthatch Oak Onyx Opal Osprey Ouzel Pebble Peridot Petrel Pewit Pine Pipit Plover Poplar Primrose
Quartz Quill Raven Redstart Redwing Robin Rook Rowan Ruby Rush Sage Sandstone Sedge Serin Shale Siskin Slate Sorrel
Sparrow Spruce Starling Stonechat Swallow Swift Sycamore Teal Tern Thistle Thrush Topaz Wagtail Walnut Whimbrel Whin
Willow Wren Yarrow Yew
"""
_FRONT = "Test Sample Fiction Madeup Example Pretend Imagined Dummy Notreal Specimen Invented Placeholder Fable Demo"
_BACK = "wood brook by ham ton field ford ley bridge combe worth shaw mere stead hurst croft dale well"
FORENAMES = tuple(_FORENAMES.split())
SURNAMES = tuple(front + back for front in _FRONT.split() for back in _BACK.split())
STREETS = tuple(f"{name} Street" for name in ("Nowhere", "Specimen", "Madeup", "Example", "Pretend", "Fiction"))


def pick(words: Sequence[str | None], which: Ints) -> pl.Series:
    """The word at each position."""
    return pl.Series(list(words), dtype=pl.String).gather(which)


def numbered(prefix: str, numbers: Ints, width: int = 8) -> pl.Series:
    """Identifiers: a prefix and a number of fixed width."""
    return prefix + pl.Series(numbers).cast(pl.String).str.zfill(width)


def dates(numbers: Ints) -> pl.Series:
    """Days as dates; what has not ended is empty."""
    frame = pl.Series(np.where(numbers >= STILL_OPEN, 0, numbers)).cast(pl.Int32).cast(pl.Date)
    return where(numbers < STILL_OPEN, frame)


def times(seconds: Ints) -> pl.Series:
    """Times of day, to the minute, from seconds into the day."""
    return pl.Series(seconds // 60 * 60 * 1_000_000_000).cast(pl.Time)


def where(keep: np.ndarray, values: pl.Series) -> pl.Series:
    """The values, empty where they are not to be kept."""
    if bool(keep.all()):
        return values
    return pl.select(pl.when(pl.Series(keep)).then(values).otherwise(None)).to_series()


def flags(values: np.ndarray, known: np.ndarray | None = None) -> pl.Series:
    """True and false; empty where not known."""
    made = pl.Series(values.astype(bool))
    return made if known is None else where(known, made)


def postcodes(numbers: Ints) -> pl.Series:
    """Postcodes in ZZ99, an area that the Post Office does not use."""
    tail = pl.Series(numbers % 10).cast(pl.String)
    letters = np.array([a + b for a in "ABDEFGHJLN" for b in "PQRSTUWXYZ"])
    return "ZZ99" + tail + pl.Series(letters[(numbers // 10) % 100].tolist())
