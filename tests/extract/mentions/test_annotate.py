"""Where a name stands in its text; what is one, and of what, is told in ``tests/data/mentions``."""

from __future__ import annotations

from tests.testing.reading import read


def test_a_name_is_one_name_across_a_line_break() -> None:
    text = (
        "　　本报讯 昨日，澜江市智能装备制造有限\n"
        "公司与成都高新\n区签约，澜江智能装备产业联盟秘书长王\n启明说。\n"
    )
    name = "澜江市智能装备制造有限公司"
    (firm,) = [e for e in read(text).entities if e.name == name]
    assert firm.type == "Organisation"
    (span,) = firm.mentions
    assert text[span.start : span.end] == "澜江市智能装备制造有限\n公司"
