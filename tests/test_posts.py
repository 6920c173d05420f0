"""Who works where, and as what: posts before a name and after it, and bylines."""

from __future__ import annotations

from functools import lru_cache

import pytest

from kg.ontology import load
from tests.reading import read

ONTOLOGY = load()


@lru_cache(maxsize=64)
def linked(text: str, predicate: str) -> set[tuple[str, str]]:
    reading = read(text)
    return {
        (
            reading.entities[c.subject].name,
            reading.entities[c.object].name
            if c.object is not None
            else (c.value.lexical if c.value else ""),
        )
        for c in reading.claims
        if c.predicate == predicate and not c.denied
    }


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
            "人民网云桥8月1日电 会议召开。(周小恬、黄小静)",
            {("周小恬", "人民网"), ("黄小静", "人民网")},
        ),
        # The paper whose reporters the article speaks of, for its editors and its interns.
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
        ("王小明，男，汉族。他曾任云桥电子研究所所长。", {("王小明", "云桥电子研究所")}),
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
        (
            "王小明，男，汉族。曾任无锡市科技局局长，云桥集团有限公司总经理等职。",
            {("局长", "无锡市科技局"), ("总经理", "云桥集团有限公司")},
        ),
        ("王小明接替李晓雨，出任无锡市科技局局长。", {("局长", "无锡市科技局")}),
        ("大会选举王小明为无锡市市长。", {("市长", "无锡市")}),
        ("卸任无锡市委书记的王小明出席。", {("书记", "无锡市委")}),
        ("王小明，云桥集团有限公司董事长。", {("董事长", "云桥集团有限公司")}),
        ("王小明是无锡市财政局的一名干部。", {("干部", "无锡市财政局")}),
        ("云桥集团有限公司的法人代表为王小明。", {("法人代表", "云桥集团有限公司")}),
        # The mayor's seat is the city, whose party committee stands before it.
        ("无锡市委副书记、市长王小明出席。", {("副书记", "无锡市委"), ("市长", "无锡市")}),
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


def test_a_post_is_not_of_whom_it_is_not_told() -> None:
    # The next name holds the last post; nobody manages a city; a clause about a place is no career.
    told = "王小明任云桥集团有限公司董事长，云桥科技有限公司总经理李晓雨出席。"
    assert linked(told, "worksFor") == {
        ("王小明", "云桥集团有限公司"),
        ("李晓雨", "云桥科技有限公司"),
    }
    assert linked("无锡市总经理王小明出席。", "worksFor") == set()
    assert linked("王小明出席。无锡市历史悠久，曾任苏南区首府。", "role") == set()
    assert linked("62岁的村民王小明打开手机。", "role") == set()
    # Who is replaced takes nothing on, and an association is no city.
    taken = linked("王小明接替李晓雨，出任无锡市科技局局长。", "role")
    assert taken == {("王小明", "局长")}
    assert linked("无锡市质量联副会长王小明出席。", "worksFor") == set()


def people(text: str) -> set[str]:
    return {e.name for e in read(text).entities if e.type == "Person"}


def employed(text: str) -> set[tuple[str, str]]:
    return linked(text, "worksFor")


def test_a_post_without_a_body_is_of_the_body_told_before() -> None:
    assert ("李一", "云澜大学") in employed("云澜大学党委书记王小明、校长李一出席。")
    assert ("李一", "云澜大学") in employed("云澜大学党委书记王小明主持会议，校长李一出席。")
    # A bureau has no president, and brackets may hold the body that is not known.
    assert ("李一", "云澜市财政局") not in employed("云澜市财政局局长王小明、校长李一出席。")
    text = "云澜大学党委书记王小明与海芯研修地（云澜）校长李一出席。"
    assert ("李一", "云澜大学") not in employed(text)


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


def test_a_unit_between_a_body_and_a_post_leaves_the_employer() -> None:
    text = "云桥科技有限公司智能网联汽车业务板块总监王小明出席。"
    assert employed(text) == {("王小明", "云桥科技有限公司")}
    text = "云桥科技有限公司总裁李晓雨、战略部总监王小明出席。"
    assert ("王小明", "云桥科技有限公司") in employed(text)
    assert not employed("云桥科技有限公司在会上感谢支持研发的老部下总监王小明。")


def test_the_leaders_of_the_city_are_of_the_city_that_speaks() -> None:
    text = "无锡市召开会议。市领导王小明、李晓雨出席活动。"
    assert employed(text) == {("王小明", "无锡市"), ("李晓雨", "无锡市")}
    assert not employed("会议召开。市领导王小明出席活动。")


def test_who_stands_right_behind_a_body_works_for_it() -> None:
    assert employed("成果由云桥科技有限公司王小明等人完成。") == {("王小明", "云桥科技有限公司")}
    assert employed("云澜大学王小明教授介绍。") == {("王小明", "云澜大学")}
    assert not people("云澜大学荣誉教授聘任仪式举行。")


def test_who_is_met_in_the_workshop_of_a_company_works_for_it() -> None:
    there = "云桥科技有限公司的焊接车间"
    assert employed(f"在{there}，班长王小明介绍了新设备。") == {("王小明", "云桥科技有限公司")}
    assert employed(f"在{there}，市长王小明听取了介绍。") == set()


def test_a_list_of_nothing_but_names_opens_a_clause() -> None:
    assert people("会议召开。王小明、李晓雨出席。") == {"王小明", "李晓雨"}
    assert not people("会议召开。安全、管理等工作启动。")


def test_a_title_behind_a_name_tells_a_person() -> None:
    assert linked("会上，王立民教授就人工智能作报告。", "role") == {("王立民", "教授")}
    # The title of one is not that of the next.
    text = "会上，王立民院士，云桥科技有限公司总经理李晓雨分别发言。"
    assert linked(text, "role") == {("王立民", "院士"), ("李晓雨", "总经理")}


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


def test_a_branch_or_a_project_between_a_body_and_a_post_leaves_the_employer() -> None:
    assert employed("云桥科技有限公司中国区总裁王小明说。") == {("王小明", "云桥科技有限公司")}
    assert employed("云桥科技有限公司无锡项目经理王小明说。") == {("王小明", "云桥科技有限公司")}
    # The mayor of a place is none of a company's.
    text = "考察团走访云桥科技有限公司，无锡市副市长李晓雨陪同。"
    assert employed(text) == {("李晓雨", "无锡市")}


def test_a_mayor_is_of_the_city_whose_committee_the_sentence_names() -> None:
    text = "北京市发布消息，无锡市委书记王小明，市委常委、副市长李晓雨出席。"
    assert ("李晓雨", "无锡市") in employed(text)
    assert ("李晓雨", "北京市") not in employed(text)
    # Two committees leave it open.
    text = "无锡市委书记王小明与常州市委书记张大同会谈，副市长李晓雨参加。"
    assert "李晓雨" not in {who for who, _ in employed(text)}


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


def test_a_department_named_behind_a_person_is_of_the_same_company() -> None:
    company = "云桥科技有限公司"
    text = f"{company}副总裁王小明、解决方案技术部总经理李晓雨来访。"
    assert employed(text) == {("王小明", company), ("李晓雨", company)}
    # A body of its own is not of the company.
    text = f"{company}副总裁王小明、无锡市科技局局长李晓雨出席。"
    assert employed(text) == {("王小明", company), ("李晓雨", "无锡市科技局")}


@pytest.mark.parametrize("first", ["书记", "副书记", "委员"])
@pytest.mark.parametrize("then", ["主任", "副主任", "常务副主任"])
def test_a_zone_s_committees_share_their_heads(first: str, then: str) -> None:
    zone = "滇中新区"
    told = {("王小明", f"{zone}党工委"), ("王小明", f"{zone}管委会")}
    assert employed(f"{zone}党工委{first}、管委会{then}王小明表示，项目进展顺利。") == told
    text = f"{zone}党工委{first}李晓雨、管委会{then}王小明参加活动。"
    assert employed(text) == {("李晓雨", f"{zone}党工委"), ("王小明", f"{zone}管委会")}


@pytest.mark.parametrize(
    ("post", "body"),
    [
        ("宣传部部长", "无锡市委宣传部"),
        ("组织部部长", "无锡市委组织部"),
        ("政法委书记", "无锡市委政法委"),
        ("纪委书记", "无锡市纪委"),
    ],
)
def test_a_department_of_the_committee_that_a_post_before_it_names(post: str, body: str) -> None:
    told = {("王小明", "无锡市委"), ("王小明", body)}
    assert employed(f"无锡市委常委、{post}王小明出席。") == told


def test_each_of_several_posts_is_of_its_own_body() -> None:
    text = "由南澜传媒有限公司副总经理、云澜人民出版社社长王小明介绍情况。"
    assert employed(text) == {("王小明", "南澜传媒有限公司"), ("王小明", "云澜人民出版社")}
    text = "毕马威中国副首席执行官王小明出席。"
    assert employed(text) == {("王小明", "毕马威中国")}


def test_papers_with_a_point_between_them_are_two() -> None:
    text = "今天，大会在无锡市举行。（云岭日报·云岭网 记者王小明）"
    assert employed(text) == {("王小明", "云岭日报"), ("王小明", "云岭网")}


def test_the_second_of_two_who_sign_is_of_the_other_party() -> None:
    text = "云澜集团总经理王小明主持。省云湖基金会秘书长李晓雨和王小明代表双方签约。"
    assert employed(text) == {("王小明", "云澜集团"), ("李晓雨", "省云湖基金会")}


def test_who_deals_with_a_country_does_not_work_for_it() -> None:
    assert ("王小明", "中国") not in employed("云湖联合会中国事务代表王小明出席。")


def test_the_next_department_is_of_the_same_committee() -> None:
    text = "无锡市委常委、组织部部长李晓雨和宣传部部长王小明出席。"
    assert ("王小明", "无锡市委宣传部") in employed(text)
    assert ("王小明", "无锡市委组织部") not in employed(text)


@pytest.mark.parametrize("title", ["博士", "教授", "院士", "先生"])
def test_a_title_behind_a_name_is_not_the_next_one_s(title: str) -> None:
    text = f"云澜集团总裁王小明{title}、副总裁李晓雨出席签约。"
    assert employed(text) == {("王小明", "云澜集团"), ("李晓雨", "云澜集团")}
    assert linked(text, "role") >= {("王小明", "总裁"), ("李晓雨", "副总裁")}
    assert ("李晓雨", title) not in linked(text, "role")


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
    ("body", "post", "other"),
    [("云澜科技有限公司", "总经理", "局长"), ("无锡市科技局", "局长", "校长")],
)
def test_a_post_that_opens_a_sentence_is_of_the_body_before(
    body: str, post: str, other: str
) -> None:
    assert employed(f"{body}位于无锡市。{post}王小明表示，将扩大规模。") == {("王小明", body)}
    assert not employed(f"{body}位于无锡市。{other}王小明表示，将扩大规模。")


def test_who_held_a_post_then() -> None:
    assert employed("时任无锡市市长的王小明提出方案。") == {("王小明", "无锡市")}


def test_whose_post_is_told_by_a_verb_and_the_next_one_s() -> None:
    text = "现任无锡市委书记为沈一鸣，今年到任。现任无锡市科技局副局长、党组成员王小明获提名。"
    assert employed(text) == {("沈一鸣", "无锡市委"), ("王小明", "无锡市科技局")}


@pytest.mark.parametrize("label", ["列席", "参加人员", "出席会议人员", "参会单位", "到会领导"])
@pytest.mark.parametrize("stop", ["，", "、", "；"])
def test_who_sat_at_a_meeting_is_of_the_body_before(label: str, stop: str) -> None:
    text = (
        f"会议纪要\n{label}：市审计局周敏{stop}江苏云澜水务有限公司冯涛{stop}市财政局赵琳、王刚\n"
    )
    assert linked(text, "worksFor") == {
        ("周敏", "市审计局"),
        ("冯涛", "江苏云澜水务有限公司"),
        ("赵琳", "市财政局"),
        ("王刚", "市财政局"),
    }


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


@pytest.mark.parametrize("when", ["2008年", "2008年3月"])
@pytest.mark.parametrize("firm", ["云帆重工集团有限公司", "云桥科技有限公司"])
def test_when_a_post_was_taken_stands_before_it(when: str, firm: str) -> None:
    assert linked(f"方正平{when}任{firm}总经理。", "worksFor") == {("方正平", firm)}


@pytest.mark.parametrize("life", ["女，", "男，汉族，1970年5月生，中共党员，", ""])
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


@pytest.mark.parametrize("turned", [1, -1])
def test_each_line_of_a_list_of_honours_tells_of_one_person(turned: int) -> None:
    lines = "\n".join(line for line, _, _ in ROLL[::turned])
    works = linked(f"附件：先进个人名单\n{lines}\n", "worksFor")
    assert works == {(who, body) for _, who, body in ROLL}


@pytest.mark.parametrize(
    "line", ["滨湖区 市政府重点项目负责人", "附件 县第一中学教师", "先进 县第一中学教师"]
)
def test_what_is_no_name_opens_no_line_of_such_a_list(line: str) -> None:
    assert not [e for e in read(f"名单\n{line}\n{line}\n").entities if e.type == "Person"]


@pytest.mark.parametrize("when", ["2008年", "2008年3月"])
@pytest.mark.parametrize("firm", ["江海云澜重工集团有限公司", "云帆重工集团有限公司"])
def test_the_verb_of_taking_a_post_is_no_part_of_the_body(when: str, firm: str) -> None:
    names = {e.name for e in read(f"{when}任{firm}总经理。").entities}
    assert firm in names
    assert not {n for n in names if n.startswith("任")}


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
