"""Whether everything that a picture shows lies inside it."""

from __future__ import annotations

from keyworker.web.throughline.shapes import Circle, Picture, Rect, Stop, Text


def assert_within(picture: Picture) -> None:
    """Nothing is drawn outside a picture, but for what touches its edge."""
    for shape in picture.shapes:
        box = shape.box if isinstance(shape, Stop) else shape
        if isinstance(box, Rect):
            assert -1 <= box.x <= picture.width and box.x + box.width <= picture.width + 4
            assert box.y >= -1 and box.y + box.height <= picture.height + 4
        if isinstance(box, Circle):
            assert 0 <= box.x <= picture.width and 0 <= box.y <= picture.height
        if isinstance(box, Text):
            assert 0 <= box.y <= picture.height
