"""How passwords are hashed: scrypt, so costly in time and memory that a stolen table of hashes is of little use."""

from __future__ import annotations

from django.contrib.auth.hashers import ScryptPasswordHasher


class CostlyScrypt(ScryptPasswordHasher):
    """Scrypt with 2^16, 8, 2: 64 MB for each password, above the least that OWASP's standard asks (2^16, 8, 1).

    A hash made more cheaply is made anew when its owner next signs in.
    """

    work_factor = 2**16
    parallelism = 2
    maxmem = 128 * 1024 * 1024
