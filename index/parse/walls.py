r"""The wording of what stands in the way of an article: consent, login, payment, sign-up forms.

Strategy: the services behind such walls are few and say the same everywhere. One alternative
a line; `\b` only beside Latin, Greek and Cyrillic letters, since other scripts have no word
ends to find. Pages of errors and robot checks: errorpages.py.
"""

from __future__ import annotations

from index.parse.wordlists import any_of

__all__ = [
    "CONSENT",
    "CONSENT_WORD",
    "LEGAL_LINE",
    "LOGIN",
    "SIGN_UP",
    "SUBSCRIPTION",
]

LOGIN = any_of(r"""
    \b(?:log|sign) ?in (?:to (?:continue|keep|read|view|access|your)|below|here)
    \b(?:log|sign) ?in or (?:register|sign up|create)
    \bplease (?:log|sign) ?in
    ^\W*(?:log|sign) ?in\W*$
    \bforgot(?:ten)? (?:your )?password
    \balready have an account
    \blost your password
    \bcreate (?:an |your )?(?:free )?account to
    ^\W*anmelden\W*$
    \bmelden sie sich (?:bitte )?an
    \bloggen sie sich (?:bitte )?ein
    \bpasswort vergessen
    \b(?:connectez|identifiez)-vous
    \bmot de passe oublié
    \binici(?:a|e|ar) sesión|\bregístr(?:ate|ese) (?:gratis )?para
    \b(?:faça|fazer) login
    \baccedi (?:per|al)
    ^\W*(?:inloggen|logga in|logg inn|zaloguj się)\W*$
    \blog in om (?:verder|door)|\blogga in för att|\blogg inn for å|\bzaloguj się,? aby
    \bfaça login|\bpara (?:ler|continuar).{0,30}\b(?:cadastre-se|login)
    \b(?:devam etmek|okumak) için giriş|\bkirjaudu (?:sisään )?(?:lukeaksesi|jatkaaksesi)
    \bpřihlaste se\b|\bjelentkezz(?:en)? be\b|\bσυνδεθείτε για
    \bвойдите|\bзабыли пароль
    ログインして|パスワードをお忘れ|请登录|로그인이 필요
""")
SUBSCRIPTION = any_of(r"""
    \bsubscribe (?:now )?to (?:continue|read|keep)
    \b(?:exclusive(?:ly)?|only) (?:for|to) (?:our )?subscribers
    \b(?:for )?subscribers only
    \bsubscription (?:is )?required
    \b(?:subscri|member).{0,40} to continue reading
    \balready (?:a )?subscri(?:ber|be)\b
    \bsubscribe for (?:unlimited|full) access|\b(?:all of |last of )?your free articles
    \b(?:story|article|content) is (?:exclusive(?:ly)? |only )?for (?:our )?(?:subscribers|members)
    \bchoose (?:your|a) (?:subscription|plan)|\bstart (?:my|your) (?:free )?trial
    \bsubscription (?:offers|plans|options)\b
    \bcancel.{0,20}(?:any ?time|cuando quieras)|\bjederzeit kündbar|\brésiliable à tout moment
    \bfree articles? (?:left|remaining|this month)
    \bweiterlesen mit\b|\bbereits (?:plus-?)?abonnent
    \b(?:nur )?für abonnenten
    \bjetzt abonnieren
    \bréservée?s? (?:à nos|aux) abonnés|\bdéjà abonnée?|\boffres? d[’']abonnement
    \b(?:exclusivo|sólo|solo) para (?:suscriptores|assinantes|abonados)|\bya (?:eres|es) suscriptor
    \bjá é assinante
    \b(?:riservato|solo) (?:agli|per gli) abbonati
    \bvoor abonnees|\bal abonnee\b
    \b(?:för|bli|redan) prenumerant(?:er)?\b|\bsuscríbete para (?:seguir|continuar)
    \bassine para (?:continuar|ler)
    \bfor abonnenter|\ballerede abonnent
    \b(?:vain )?tilaajille\b|\btilaa (?:ja )?jatka|\b(?:előfizetőknek|előfizetéssel)
    \bpouze pro předplatitele|\babonelere özel|\byou[’']ve (?:reached|hit) your (?:monthly )?limit
    \b(?:tylko )?dla (?:prenumeratorów|subskrybentów)|\bwykup (?:prenumeratę|dostęp)
    \bтолько (?:для )?подписчик\w+|\bоформите подписку
    للمشتركين فقط
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
    \bgebruik(?:t|en) (?:\w+ )?cookies|\bbruge?r cookies|\banvänder (?:vi )?cookies
    \bużywa(?:my)? .{0,20}cookies
    \b(?:bryr oss om|respekterer) (?:personvernet|privatlivet) ditt|\bom(?:sorg)? dit privatliv
    \b(?:välitämme|arvostamme) yksityisyy|\bkäytämme evästeitä|\bevästeasetukset
    \binformasjonskapsler\b.{0,80}\bpersonopplysninger|\bpouz?íváme (?:soubory )?cookies
    \b(?:sütiket|cookie-kat) használ|\bgizliliğinize|\bçerez(?:ler)?\b.{0,20}\bkullan
    \bfolosim (?:module )?cookie|\bχρησιμοποιούμε cookies
    \bwe care about your privacy|\bconsent to the use of cookies
    \b(?:cookies?|consenso) di (?:profilazione|terze parti)|\bil tuo consenso
    \b(?:sua privacidade|nós usamos cookies)
    \b(?:plik[ió]w|pliki) cookies?|\b(?:twoj[aą]|państwa) prywatnoś
    \bфайл\w* cookie
    \b(?:con|mit|avec|with) (?:werbung|publicidad|publicité|ads) (?:weiterlesen|continuer)
    クッキー(?:を使用|の使用)|cookie ?の使用
""")
CONSENT_WORD = any_of(r"""
    cookie|consent|privacy|accept|partner|vendor|advertis
    zustimm|einwillig|datenschutz|werbung|akzeptier
    consentement|confidentialité|publicit
    privacidad|privacidade|aceptar|aceitar|trattamento|consenso|accett
    samtykke|samtycke|annonser?|annoncer?|godkänn
    personvern|samarbeidspartner|personopplysning|informasjonskapsler|godta|evästei|suostumu|kumppani
    toestemming|voorkeuren|prywatnoś|zgod[aęy]|danych osobowych|конфиденциальн|соглас
    クッキー|同意
""")
SIGN_UP = any_of(r"""
    \bsign up (?:for|to) (?:our|the|a) (?:\w+ )?(?:newsletters?|emails?|briefing)
    \b(?:our|email|free) newsletters\b
    \b(?:delivered|sent|straight) (?:straight |right |directly )?to your inbox|\bin ihr postfach\b
    ^\W*(?:newsletter(?:s)?|newsletter sign[- ]?up|email updates)\W*$
    \bthank(?:s| you) for (?:signing up|subscribing)|\bcheck your inbox
    \b(?:unsubscribe|revoke your consent to receive emails) at any time
    \bnewsletter (?:jetzt |kostenlos )?(?:abonnieren|bestellen)|\bnewsletter jederzeit abbestellen
    \b(?:inscrivez|abonnez)-vous à (?:la|nos|notre) (?:newsletter|lettre)
    \b(?:suscríbete|apúntate) a (?:las? |nuestras? )?newsletters?
    \b(?:inscreva-se|assine) .{0,15}newsletters?
    \biscriviti alla newsletter|\bmeld je aan voor (?:de|onze) nieuwsbrief
    \bzapisz się (?:na|do) newsletter
    メールマガジン(?:登録|の登録)|ニュースレター登録
""")
# Whose the page is, what may not be done with it, who should pay for it: no text of an article.
LEGAL_LINE = any_of(r"""
    ^\W*(?:©|\(c\)|copyright)
    \b(?:think about|consider) becoming a (?:paying )?(?:member|supporter|subscriber)\b
    \ball rights reserved|\balle rechte vorbehalten|\btous droits réservés
    \btodos los derechos reservados
    \bis published by .{1,60}\b(?:limited|ltd|plc|llc|inc|gmbh)\b
    \bmay not be (?:published|reproduced)\b.{0,60}\b(?:redistributed|permission)
    \b(?:urheberrechtlich geschützt|zustimmung des verla)
    \btoute reproduction\b.{0,80}\binterdite
    \b(?:prohibida la|proibida a|vietata la) (?:reproducción|reprodução|riproduzione)
    \bauteursrecht\b.{0,60}\b(?:overname|toestemming)|\brust auteursrecht
    \bwszelkie prawa zastrzeżone
    \b(?:гиперссылка|ссылка) на (?:источник|сайт)\w* обязательна|\bвсе права защищены
    無断転載を禁|著作権は.{0,40}帰属|版权所有|未经.{0,8}授权|무단 ?전재
    جميع الحقوق محفوظة
""")
