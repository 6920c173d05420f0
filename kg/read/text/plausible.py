"""A decoded text in, how much it looks like Chinese out."""

from __future__ import annotations

import re

# Characters that make up most of any Chinese text: from public frequency lists of
# simplified and traditional Chinese, with those that notices and news are full of.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方"
    "后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它"
    "合还因由其些然前外天政四日社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只"
    "没结解问意建月公无系军情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流"
    "路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百"
    "规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真"
    "务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广记需段研界律究观织装影算"
    "低持音众书布复容际商非验连断深难近千周委技备半办青省列响约支般史感劳便团历市克何除消构府称准精值号率族维划选"
    "标写存候亲快效院查江型眼格养置派层片始专状育厂京识适属包住调满县局照参细引该价严街镇村企投亿园户项目升圳州"
    "這為個國時來們對會發動過說產種後學經進著裡現實體機當點從業應開還義間樣與關線內數質氣變條沒結題黨員總設長頭資"
    "邊統見計別論運農區強決戰則據處隊給門規熱領東導壓爭濟階術極聯認權證單風車務萬達積議聲報類離華張馬節話溫傳許廣"
    "記觀織裝眾書復際驗連斷難礦備辦約勞團歷構稱準選寫親號維劃標識專狀廠滿縣參細該價嚴億項園戶鎮區臺灣"
    "，。、：；“”（）《》「」『』　〔〕"
)
_WORD = re.compile(r"[^\x00-\x7f]")
_BROKEN_COSTS = 10.0  # one broken character in ten outweighs any plausibility


def plausibility(text: str) -> float:
    """How much a text looks like Chinese: 0 for none, about 0.6 for news, below 0 if broken.

    >>> plausibility("合计投资30亿元") > 0.8 > 0.1 > plausibility("锟斤拷烫烫烫")
    True
    """
    high = _WORD.findall(text)
    if not high:
        return 0.0
    broken = text.count("\ufffd") / len(text)
    return sum(char in COMMON for char in high) / len(high) - _BROKEN_COSTS * broken
