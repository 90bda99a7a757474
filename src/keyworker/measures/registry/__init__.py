"""Every definition of a measure, each in one SQL file with a header, read and checked once."""

from keyworker.measures.registry.definition import Belongs, Counts, Definition, Group, Grouped, Link
from keyworker.measures.registry.loaded import Registry, shipped

__all__ = ["Belongs", "Counts", "Definition", "Group", "Grouped", "Link", "Registry", "shipped"]
