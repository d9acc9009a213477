"""Wire services: who signs what others print.

They stand in datelines and bylines of all outlets, so they are known by name; an agency that
is not in the list is known by its look (`dateline`).
"""

from __future__ import annotations

from index.parse.titles import folded

__all__ = ["AGENCIES"]

NAMES = """
    aap|australian associated press|aa|adnkronos|afp|afp news|agence france-presse|agi|ani|anadolu|
    anadolu agency|anadolu ajansı|anp|ansa|agerpres|agência brasil|agência lusa|agência estado|
    antara|ap|apa|apn|associated press|the associated press|azertac|belga|bernama|bloomberg|bta|
    canadian press|the canadian press|cna|cp|ctk|čtk|deutsche presse-agentur|dha|
    demirören haber ajansı|dpa|dpa-afx|efe|agencia efe|agencia télam|estadão conteúdo|folhapress|
    elta|leta|jiji press|press trust of india|ihlas haber ajansı|ritzaus bureau|xinhua news agency|
    yonhap news agency|epd|europa press|hina|ians|iha|ina|interfax|ips|irna|jiji|kcna|keystone-sda|
    kna|kuna|kyodo|kyodo news|lapresse|lusa|mena|mti|nan|ntb|ots|pa|pa media|pap|petra|pna|
    prensa latina|pti|qna|reuters|ria|ria novosti|ritzau|sana|sapa|sda|sid|spa|sputnik|stt|tanjug|
    tass|tasr|télam|thomson reuters|tt|ukrinform|uni|unian|upi|vna|wam|xinhua|yonhap|
    тасс|риа новости|интерфакс|укрінформ|уніан|бта|танјуг|
    新华社|新華社|中新社|中新网|中央社|共同|共同通信|時事|時事通信|ロイター|
    연합뉴스|뉴시스|뉴스1|رويترز|أ ف ب|واس|وام|د ب أ
"""

# Folded (`titles.folded`): no case, spaces and punctuation.
AGENCIES = frozenset(folded(name) for name in NAMES.split("|"))
