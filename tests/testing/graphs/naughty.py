"""Texts that break programs, and markup that would run if any page took it for markup.

Both are made here by kinds. What runs calls ``fired``: it sets ``window.fired``, which no page
here sets, or asks the host HOST, which no page here asks.
"""

from __future__ import annotations

from itertools import product

HOST = "https://fired.invalid/"
RUN = "window.fired=1"
# What runs, or asks, where it stands as markup.
VECTORS = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<img src=x onerror='{RUN}'>",
    f'<img src="x" onerror="{RUN}">',
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f'<iframe src="javascript:parent.{RUN}"></iframe>',
    f"<details open ontoggle={RUN}>x</details>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<video src=x onerror={RUN}></video>",
    f"<object data=x onerror={RUN}></object>",
    f"<link rel=stylesheet href=x onerror={RUN}>",
    f"<style onload={RUN}>a{{}}</style>",
    f"<body onload={RUN}>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<image src=x onerror={RUN}>",
    "<img src=x:x onerror=eval(atob('d2luZG93LmZpcmVkPTE='))>",
    f"<IMG SRC=x ONERROR={RUN}>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"<img\nsrc=x\nonerror={RUN}\n>",
    "<img src=x onerror=&#119;indow.fired=1>",
    f"<img src={HOST}a.png>",
    f"<link rel=stylesheet href={HOST}a.css>",
    f"<style>@import '{HOST}b.css';</style>",
    f"<iframe src={HOST}></iframe>",
    f"<script src={HOST}a.js></script>",
    f'<p style="background:url({HOST}c.png)">x</p>',
    "<script>alert(1)</script>",
    "<img src=x onerror=confirm(1)>",
    f"<a href='javascript:void({RUN})' id=a>x</a><script>a.click()</script>",
)
# What breaks out of where a text may stand: an attribute, a script, a comment, an element.
BEFORE = ("", "\"'>", "</script>", "--></textarea></title></style>")
PAYLOADS = tuple(
    dict.fromkeys(
        [
            *(before + vector for before, vector in product(BEFORE, VECTORS)),
            f"';{RUN};//",
            f'";{RUN};//',
            f"\\';{RUN};//",
            f"`;{RUN};//",
            f"${{{RUN}}}",
            f"\u2028{RUN}\u2028",
            f"javascript:void({RUN})",
            f"{{{{constructor.constructor('{RUN}')()}}}}",
            f'" onmouseover="{RUN}" onfocus="{RUN}" autofocus x="',
            f"]]><script>{RUN}</script><![CDATA[",
            f"&lt;script&gt;{RUN}&lt;/script&gt;",
            f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
            f"%3Cscript%3E{RUN}%3C/script%3E",
            f"<!--<script>{RUN}//-->",
            f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
        ]
    )
)

_LINE = (
    "undefined undef null NULL nil NIL None none true false True FALSE hasOwnProperty then "
    "constructor __proto__ prototype toString valueOf isPrototypeOf __defineGetter__ "
    "__lookupSetter__ length name default class function return this window document location "
    "NaN Infinity -Infinity INF -0 0 1 00 01 0x0 0xffffffff 0b1 1e1000 1E-400 1/0 0/0 1.0 1. .1 "
    "$1.00 1,000.00 1.000,00 1'000 999999999999999999999999 -9223372036854775808 ０１２ ١٢٣ 一二三 "
    "SELECT DROP UNION SERVICE LOAD a kg: rdf:type ?x $x _:b @zh ^^xsd:int <> () [] {} . ; , # "
    "CON PRN AUX NUL COM1 LPT1 desktop.ini .. ../.. /etc/passwd C:\\ \\\\host\\share file:///x ~ "
    "~root $HOME %HOME% %s %d %n %x%x%x %@ {0} {name} ${x} #{x} {{x}} {%x%} <%=x%> [[x]] $(id) "
    "`id` |id ;id &&id ||id >x <x * ? ! !! - -- --help -rf +1 =1+1 =A1 @SUM(1) \t=1 '=1 \"=1 "
    "=HYPERLINK(\"x\") =cmd|'/C\tcalc'!A0 '; '-- ' OR '1'='1 \" OR 1=1-- 1;DROP TABLE x--"
)
_WORDS = tuple(_LINE.split(" "))
_SIGNS = tuple("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿×÷‘’“”„†‡•…‰‹›€™")
# Alone and within a word: spaces of all sorts, marks of direction, joiners, what is no character.
_UNSEEN = tuple(
    "\u00a0\u00ad\u034f\u061c\u115f\u1680\u180e\u2000\u2003\u2007\u2009\u200a\u200b\u200c\u200d"
    "\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2061\u2066\u2067"
    "\u2068\u2069\u206a\u206f\u3000\u3164\ufe0f\ufeff\ufff9\ufffc\ufffd\ufffe\uffff\U000e0001"
    "\U000e0041\U0001d173\U0010ffff\x01\x02\x07\x08\x0b\x0c\x0e\x1b\x1f\x7f\x80\x85\x9f"
)
_SCRIPTS = (
    "田中さんにあげて下さい",
    "パーティーへ行かないか",
    "사회과학원 어학연구소",
    "찦차를 타고 온 펲시맨",
    "𠜎𠜱𠝹𠱓𠱸𠲖𠳏",
    "𪚥𪛔㐀鿿",
    "⺠⽬⼤豈更",
    "ﷺ ﷽",
    "הָיְתָה test الصفحات",
    "بِسْمِ اللَّهِ",
    "ЁЂЃЄЅІЇЈ",
    "İıſßẞŉǰΐ",
    "ÅÅÅ",
    "ﬀﬁﬂﬃ",
    "Ω≈ç√∫˜µ≤≥÷",
    "⁰⁴⁵₀₁₂",
    "﹏﹋﹌︵︶",
    "ด้้้้้็็็็็้้้้้",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗L̥̤G̻͎̳O̟̤",
    "T̷o̵ ̶i̴n̸v̷o̶k̵e",
    "ᚻᛖ ᚳᚹᚫᚦ",
    "ˁ˚ᴥ˚ˀ",
    "👨‍👩‍👧‍👦",
    "🏳️‍🌈🇨🇳🇭🇰",
    "👍🏿✋🏻",
    "😀" * 50,
    "1️⃣🈚️㊗️",
    "(╯°□°）╯︵ ┻━┻",
    "｀ｨ(´∀｀∩",
    "ｆｕｌｌｗｉｄｔｈ",
    "𝕿𝖍𝖊 𝓺𝓾𝓲𝓬𝓴",
    "⒯⒣⒠",
    "〔２０２０〕７８号",
    "“‘’”《〈〉》【】",
)
_LONG = (
    "长" * 5000,
    "a" * 5000,
    "a " * 2500,
    "\u0301" * 500,
    "\n" * 300,
    "<" * 1000,
    "\u202e" * 100,
)
_MIXED = tuple(f"云澜市{part}甲某{part}公司" for part in (*_SIGNS, *_UNSEEN, *_WORDS[:80]))
NAUGHTY = tuple(dict.fromkeys([*_WORDS, *_SIGNS, *_UNSEEN, *_SCRIPTS, *_LONG, *_MIXED]))
