"""Bytes in, characters out: the encodings that Chinese documents come in."""

from __future__ import annotations

import pytest

from kg.base.errors import ReadError
from kg.read.text.encoding import decode
from kg.read.text.plausible import plausibility
from tests.conftest import EXAMPLES
from tests.testing.growth import grows_evenly

SIMPLIFIED = (EXAMPLES / "成都-高新区集中签约.txt").read_text(encoding="utf-8")
TRADITIONAL = (
    "臺北市政府與高雄市政府於3月16日簽署合作協議，將共同投資120億元建設智慧城市專案，預計明年完工。"
)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_an_encoding_without_mark_is_found(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding)) == (SIMPLIFIED, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    text, found = decode(("\ufeff" + SIMPLIFIED).encode(encoding))
    assert (text, found) == (SIMPLIFIED, encoding)


def test_big5_and_gb18030_are_told_apart() -> None:
    assert decode(TRADITIONAL.encode("big5")) == (TRADITIONAL, "big5")
    assert decode(TRADITIONAL.encode("gb18030")) == (TRADITIONAL, "gb18030")


def test_every_line_of_a_text_is_recognised_alone() -> None:
    lines = [line for line in SIMPLIFIED.split("\n") if len(line) > 8]
    assert len(lines) > 25
    for encoding in ("gb18030", "utf-16-le"):
        assert [decode(line.encode(encoding))[0] for line in lines] == lines


def test_two_hanzi_suffice_where_detectors_say_big5() -> None:
    assert decode("重庆".encode("gb18030")) == ("重庆", "gb18030")


def test_what_is_not_chinese_is_read_too() -> None:
    english = "The quick brown fox. " * 3
    assert decode(english.encode("utf-16-le")) == (english, "utf-16-le")
    russian = "Это русский текст, который написан. " * 5
    assert decode(russian.encode("cp1251"))[0] == russian


def test_a_declared_encoding_counts_only_where_the_bytes_allow_it() -> None:
    assert decode(SIMPLIFIED.encode(), "gb2312")[1] == "utf-8"
    assert decode(SIMPLIFIED.encode("gb18030"), "big5")[1] == "gb18030"
    assert decode("鴻海".encode("big5"), "big5") == ("鴻海", "big5")
    assert decode(SIMPLIFIED.encode("gb18030"), "no-such-charset")[1] == "gb18030"


@pytest.mark.parametrize("place", [100, 500, 1001, 1200])
def test_gb18030_with_an_overwritten_byte_loses_two_characters_at_most(place: int) -> None:
    data = bytearray(SIMPLIFIED.encode("gb18030"))
    place = next(at for at in range(place, len(data)) if data[at] >= 0x80)
    data[place] = 0xFF
    text, encoding = decode(bytes(data))
    assert encoding == "gb18030"
    assert text.count("\ufffd") == 1
    assert unlike(text, SIMPLIFIED) <= 2


@pytest.mark.parametrize("place", [101, 305, 500, 1001])
def test_gb18030_with_a_lost_byte_falls_back_into_step(place: int) -> None:
    data = SIMPLIFIED.encode("gb18030")
    place = next(at for at in range(place, len(data)) if data[at] >= 0x80)
    text, encoding = decode(data[:place] + data[place + 1 :])
    assert encoding == "gb18030"
    assert "\ufffd" in text
    assert unlike(text, SIMPLIFIED) <= 3


def unlike(text: str, original: str) -> int:
    """How many characters of the original lie between the first and the last difference."""
    head = next((i for i, (a, b) in enumerate(zip(text, original, strict=False)) if a != b), 0)
    tails = zip(reversed(text), reversed(original), strict=False)
    tail = next((i for i, (a, b) in enumerate(tails) if a != b), 0)
    return max(len(original) - head - tail, 0)


def test_utf8_with_a_broken_byte_stays_utf8() -> None:
    data = bytearray(SIMPLIFIED.encode())
    data[len(data) // 2] = 0xFF
    text, encoding = decode(bytes(data))
    assert encoding == "utf-8"
    assert 1 <= text.count("\ufffd") <= 3


def test_many_broken_bytes_are_bounded_in_time() -> None:
    good = SIMPLIFIED.encode("gb18030") * 100

    def work(size: int) -> None:
        with pytest.raises(ReadError, match="no text in an encoding"):
            decode(good + b"\xff\xfe\xfd" * (size + 10_000))

    assert grows_evenly(work, 400_000)


def test_five_megabytes_in_one_line_are_read() -> None:
    line = SIMPLIFIED.replace("\n", "")
    assert len((line * 3700).encode("gb18030")) > 5_000_000

    def work(size: int) -> None:
        assert decode((line * size).encode("gb18030"))[0] == line * size

    assert grows_evenly(work, 3700)


def test_plausibility_parts_text_from_mojibake() -> None:
    for text in (SIMPLIFIED, TRADITIONAL):
        assert plausibility(text) > 0.4
    for right, wrong in (("utf-8", "gb18030"), ("gb18030", "big5"), ("big5", "gb18030")):
        mojibake = SIMPLIFIED.encode(right, "ignore").decode(wrong, "ignore")
        assert plausibility(mojibake) < 0.12
