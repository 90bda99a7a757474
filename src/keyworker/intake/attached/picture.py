"""A photo or drawing, read into its points and written anew from them alone."""

from __future__ import annotations

import io
import threading
import warnings

from PIL import Image, ImageOps

from keyworker.intake.attached.refusing import Unclean

MOST_POINTS = 16_000_000
"""A small file can unfold into a picture that fills the memory: what is larger is refused before it is read. A phone's
photo has twelve million points."""
ONE_AT_A_TIME = threading.Lock()
"""The largest takes some 120 MB and half a second: others wait for their turn."""
_QUALITY = 88
_DAMAGED = "This picture is damaged, or not what it says it is."


def picture(content: bytes, kind: str) -> tuple[str, bytes]:
    """The kind of a picture and the picture, written anew: where and when it was taken, and by whom, stays behind.

    Takes   kind, jpeg or png, as its first bytes say: nothing else is tried.
    Raises  Unclean for one that is too large or damaged.
    """
    try:
        with ONE_AT_A_TIME, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[kind.upper()]) as opened:
                if opened.width * opened.height > MOST_POINTS:
                    raise Unclean("This picture has too many points.", "Take a smaller picture of it.")
                opened.load()
                ImageOps.exif_transpose(opened, in_place=True)
                return _anew(opened, kind)
    except Unclean:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unclean("This picture has too many points.", "Take a smaller picture of it.") from error
    except MemoryError as error:
        raise Unclean("There is no room for this picture just now.", "Try again, or take a smaller one.") from error
    except Exception as error:
        raise Unclean(_DAMAGED, "Open it, save it again as JPEG or PNG, and attach that.") from error


def _anew(read: Image.Image, kind: str) -> tuple[str, bytes]:
    """Write the points of a picture alone: a picture made from them knows nothing of the file they came from."""
    mode = "RGBA" if kind == "png" and ("A" in read.getbands() or "transparency" in read.info) else "RGB"
    points = read.convert(mode)
    bare = Image.new(mode, points.size)
    bare.paste(points)
    written = io.BytesIO()
    if kind == "png":
        bare.save(written, format="PNG", optimize=False)
        return "image/png", written.getvalue()
    bare.save(written, format="JPEG", quality=_QUALITY)
    return "image/jpeg", written.getvalue()
