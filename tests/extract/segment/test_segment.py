"""Pages into articles: what belongs together, and offsets that point at the same characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.base.records import Document
from kg.extract.document import extract
from kg.extract.segment.articles import SegmentedArticle, segment
from kg.extract.segment.punctuation import normalised
from kg.ontology import load

ONTOLOGY = load()
BODY = "澜江市智能装备产业大会在青岛市举行，来自各地的企业代表参加会议并交流经验"


def parts(text: str) -> tuple[SegmentedArticle, ...]:
    return segment(Document("d", "d.txt", text), ONTOLOGY)


def texts(text: str) -> list[str]:
    return [article.text for article in parts(text)]


def sentences(text: str) -> list[str]:
    (article,) = parts(text)
    return [article.text[s.start : s.end] for s in article.sentences]


def test_every_dateline_opens_an_article_that_takes_its_headlines() -> None:
    page = (
        "澜江举办大会\n\n　　本报讯（记者 王一）昨日，大会举行。\n\n"
        "云桥发布新规\n副题在此\n\n　　本报讯（记者 李二）近日，云桥发布办法。\n"
    )
    first, second = parts(page)
    assert first.title == "澜江举办大会"
    assert second.title == "云桥发布新规"
    assert "云桥" not in first.text and "澜江" not in second.text
    assert "副题在此" in second.text


def test_three_agencies_make_three_articles_with_their_day_and_place() -> None:
    page = (
        "新华社北京3月5日电 第一件事情已经完成。\n\n"
        "　　本报成都3月6日讯（记者 王一）第二件事情已经完成。\n\n"
        "　　澜江日报讯（记者 李二）第三件事情已经完成。\n"
    )
    found = parts(page)
    assert [p.date for p in found] == ["--03-05", "--03-06", ""]
    assert [p.place for p in found] == ["北京", "成都", ""]
    assert [p.publisher for p in found] == ["新华社", "", "澜江日报"]


def test_a_text_without_a_dateline_is_one_article() -> None:
    assert len(parts("第一段讲一件事。\n\n第二段讲同一件事。\n")) == 1


def test_wrapped_lines_are_joined_inside_words() -> None:
    page = "　　本报讯（记者 王一）昨日，澜江市智能装备制造有限\n公司与成都高新区签约。\n"
    assert texts(page) == [
        "本报讯（记者 王一）昨日，澜江市智能装备制造有限公司与成都高新区签约。\n"
    ]


def test_a_word_of_letters_keeps_the_space_that_a_line_break_was() -> None:
    page = f"{BODY}使用 Model\nThree 系统。"
    assert "Model Three" in texts(page)[0]


def test_a_sentence_broken_by_a_column_goes_on_over_blank_lines() -> None:
    page = f"　　本报讯（记者 王一）{BODY}，智能装备制造有限\n\n\n公司与成都高新区签约，开工。\n"
    assert "制造有限公司与成都高新区签约" in texts(page)[0]


NARROW = (
    "云桥市今年把智能装备产业园建成投用，甲川科技公司随后在园内设立研究院，"
    "乙川公司也把总部迁入，全年产值有望再翻一番。"
)


def test_a_narrow_column_is_one_paragraph() -> None:
    page = "\n".join(NARROW[i : i + 10] for i in range(0, len(NARROW), 10))
    assert texts(page) == [NARROW + "\n"]


def test_the_line_of_day_and_page_is_a_paragraph_of_its_own() -> None:
    page = "A3 要闻　2024年5月17日　责编 王一　云澜经济报\n云桥市今年开工十二个重大产业项目并投产\n"
    assert texts(page)[0].splitlines() == page.splitlines()


def test_the_first_line_of_a_story_goes_on_under_wide_headlines() -> None:
    heads = "云桥晚报 2024年5月17日 星期五 第2版\n\n云桥市今年开工十二个重大产业项目\n\n"
    story = "本报讯（首席记者 王一）昨日，第\n三届甲川装备展开幕。\n"
    found = texts(heads + "总投资一百二十亿元 覆盖八个县区\n\n" + story)
    assert found[-1].endswith("昨日，第三届甲川装备展开幕。\n")


def test_a_column_run_together_with_spaces_is_one_paragraph() -> None:
    page = " ".join(NARROW[i : i + 10] for i in range(0, len(NARROW), 10))
    assert texts(page) == [NARROW + "\n"]


def test_a_row_of_names_keeps_its_spaces() -> None:
    page = "甲川科技有限公司 乙川科技有限公司 丙川科技有限公司 丁川重工有限公司 戊川重工有限公司\n"
    assert texts(page) == [page]


def test_short_lines_that_fill_no_column_stay_apart() -> None:
    page = "甲川科技\n乙川智能装备\n丙川数字科技公司\n丁川重工\n戊川集团，云桥市。\n"
    assert texts(page) == [page]


def test_a_full_line_that_opens_with_a_dash_goes_on() -> None:
    column = [f"甲川科技公司昨日在云桥市举行了第{n}场活动，各地代表参加" for n in "一二三四"]
    dashed = [*column, "会议期间，乙川集团在云桥市举办产业大会并且启用云上平台", "——澜江分会场。"]
    assert "云上平台——澜江" in texts("\n".join(dashed))[0]
    listed = [
        *column,
        "会议期间，乙川集团在云桥市举办产业大会并且启用云上平台",
        "（一）澜江分会场。",
    ]
    assert "云上平台（一）" not in texts("\n".join(listed))[0]


def test_the_rest_of_a_word_goes_on_after_blank_lines() -> None:
    assert texts("加快打通成果转化途\n\n径。建设中试平台。\n") == [
        "加快打通成果转化途径。建设中试平台。\n"
    ]
    assert len(texts("加快打通转化途径\n\n近日，平台建成。\n")[0].splitlines()) == 2


def test_a_byline_in_brackets_ends_an_article() -> None:
    story = "　　本报讯 甲市建成港口。\n\n（本报记者 王一）\n\n"
    page = f"{story}乙市举办论坛\n\n　　论坛昨日在乙市开幕。\n"
    first, second = parts(page)
    assert second.title == "乙市举办论坛"
    assert "王一" in first.text


def test_a_story_from_another_page_is_an_article_of_its_own() -> None:
    page = "　　本报讯 甲市建成港口。\n\n乙市加快建设\n\n（上接第1版）乙市还将扩建机场。\n"
    assert [p.title for p in parts(page)][1:] == ["乙市加快建设"]


def test_the_line_of_a_photographer_does_not_end_a_story() -> None:
    page = (
        "　　本报讯 甲市建成港口。\n\n本报记者 王一 摄\n\n港口这样建成\n\n　　港口历时三年建成。\n"
    )
    assert len(parts(page)) == 1


def test_who_took_a_picture_ends_its_caption() -> None:
    page = f"{BODY}。王一 摄\n云桥港的扩建工程也在昨日开工。\n"
    assert texts(page)[0].splitlines()[1] == "云桥港的扩建工程也在昨日开工。"
    page = f"{BODY}，由王一拍摄\n的照片也在会上展出。\n"
    assert "王一拍摄的照片" in texts(page)[0]


def test_the_line_of_a_photographer_is_no_headline() -> None:
    page = "　　工人在甲市港口作业。\n\n本报记者 王一 摄\n\n乙市举办论坛\n\n　　本报讯 论坛开幕。\n"
    first, second = parts(page)
    assert second.title == "乙市举办论坛"
    assert "王一" in first.text


def test_a_heading_after_blank_lines_is_not_drawn_into_the_sentence() -> None:
    page = f"　　本报讯（记者 王一）{BODY}。\n\n新的标题\n\n　　下一段说了另一件事。\n"
    assert "新的标题\n" in texts(page)[0]


def test_a_heading_split_over_lines_is_not_joined_with_the_body() -> None:
    page = "成都高新区\n签下十二个项目\n\n　　本报讯（记者 王一）昨日签约。\n"
    (only,) = texts(page)
    assert only.endswith("\n本报讯（记者 王一）昨日签约。\n")


def test_captions_are_paragraphs_of_their_own() -> None:
    page = f"　　{BODY}，澜江市智能装备制造有限\n图为签约仪式现场。\n"
    assert texts(page)[0].splitlines()[-1] == "图为签约仪式现场。"


def test_rows_of_a_table_stay_rows() -> None:
    page = "序号\t项目名称\t建设单位\n1\t云桥港扩建工程\t甲川有限公司\n2\t澜江港工程\t乙川公司\n"
    assert texts(page) == [page]
    bars = "| 项目名称 | 建设单位 |\n| --- | --- |\n| 云桥港扩建工程 | 甲某发展有限公司 |\n"
    assert texts(bars) == [bars]


NOTICE = (
    "关于印发澜江市智能制造行动方案的通知\n"
    "澜府办发〔2023〕12号\n"
    "各区县人民政府：\n"
    "　　现将方案印发给你们。\n"
    "　　一、总体要求\n"
    "　　到2027年，产值达到500亿元。\n"
    "　　二、重点任务\n"
    "　　附件：1.任务清单\n"
)


def test_a_notice_is_kept_whole_with_its_attachments() -> None:
    (only,) = parts(NOTICE)
    assert only.kind == "notice"
    assert only.title == "关于印发澜江市智能制造行动方案的通知"
    assert "一、总体要求\n" in only.text and "任务清单" in only.text


def test_news_about_a_notice_is_news() -> None:
    page = "　　本报讯（记者 王一）《关于印发行动方案的通知》（澜府办发〔2023〕12号）印发。\n"
    assert [p.kind for p in parts(page)] == ["news"]


def test_items_of_a_list_start_lines_of_their_own() -> None:
    page = f"　　{BODY}\n（一）加强领导。\n（二）加强协调。\n1. 第一项任务\n"
    assert texts(page)[0].splitlines()[1:] == [
        "（一）加强领导。",
        "（二）加强协调。",
        "1. 第一项任务",
    ]


def test_an_open_book_mark_is_closed_on_the_next_line() -> None:
    page = "近日，澜江市印发《澜江市智能制造\n行动方案》。"
    assert "《澜江市智能制造行动方案》" in texts(page)[0]


def test_sentences_end_at_full_stops_and_keep_what_closes_them() -> None:
    assert sentences("他说：“好！”会议开始。结束了？是的……然后") == [
        "他说：“好！”",
        "会议开始。",
        "结束了？",
        "是的……",
        "然后",
    ]


def test_the_dateline_with_its_byline_is_no_part_of_the_first_sentence() -> None:
    assert sentences("新华社北京3月2日电（记者 张三）国务院印发规划。本报讯 市长讲话。") == [
        "新华社北京3月2日电（记者 张三）",
        "国务院印发规划。",
        "本报讯",
        " 市长讲话。",
    ]
    assert sentences("本报讯\n") == ["本报讯"]
    site = "华龙网-新重庆客户端3月2日16时讯（记者 李四）"
    assert sentences(f"{site}重庆高新区签约。") == [site, "重庆高新区签约。"]
    (article,) = parts(f"{site}重庆高新区签约。")
    assert (article.publisher, article.date, article.place) == (
        "华龙网-新重庆客户端",
        "--03-02",
        "",
    )


def test_a_headline_glued_to_the_dateline_is_a_sentence_of_its_own() -> None:
    text = "原标题：澜江市启用数字平台人民网云桥8月1日电 (李四)“很好。"
    assert sentences(text) == [
        "原标题：澜江市启用数字平台",
        "人民网云桥8月1日电 （李四）",
        "“很好。",
    ]
    (article,) = parts(text)
    assert (article.publisher, article.date, article.place) == ("人民网", "--08-01", "云桥")
    # The same words in the middle of a story open nothing.
    told = "澜江市各部门认真落实工作要求，" * 8 + "据人民网云桥8月1日电，平台启用。"
    assert sentences(told) == [told]


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("澜江新闻网2023年8月1日讯（记者 李四）会议召开。", "澜江新闻网"),
        ("澜江消费报云桥讯（记者 李四）会议召开。", "澜江消费报"),
        ("澜江在线云桥8月1日消息（记者 李四）会议召开。", "澜江在线"),
    ],
)
def test_a_dateline_prints_its_paper(text: str, paper: str) -> None:
    (article,) = parts(text)
    assert article.publisher == paper


def test_a_quotation_that_goes_on_does_not_end_a_sentence() -> None:
    assert sentences("面对“怎么办？”的问题，他笑了。") == ["面对“怎么办？”的问题，他笑了。"]


def test_a_decimal_point_ends_no_sentence() -> None:
    assert sentences("增长12.5%，达到3.5亿元。完") == ["增长12.5%，达到3.5亿元。", "完"]


def test_nothing_and_white_space_hold_no_article() -> None:
    assert parts("") == () and parts(" \n\t\n　\n") == ()


ALPHABET = st.sampled_from(
    "澜江市公司项目签约，。：“”《》（）一1 、\n\n\t 　abZ09.|-\r\x0c\u200b😀"
)


@settings(max_examples=300)
@given(st.text(alphabet=ALPHABET, max_size=200))
def test_offsets_point_at_the_same_characters(text: str) -> None:
    for article in parts(text):
        assert len(article.text) == len(article.offsets)
        for i, (char, offset) in enumerate(zip(article.text, article.offsets, strict=True)):
            if char == "\n":  # ends a paragraph: points at its last character
                assert offset == article.offsets[i - 1]
            elif char == " " and text[offset] != " ":  # stands for a line break
                assert text[offset].isspace()
            else:
                assert text[offset] == char or (char, text[offset]) == ("。", ".")


@settings(max_examples=300)
@given(st.text(alphabet=ALPHABET, max_size=200))
def test_no_character_is_lost_or_read_twice(text: str) -> None:
    read = [
        o for p in parts(text) for c, o in zip(p.text, p.offsets, strict=True) if not c.isspace()
    ]
    assert read == sorted(set(read))
    assert [text[o] for o in read] == [c for c in text if not c.isspace()]


@settings(max_examples=200)
@given(st.text(alphabet=ALPHABET, max_size=200))
def test_sentences_are_in_order_and_none_holds_a_line_break(text: str) -> None:
    for article in parts(text):
        ends = 0
        for s in article.sentences:
            assert ends <= s.start < s.end <= len(article.text)
            assert "\n" not in article.text[s.start : s.end].strip("\n")
            assert article.sentence_at(s.start) == s
            ends = s.end
        left = "".join(article.text[i] for i in _outside(article))
        assert not left.strip()


def _outside(article: SegmentedArticle) -> list[int]:
    inside = {i for s in article.sentences for i in range(s.start, s.end)}
    return [i for i in range(len(article.text)) if i not in inside]


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["　　本报讯（记者 王一）昨日开会。", "标题", BODY, "", "一\t二"]),
        max_size=8,
    )
)
def test_spans_lie_in_the_document_whatever_the_page(lines: list[str]) -> None:
    text = "\n".join(lines)
    for article in parts(text):
        span = article.span(0, len(article.text))
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("甲市,乙区;丙镇!", "甲市，乙区；丙镇！"),
        ("到2031年,AI产业成形", "到2031年，AI产业成形"),
        ("用AI,建基地", "用AI，建基地"),
        ("投资1,200万元", "投资1,200万元"),
        ("2031,建成", "2031，建成"),
        ("人工智能(AI)和石油大学(华东)", "人工智能（AI）和石油大学（华东）"),
        ("f(x)与y", "f(x)与y"),
        ("见http://a.cn/b,c", "见http://a.cn/b,c"),
        ("8:30开会", "8:30开会"),
        ('发布"云桥计划"和15"屏', '发布“云桥计划”和15"屏'),
        ('读"open"', '读"open"'),
        ("２０３１年５Ｇ覆盖９０％", "2031年5G覆盖90%"),
        ("建设「云桥」平台，『甲』", "建设“云桥”平台，‘甲’"),
        ("加快｢云桥｣建设｡甲､乙", "加快“云桥”建设。甲、乙"),
        ("印发<云桥办法>，A<B且B>C", "印发《云桥办法》，A<B且B>C"),
        ("<a href=云>云桥</a>", "<a href=云>云桥</a>"),
        (
            "一．总体要求\n建成投产．由甲公司负责建设运营．",
            "一．总体要求\n建成投产。由甲公司负责建设运营。",
        ),
        ("约翰．史密斯到访。", "约翰．史密斯到访。"),
        ('建设"云\n桥"平台', "建设“云\n桥”平台"),
    ],
)
def test_marks_and_digits_are_read_as_chinese_texts_set_them(printed: str, read_as: str) -> None:
    assert normalised(printed, load().lexicon.layout) == read_as


def test_a_page_set_with_latin_marks_says_the_same_and_is_quoted_as_printed() -> None:
    printed = "为推动发展,无锡市人民政府办公厅近期印发《无锡市低空行动方案》(以下简称《方案》)。"
    reading = extract(Document("d", "d", printed), load())
    [claim] = [c for c in reading.claims if c.predicate == "issues"]
    assert reading.entities[claim.subject].name == "无锡市人民政府办公厅"
    assert printed[claim.start : claim.end] == printed


def test_a_blank_line_in_a_story_breaks_no_sentence() -> None:
    text = "本报讯（记者 王一）日前，由无\n\n锡市科技局主办的大会举行，商船\n\n“澜飞”号下水。\n"
    assert "由无锡市科技局主办的大会举行，商船“澜飞”号下水。" in parts(text)[0].text
    text = "该系统依靠专网，\n\n提高阅卷的速度、精度。\n"
    assert parts(text)[0].text == "该系统依靠专网，提高阅卷的速度、精度。\n"
    text = "云澜市召开大会\n\n会议在无锡市举行，云澜大学参加。\n"
    assert parts(text)[0].text.startswith("云澜市召开大会\n")


PLAN = "澜江市新材料产业高质量发展三年行动方案（2024—2026年）"


@pytest.mark.parametrize(
    "head",
    [
        "澜江市新材料产业高质量发展\n三年行动方案（2024—2026年）\n",
        "　　　澜江市新材料产业高质量发展\n　　　　　三年行动方案\n　　　（2024—2026年）\n",
        "澜江市新材料产业\n高质量发展三年行动方案\n（2024—2026年）\n\n",
        "附件\n\n澜江市新材料产业高质量发展\n三年行动方案（2024—2026年）\n\n",
    ],
)
def test_a_title_that_is_centred_over_several_lines_is_one(head: str) -> None:
    (article,) = parts(f"{head}为加快新材料产业发展，制定本方案。\n一、总体要求\n到2026年建成。\n")
    assert PLAN in article.text.split("\n")
    assert "为加快新材料产业发展，制定本方案。" in article.text.split("\n")


@pytest.mark.parametrize(
    "head",
    [
        "澜江市出台新材料产业政策\n新材料产业行动方案\n本报讯（记者 王一）昨日，大会举行。\n",
        "澜江市公布新材料产业\n三年行动方案\n\n昨日，大会举行。\n",
        "澜江市新材料产业行动方案\n澜江市新能源产业行动方案\n\n根据要求，制定本方案。\n",
        "澜江市新材料产业高质量发展\n\n三年行动方案\n\n为加快发展，制定本方案。\n",
        "澜江市新材料产业高质量发展\n1. 三年行动方案\n\n为加快发展，制定本方案。\n",
    ],
)
def test_a_headline_and_what_stands_below_it_are_no_title_of_two_lines(head: str) -> None:
    first, second = [line.strip() for line in head.split("\n") if line][:2]
    assert not [line for text in texts(head) for line in text.split("\n") if first + second in line]


def test_an_article_goes_on_where_its_short_title_is_used_again() -> None:
    issued = "日前，无锡市印发《无锡市某某方案》（以下简称《某某方案》）。"
    first = f"无锡印发方案\n\n本报讯（记者 王一）{issued}\n\n"
    other = "江阴举办展会\n\n本报讯（记者 李二）昨日，江阴市举办展会。\n\n（记者 李二）\n\n"
    rest = "强化要素支撑\n\n《某某方案》提出，建设云湖平台。\n"
    both = texts(first + other + rest)
    assert len(both) == 2
    assert "云湖平台" in both[0] and "江阴" not in both[0]
    assert len(texts(other + rest)) == 2  # nobody has said what the short title stands for


def test_quotes_of_the_exchange_are_left_out_of_what_is_read_but_not_of_places() -> None:
    text = "甲某控股(4.130, -0.05, -1.20%)有限公司（600208.SH）与乙大学签约，增长(5.2%)。"
    (article,) = segment(Document("d", "d", text), load())
    assert article.text == "甲某控股有限公司与乙大学签约，增长（5.2%）。\n"
    start = article.text.index("有限")
    assert text[article.span(start, start + 4).start :].startswith("有限公司（600208.SH）")
