"""A recording, read into its samples and written anew from them alone."""

from __future__ import annotations

import io
import wave

from keyworker.intake.attached.refusing import Unclean

_MOST_CHANNELS, _SLOWEST, _FASTEST = 2, 8_000, 48_000


def recording(content: bytes) -> tuple[str, bytes]:
    """The kind of a recording and the recording, written anew: no title, place or note comes with it.

    Raises  Unclean for one that is damaged, or whose sound is packed in a way that is not plain samples.
    """
    try:
        with wave.open(io.BytesIO(content), "rb") as read:
            channels, width, rate, count = read.getparams()[:4]
            if not (0 < channels <= _MOST_CHANNELS and width in (1, 2, 3, 4) and _SLOWEST <= rate <= _FASTEST):
                raise Unclean("This recording is not one that can be kept.", "Record it as plain WAV.")
            samples = read.readframes(count)
    except Unclean:
        raise
    except MemoryError as error:
        raise Unclean("There is no room for this recording just now.", "Try again, or record less.") from error
    except Exception as error:
        raise Unclean(
            "This recording is damaged, or packed in a way that cannot be cleaned.", "Record it as plain WAV."
        ) from error
    whole = len(samples) - len(samples) % (channels * width)
    if not whole:
        raise Unclean("There is no sound in this recording.", "Record it again.")
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setparams((channels, width, rate, 0, "NONE", "not compressed"))
        file.writeframes(samples[:whole])
    return "audio/wav", written.getvalue()
