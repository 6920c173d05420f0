"""What lies in what, and what stands where: places in places, things in places.

All names of bodies and zones are invented; places come from the national table of divisions.
"""

from __future__ import annotations

import pytest
from test_annotate import linked, names


def test_a_bare_name_right_after_its_province_is_a_place() -> None:
    text = "7月10日，在江西新干，云澜智能科技有限公司的项目开工。"
    assert names(text, "District") >= {"江西", "新干"}
    assert ("新干", "江西") in linked(text, "partOf")


@pytest.mark.parametrize("text", ["他们的精神面貌为之一新，干部群众齐上阵。", "江西新干线开通。"])
def test_a_bare_name_elsewhere_may_be_a_common_word(text: str) -> None:
    assert "新干" not in names(text, "District")


def test_places_that_the_table_keeps_apart_only_stand_side_by_side() -> None:
    text = "无锡市石柱县代表团到访。"
    assert names(text, "District") == {"无锡市", "石柱县"}
    assert linked(text, "partOf") == set()


def test_bare_names_in_the_name_of_a_company_are_no_places_of_their_own() -> None:
    assert names("江西新干云澜酒业有限公司投产。", "District") == set()
    assert names("江西省新干县人民政府发文。", "District") == {"江西省", "新干县"}
