"""How newspapers and bureaus print what was signed: in sentences, lists, rows and remarks."""

from __future__ import annotations

import pytest

from tests.testing.growth import grows_evenly
from tests.testing.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "云澜大桥、江海基地等项目" + "在渝北区" * 60 + "。",
        "云澜物流项目" + "计划投资" * 60 + "，由江海集团在无锡市建设。",
        "由江海集团建设的" + "江海云澜" * 400 + "中心落户",
        "建设" + "江海基地、" * 400 + "江海产业园",
        "李明（" + "江海集团总经理、" * 300 + "）",
    ],
)
def test_words_that_come_again_take_no_time_of_their_own(text: str) -> None:
    assert grows_evenly(lambda size: read(text * size), 4)
