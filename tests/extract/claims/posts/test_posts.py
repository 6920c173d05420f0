"""Who works where, and as what: posts before a name and after it, and bylines."""

from __future__ import annotations

import pytest

from kg.ontology import load
from tests.testing.reading import linked, read

ONTOLOGY = load()


@pytest.mark.parametrize(
    ("text", "works"),
    [
        # The paper right before 记者, and both of two.
        (
            "（澜江日报、澜报全媒体记者 王小明 李晓雨）",
            {("王小明", "澜江日报"), ("王小明", "澜报全媒体"), ("李晓雨", "澜江日报")}
            | {("李晓雨", "澜报全媒体")},
        ),
        # The paper of the dateline, for names in brackets and for those behind the story.
        ("人民网云桥8月1日电 (曾小慧)会议召开。", {("曾小慧", "人民网")}),
        (
            "会议召开。澜江新闻记者 王小明 实习生 李晓雨 编辑 赵可可",
            {("王小明", "澜江新闻"), ("李晓雨", "澜江新闻"), ("赵可可", "澜江新闻")},
        ),
        # The paper before a reporter in brackets, whatever it is called, and all who sign.
        (
            "【澜河财立方 记者 王小明】会议召开。责编:李晓雨 | 审校:赵可可",
            {("王小明", "澜河财立方"), ("李晓雨", "澜河财立方"), ("赵可可", "澜河财立方")},
        ),
        (
            "会议召开。作者：王小明编辑：李晓雨*澜汇独家稿件",
            {("王小明", "澜汇"), ("李晓雨", "澜汇")},
        ),
        (
            "云澜消费者报长沙讯\xa0（王小明 记者李晓雨）近日，",
            {("王小明", "云澜消费者报"), ("李晓雨", "云澜消费者报")},
        ),
        ("澜江消息网7月27日报道 会议召开。（编译/王小明）", {("王小明", "澜江消息网")}),
        # Who sends in a story is none of the paper's, wherever the name is signed.
        (
            "□ 澜江日报记者 王小明 通讯员 李晓雨\n会议召开。（王小明 李晓雨）",
            {("王小明", "澜江日报")},
        ),
        # Not whom a reporter met.
        ("澜江新闻记者采访中，董事长王小明到场。", set()),
        ("澜江新闻记者 李晓雨 摄副总经理王小明讲话。", {("李晓雨", "澜江新闻")}),
    ],
)
def test_a_reporter_works_for_the_paper_of_the_byline(
    text: str, works: set[tuple[str, str]]
) -> None:
    assert linked(text, "worksFor") == works


@pytest.mark.parametrize(
    ("text", "works"),
    [
        # The committee of a company consists of its people; that of a place is a body.
        ("云澜集团党委委员、副总经理王小明表示。", {("王小明", "云澜集团")}),
        ("云澜街道党工委书记王小明表示。", {("王小明", "云澜街道")}),
        ("无锡市委书记王小明表示。", {("王小明", "无锡市委")}),
        # A body does not begin with the post of someone before it, or with the taking of one.
        ("云桥集团副总经理王小明代表双方签约。", {("王小明", "云桥集团")}),
        ("市审计局局长马小霞向市人大常委会作报告。", {("马小霞", "市审计局")}),
    ],
)
def test_a_body_ends_where_a_post_begins(text: str, works: set[tuple[str, str]]) -> None:
    assert linked(text, "worksFor") == works


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        # One post after another, each of the body before it.
        (
            "王小明历任无锡市科技局处长、副局长，2017年调任无锡市副市长。",
            {("处长", "无锡市科技局"), ("副局长", "无锡市科技局"), ("副市长", "无锡市")},
        ),
        ("大会选举王小明为无锡市市长。", {("市长", "无锡市")}),
        ("王小明是无锡市财政局的一名干部。", {("干部", "无锡市财政局")}),
        ("近日，滨湖区长王小明出席。", {("区长", "滨湖区")}),
        # A body that is not known holds its own post, and those before it are told all the same.
        (
            "无锡市副市长、云湖陶艺协作园管委会主任王小明出席。",
            {("副市长", "无锡市"), ("管委会主任", "无锡市")},
        ),
        (
            "云桥集团有限公司副院长兼智能陶艺开发院院长王小明出席。",
            {("副院长", "云桥集团有限公司"), ("院长", "智能陶艺开发院")},
        ),
        ("云澜检测联盟成立，联盟首任主席王小明致辞。", {("首任主席", "云澜检测联盟")}),
    ],
)
def test_posts_are_told_of_whom_they_belong_to(text: str, posts: set[tuple[str, str]]) -> None:
    mine = {value for who, value in linked(text, "role") if who == "王小明"}
    assert mine == {role for role, _ in posts}
    assert {body for who, body in linked(text, "worksFor") if who == "王小明"} == {
        body for _, body in posts
    }


def people(text: str) -> set[str]:
    return {e.name for e in read(text).entities if e.type == "Person"}


def employed(text: str) -> set[tuple[str, str]]:
    return linked(text, "worksFor")


def test_a_common_noun_before_a_post_means_the_body_that_the_text_is_about() -> None:
    a, b = "云桥科技有限公司", "海芯集团有限公司"
    text = f"{a}是{b}的子公司。公司董事长王小明表示，将扩大生产。"
    assert employed(text) == {("王小明", a)}
    assert employed(text.replace("公司董事长", "据该公司董事长")) == {("王小明", a)}
    assert not employed(f"{a}是{b}的子公司。协会会长王小明表示，将扩大生产。")


def test_a_post_that_is_given_is_of_the_body_that_has_such_posts() -> None:
    a, b = "云桥科技有限公司", "海芯集团有限公司"
    text = f"云澜数据联盟揭牌。联盟秘书长由{a}副总裁王小明兼任。"
    assert employed(text) == {("王小明", a), ("王小明", "云澜数据联盟")}
    text = f"{a}是{b}的子公司，董事长由{b}副总经理王小明兼任。"
    assert employed(text) == {("王小明", a), ("王小明", b)}


def test_who_stands_right_behind_a_body_works_for_it() -> None:
    assert employed("成果由云桥科技有限公司王小明等人完成。") == {("王小明", "云桥科技有限公司")}
    assert employed("云澜大学王小明教授介绍。") == {("王小明", "云澜大学")}
    assert not people("云澜大学荣誉教授聘任仪式举行。")


def test_who_is_met_in_the_workshop_of_a_company_works_for_it() -> None:
    there = "云桥科技有限公司的焊接车间"
    assert employed(f"在{there}，班长王小明介绍了新设备。") == {("王小明", "云桥科技有限公司")}
    assert employed(f"在{there}，市长王小明听取了介绍。") == set()


def test_a_place_and_the_end_of_a_body_employ_nobody() -> None:
    assert not employed("无锡某水务站主任王小明出席。")
    assert employed("无锡市领导王小明出席。") == {("王小明", "无锡市")}


def test_a_person_in_a_list_is_no_company() -> None:
    text = "活动期间，陈国兴、云澜中旅集团董事长王小明等参观。"
    assert employed(text) == {("王小明", "云澜中旅集团")}


def test_a_committee_named_short_is_the_one_named_before() -> None:
    assert employed("无锡市委常委、市委秘书长王小明说。") == {("王小明", "无锡市委")}


def test_words_that_a_segmenter_takes_for_names_are_none() -> None:
    assert not people("90余家企业负责人齐聚云澜，举办建筑师沙龙。")


def test_an_envoy_is_of_the_country_that_sends_him() -> None:
    assert employed("中国驻南非大使王小明致辞。") == {("王小明", "中国")}
    assert employed("南非驻华大使王小明致辞。") == {("王小明", "南非")}
    assert employed("无锡市科技局副局长王小明说。") == {("王小明", "无锡市科技局")}


def test_the_short_word_for_a_deputy_manager_is_a_post() -> None:
    assert linked("云桥科技有限公司副总李晓雨表示满意。", "role") == {("李晓雨", "副总")}
    assert linked("云桥科技有限公司副总裁李晓雨表示满意。", "role") == {("李晓雨", "副总裁")}


def test_a_body_is_known_by_the_post_and_the_person_behind_it() -> None:
    body = "云澜省低空航线联合调度管理委员会"
    assert employed(f"会上，{body}主任王小明介绍情况。") == {("王小明", body)}
    # One who takes on a post is no part of the body's name.
    assert "王小明" in people("会上，王小明出任无锡市教育局局长，李晓雨主持会议。")
    assert not employed("会上，该局局长王小明介绍情况。")


def test_the_delegates_of_many_are_not_the_next_person() -> None:
    text = "龙头企业代表，云桥科技有限公司董事长王小明出席。"
    assert linked(text, "role") == {("王小明", "董事长")}
    assert linked("会上，企业代表王小明发言。", "role") == {("王小明", "代表")}


def test_papers_with_a_point_between_them_are_two() -> None:
    text = "今天，大会在无锡市举行。（云岭日报·云岭网 记者王小明）"
    assert employed(text) == {("王小明", "云岭日报"), ("王小明", "云岭网")}


def test_who_deals_with_a_country_does_not_work_for_it() -> None:
    assert ("王小明", "中国") not in employed("云湖联合会中国事务代表王小明出席。")


@pytest.mark.parametrize("comes", ["走进", "来到", "在", "步入"])
@pytest.mark.parametrize("part", ["", "的生产车间", "展厅"])
@pytest.mark.parametrize("post", ["总经理", "车间主任", "公司技术负责人"])
def test_who_is_met_at_a_body_works_there(comes: str, part: str, post: str) -> None:
    text = f"{comes}云澜科技有限公司{part}，{post}王小明正在巡查设备。"
    assert ("王小明", "云澜科技有限公司") in employed(text)


def test_who_visits_a_body_does_not_work_there() -> None:
    for text in (
        "在云澜科技有限公司，省长王小明考察了生产线。",
        "走进云澜科技有限公司，江畔集团总经理王小明参观了展厅。",
    ):
        assert ("王小明", "云澜科技有限公司") not in employed(text)


def test_a_name_ends_before_what_somebody_made() -> None:
    assert employed("听取云澜大学教授曹云所作的讲座。") == {("曹云", "云澜大学")}
    assert not employed("（云湖日报记者 整理）")


@pytest.mark.parametrize(
    "who", ["市发改委、市财政局", "市发改委，市财政局有关负责人", "市发改委安全"]
)
def test_bodies_alone_sit_at_a_meeting_without_a_name(who: str) -> None:
    assert not [e for e in read(f"列席：{who}。").entities if e.type == "Person"]


@pytest.mark.parametrize(
    "many", ["主要负责同志", "负责同志", "主要负责人", "有关负责人", "相关领导"]
)
@pytest.mark.parametrize("next_", ["云澜大学科技处处长", "云桥控股集团董事长"])
def test_those_whom_nobody_names_are_not_the_next_person(many: str, next_: str) -> None:
    text = f"市政府秘书长侯勇，滨湖区{many}，{next_}童伟参加活动。"
    works = linked(text, "worksFor")
    assert ("侯勇", "市政府") in works
    assert not {("童伟", "滨湖区"), ("侯勇", "滨湖区")} & works
    assert any(who == "童伟" for who, _ in works)


def test_who_answers_for_a_body_may_be_named() -> None:
    works = linked("云澜科技有限公司主要负责人王小明介绍。", "worksFor")
    assert works == {("王小明", "云澜科技有限公司")}


@pytest.mark.parametrize(
    "life",
    [
        "女，",
        "男，汉族，1970年5月生，中共党员，",
    ],
)
@pytest.mark.parametrize("post", ["主任医师", "副院长、教授"])
def test_a_profile_tells_sex_and_birth_before_the_post(life: str, post: str) -> None:
    works = linked(f"陆秋月，{life}江海大学附属医院{post}。", "worksFor")
    assert works == {("陆秋月", "江海大学附属医院")}


ROLL = (
    ("王春兰　县第一中学教师", "王春兰", "县第一中学"),
    ("孙　浩　县职业技术教育中心专业课教师", "孙浩", "县职业技术教育中心"),
    ("何玉梅（女）　青山镇初级中学高级教师", "何玉梅", "青山镇初级中学"),
    ("欧阳建国 云澜科技有限公司车间主任", "欧阳建国", "云澜科技有限公司"),
)


@pytest.mark.parametrize(
    "line", ["滨湖区 市政府重点项目负责人", "附件 县第一中学教师", "先进 县第一中学教师"]
)
def test_what_is_no_name_opens_no_line_of_such_a_list(line: str) -> None:
    assert not [e for e in read(f"名单\n{line}\n{line}\n").entities if e.type == "Person"]


@pytest.mark.parametrize("school", ["宜兴市第一中学", "宜兴市云湖中学", "宜兴市实验小学"])
@pytest.mark.parametrize("says", ["教师王红说。", "老师王红表示，很好。", "教师王红、李明参加。"])
def test_who_teaches_is_of_the_school_and_not_of_the_city(school: str, says: str) -> None:
    works = linked(school + says, "worksFor")
    assert ("王红", school) in works
    assert {body for _, body in works} == {school}


@pytest.mark.parametrize("goes_on", ["教师资格，可以报名", "教师培训，共120人", "老师们说"])
def test_teachers_of_a_kind_of_school_name_none(goes_on: str) -> None:
    found = read(f"宜兴市农村小学{goes_on}。").entities
    assert not [e for e in found if e.type == "Organisation"]
