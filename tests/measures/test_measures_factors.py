"""The relation of assessment factors names every code of the census's list."""

import re

from keyworker.measures.registry import shipped
from keyworker.vocabulary.codes import codes_in_full


def test_the_factors_that_measures_look_for_are_those_of_the_code_list():
    looked_for = re.findall(r"select '(\w+)'", shipped().relations["factor_code"])
    assert sorted(looked_for) == sorted({code.code for code in codes_in_full("assessment_factor", "CIN")})
