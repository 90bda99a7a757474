"""Which identifiers are one child. Never across an adoption."""

from __future__ import annotations

from collections.abc import Iterable

ADOPTED_CLOSURES = frozenset({"RC1"})
ADOPTED_CEASINGS = frozenset({"E11", "E12"})


def is_adoption_closure(close_reason: str | None) -> bool:
    """Whether a child in need episode was closed because the child was adopted."""
    return _code(close_reason) in ADOPTED_CLOSURES or _says_adopted(close_reason)


def is_adoption_ceasing(ceased_reason: str | None) -> bool:
    """Whether an episode of being looked after ceased because the child was adopted."""
    return _code(ceased_reason) in ADOPTED_CEASINGS or _says_adopted(ceased_reason)


def is_adoption_order(order_type: str | None) -> bool:
    """Whether a permanence order is an adoption order."""
    return "adopt" in (order_type or "").lower()


def roots(links: Iterable[tuple[str, str]], adopted: frozenset[str]) -> dict[str, str]:
    """For each joined identifier, the one that stands for the child: the smallest of those joined.

    A link of which either side was adopted is not followed, whatever its writer meant.
    """
    parent: dict[str, str] = {}

    def find(identifier: str) -> str:
        while (above := parent.setdefault(identifier, identifier)) != identifier:
            parent[identifier] = parent[above]
            identifier = above
        return identifier

    for one, other in links:
        if one in adopted or other in adopted:
            continue
        smaller, larger = sorted((find(one), find(other)))
        parent[larger] = smaller
    return {identifier: find(identifier) for identifier in parent}


def _code(said: str | None) -> str:
    word = (said or "").replace(":", " ").split()
    return word[0].upper() if word else ""


def _says_adopted(said: str | None) -> bool:
    return "adopted" in (said or "").lower() or "adoption order" in (said or "").lower()
