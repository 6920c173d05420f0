"""Which names of bodies mean one body: by place and office, without place or legal form."""

from __future__ import annotations

from kg.extract.resolve.bodies import Bodies
from kg.ontology import load

BODIES = Bodies(load())


def test_a_word_of_the_office_is_no_place() -> None:
    assert BODIES.parts("蔡甸区公安分局") == ("蔡甸区", "公安分局")


def test_a_place_with_several_readings_does_not_identify_a_body() -> None:
    assert BODIES.key("朝阳区政府") == "朝阳区政府"
    assert BODIES.key("上海市嘉定区政府") == BODIES.key("嘉定区人民政府") == "嘉定区人民政府"
