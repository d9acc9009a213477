r"""The wording of pages that stand in the way of an article: errors, walls, robot checks.

Strategy: the pages of web servers and of consent, login and robot-check services are few
and say the same everywhere. One alternative a line; `\b` only beside Latin, Greek and
Cyrillic letters, since other scripts have no word ends to find.
"""

from __future__ import annotations

from index.parse.wordlists import any_of

__all__ = [
    "CODE_LINE",
    "CONSENT",
    "CONSENT_WORD",
    "ERROR",
    "LOGIN",
    "MISSING",
    "ROBOT_CHECK",
    "SUBSCRIPTION",
]

# Only such as are seen: "410 people" and "500 jobs" begin sentences.
CODE_LINE = any_of(r"""
    ^(?:http |error |fehler |erreur |http status |error code )?\W?(?P<code>4\d\d|5\d\d)\W*$
    ^(?:http|error|fehler|erreur|(?:http )?status|http error|error code)[ :#-]+(?P<named>[45]\d\d)\b
    ^(?P<client>4\d\d)[ :.–—-]+(?:(?:page )?not found|forbidden|unauthori[sz]ed|gone|bad |too many)
    ^(?P<refused>4\d\d)[ :.–—-]+(?:access|unavailable|method not|request|proxy|error)
    ^(?P<server>5\d\d)[ :.–—-]+(?:internal|server|error|bad |service|gateway|unavailable)
""")
MISSING = any_of(r"""
    \b(?:page|article|file|story|url|document)\b.{0,40}\b(?:not (?:be )?found|no longer available)
    \b(?:page|article|file|story|url|document)\b.{0,40}\bno longer exists
    \b(?:page|article|file|story|url)\b.{0,40}(?:does ?n[o’']t|does not) exist
    \b(?:page|article|file|story|url)\b.{0,40}(?:could not|can ?not|can[’']t) be (?:found|displayed)
    ^(?:page |file |article )?not found\W*$
    can[’']t find (?:the|that|this) page
    \b(?:seite|artikel)\b.{0,30}nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden)
    \b(?:page|article) (?:introuvable|non trouvée?)
    \bpage .{0,30}n[’']existe (?:pas|plus)
    \bpágina (?:no (?:encontrada|existe)|não (?:encontrada|existe))
    \bno se (?:ha )?encontr(?:ó|ado) la página
    \bpagina (?:non trovata|niet gevonden|non esiste)
    \bsidan (?:kunde inte hittas|hittades inte|finns inte)
    \bsiden (?:ble ikke funnet|blev ikke fundet|finnes ikke|findes ikke)
    \bsivua ei löydy
    \bnie znaleziono strony
    \bstrona nie (?:istnieje|została znaleziona)
    \bsayfa bulunamadı
    \bстраница не (?:найдена|существует)
    \bсторінк[уа] не знайдено
    ページが見つかりません|ページは存在しません
    找不到(?:该|頁|页)|页面不存在|頁面不存在
    페이지를 찾을 수 없
    الصفحة غير موجودة
""")
ERROR = any_of(r"""
    ^\W*(?:access )?forbidden\W*$
    \baccess (?:is |was )?denied
    \baccess to this (?:page|site|resource) (?:is|has been) (?:denied|forbidden|blocked)
    \bpermission to access
    \binternal server error
    \bbad gateway
    \bservice (?:temporarily )?unavailable
    \bgateway time-?out
    \btoo many requests
    \b(?:an )?error (?:has )?occurred
    ^\W*(?:oops.{0,5})?something went wrong
    ^\W*(?:sorry|oops|error|fehler|erreur)\W*$
    \b(?:site|page) is (?:under maintenance|temporarily (?:unavailable|offline))
    \bzugriff verweigert
    \baccès (?:refusé|interdit)
    \bacceso denegado
    \bacesso negado
    \baccesso negato
    \btoegang geweigerd
    \båtkomst nekad
    \bдоступ (?:запрещ[её]н|ограничен)
    \bwartungsarbeiten
    \bsite can[’']t be reached
    \bdatabase (?:connection )?error
    \berror establishing a database connection
    アクセスが拒否|拒绝访问|访问被拒绝
""")
ROBOT_CHECK = any_of(r"""
    \benable (?:java ?script|cookies)
    \bjava ?script (?:is (?:disabled|required)|aktivieren|and cookies)
    \b(?:verify|prove|confirm) (?:that )?you(?: are|[’']re) (?:a )?(?:human|not a robot)
    \bare you a (?:robot|human)
    \bi[’']m not a robot
    \bcaptcha\b
    \bunusual (?:traffic|activity)
    \bchecking your browser
    ^just a moment\W*$
    ^attention required
    \bddos protection
    \bcloudflare ray id
    \bactiver? (?:le )?javascript
    \bactiv[ae]r? (?:el )?javascript
    \bвключите javascript
    javascript ?を有効|启用 ?javascript
""")
LOGIN = any_of(r"""
    \b(?:log|sign) ?in (?:to (?:continue|read|view|access|your)|below|here)
    \b(?:log|sign) ?in or (?:register|sign up|create)
    \bplease (?:log|sign) ?in
    ^\W*(?:log|sign) ?in\W*$
    \bforgot(?:ten)? (?:your )?password
    \balready have an account
    \bcreate (?:an |your )?(?:free )?account to
    ^\W*anmelden\W*$
    \bmelden sie sich (?:bitte )?an
    \bloggen sie sich (?:bitte )?ein
    \bpasswort vergessen
    \bconnectez-vous
    \bmot de passe oublié
    \binici(?:a|e|ar) sesión
    \b(?:faça|fazer) login
    \baccedi (?:per|al)
    ^\W*(?:inloggen|logga in|logg inn|zaloguj się)\W*$
    \bвойдите
    ログインして|请登录|로그인이 필요
""")
SUBSCRIPTION = any_of(r"""
    \bsubscribe (?:now )?to (?:continue|read|keep)
    \b(?:exclusive(?:ly)?|only) (?:for|to) (?:our )?subscribers
    \b(?:for )?subscribers only
    \bsubscription (?:is )?required
    \b(?:subscri|member).{0,40} to continue reading
    \balready a subscriber
    \bfree articles? (?:left|remaining|this month)
    \bweiterlesen mit\b
    \b(?:nur )?für abonnenten
    \bjetzt abonnieren
    \bréservé (?:à nos|aux) abonnés
    \bexclusivo para (?:suscriptores|assinantes)
    \b(?:riservato|solo) (?:agli|per gli) abbonati
    \bvoor abonnees
    \bför prenumeranter
    会員限定|有料会員|订阅后
""")
CONSENT = any_of(r"""
    \bbefore you continue
    \b(?:we value|we respect|about) your privacy
    \byour privacy (?:choices|matters)
    \bcookie (?:consent|settings|preferences|notice)
    \bconsent (?:required|management)
    \b(?:manage|accept) (?:all )?cookies
    \bwe (?:and our .{0,30}partners )?use cookies
    \b(?:ihre|deine) (?:zustimmung|einwilligung|privatsphäre)
    \bdatenschutz-?einstellungen
    \bwir (?:und unsere .{0,30}partner )?(?:verwenden|nutzen) cookies
    \b(?:vos choix|votre vie privée)
    \bnous (?:et nos .{0,30}partenaires )?utilis(?:ons|ent) des cookies
    \b(?:tu|su) privacidad
    \b(?:usamos|utilizamos) cookies
    \bla tua privacy
    \butilizziamo i cookie
    \b(?:wij|we) gebruiken cookies
    クッキー(?:を使用|の使用)|cookie ?の使用
""")
CONSENT_WORD = any_of(r"""
    cookie|consent|privacy|accept|partner|vendor|advertis
    zustimm|einwillig|datenschutz|werbung|akzeptier
    consentement|confidentialité|publicit
    privacidad|aceptar|trattamento
    クッキー|同意
""")
