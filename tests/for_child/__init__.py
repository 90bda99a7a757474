"""The page for the child, what children and parents say, and the direct work attached at a visit."""
