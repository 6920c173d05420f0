"""A request in, the language of its answer out: ``zh`` or ``en``.

Pages speak Chinese until somebody asks for English; then a cookie remembers it. Programs are told
in English unless their ``Accept-Language`` prefers Chinese.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request

LANGUAGES = ("zh", "en")
COOKIE = "kg_language"
A_YEAR = 366 * 24 * 3600


def of_page(request: Request) -> str:
    """The language of a page: what its address asks for, else what was asked for before."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if wanted in LANGUAGES:
            return str(wanted)
    return LANGUAGES[0]


def of_reason(accepted: str) -> str:
    """The language of a reason, by an ``Accept-Language``: the first that is known here.

    >>> of_reason("zh-CN,zh;q=0.9,en;q=0.8"), of_reason("fr, en;q=0.5, zh;q=0.1"), of_reason("")
    ('zh', 'en', 'en')
    """
    for part in accepted.lower().split(","):
        name = part.partition(";")[0].strip().partition("-")[0]
        if name in LANGUAGES:
            return name
    return LANGUAGES[1]


def language_cookie(language: str) -> str:
    """The header ``Set-Cookie`` that remembers a language; scripts of the pages read it too."""
    return f"{COOKIE}={language}; Path=/; Max-Age={A_YEAR}; SameSite=Strict"
