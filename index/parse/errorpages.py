r"""The wording of pages that come instead of any article: errors, robot checks, blocks.

Strategy: the pages of web servers, content delivery networks and robot checks are few and say
the same everywhere. One alternative a line; `\b` only beside Latin, Greek and Cyrillic
letters, since other scripts have no word ends to find. Walls before an article: walls.py.
"""

from __future__ import annotations

from index.parse.wordlists import any_of

__all__ = ["BLOCKED", "CODE_LINE", "ERROR", "MISSING", "ROBOT_CHECK"]

# Only such as are seen: "410 people" and "500 jobs" begin sentences.
CODE_LINE = any_of(r"""
    ^(?:http |error |fehler |erreur |http status |error code )?\W?(?P<code>4\d\d|5\d\d)\W*$
    ^(?:http|error|fehler|erreur|(?:http )?status|http error|error code)[ :#-]+(?P<named>[45]\d\d)\b
    ^(?P<client>4\d\d)[ :.–—-]+(?:(?:page )?not found|forbidden|unauthori[sz]ed|gone|bad |too many)
    ^(?P<refused>4\d\d)[ :.–—-]+(?:access|unavailable|method not|request|proxy|error)
    ^(?P<server>5\d\d)[ :.–—-]+(?:internal|server|error|bad |service|gateway|unavailable)
""")
MISSING = any_of(r"""
    \b(?:page|article|file|story|post|url|document)\b.{0,40}\bnot (?:be )?found
    \b(?:page|article|file|story|post|url|document)\b.{0,40}\bno longer available
    \b(?:page|article|file|story|url|document)\b.{0,40}\bno longer exists
    \b(?:page|article|file|story|url)\b.{0,40}(?:does ?n[o’']t|does not) exist
    \b(?:page|article|file|story|url)\b.{0,40}(?:could not|can ?not|can[’']t) be (?:found|displayed)
    ^(?:page |file |article )?not found\W*$
    \b(?:page|article|story|post|link)\b.{0,40}\bhas been (?:taken down|deleted|unpublished)
    \b(?:page|article|story|post|link)\b.{0,30}\bmay (?:have been|be) (?:re)?moved
    \b(?:page|article|story|post|link)\b.{0,30}\bmay (?:have been|be) (?:deleted|renamed)
    \b(?:resource is no longer available|(?:story|article|post|page) has been removed)
    \baradığınız (?:sayfa|haber)|요청하신 페이지|기사가 삭제
    (?:can[’']t|cannot|could ?n[o’']t|unable to) find (?:the|that|this) (?:page|article|story)
    \bno results? (?:were |was )?found at this
    \bnothing was found at this
    \b(?:seite|artikel)\b.{0,40}nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden)
    \b(?:page|article) (?:introuvable|non trouvée?)
    \bpage .{0,30}n[’']existe (?:pas|plus)
    \bpágina (?:no (?:encontrada|existe)|não (?:encontrada|existe))
    \bno (?:se |hemos )?(?:ha )?encontr(?:ó|ado) la página
    \bpágina (?:que (?:busca|procura)\w*).{0,40}\bno (?:existe|está)
    \b(?:noticia|artículo|página)\b.{0,30}(?:haya|ha) sido (?:eliminad|borrad|movid)[ao]
    \bnão encontr(?:amos|ado|ada)\b.{0,20}\b(?:página|conteúdo)
    \b(?:conteúdo|página|notícia)\b.{0,30}pode ter sido (?:removid|apagad|movid)[ao]
    \bpagina\b.{0,30}\b(?:non trovata|niet gevonden|non esiste|bestaat niet|non è disponibile)
    \bsidan (?:kunde inte hittas|hittades inte|finns inte)
    \bsiden (?:ble ikke funnet|blev ikke fundet|finnes ikke|findes ikke)
    \bsiv(?:u|ua)\b.{0,20}\bei (?:löydy|löytynyt|ole olemassa)|\bjuttu on .{0,10}poistettu
    \bη σελίδα\b.{0,30}\bδεν (?:βρέθηκε|υπάρχει)
    \baz? (?:oldal|cikk)\b.{0,30}\bnem (?:található|létezik)
    \b(?:stránka|článek|článok)\b.{0,30}\b(?:nebyl[ao]? nalezen|neexistuje|nenašl|nebola nájden)
    \bpagina\b.{0,30}\bnu (?:a fost găsită|există)|\bстраница\w* не (?:е|јесте) намерен
    \b(?:halaman|laman)\b.{0,20}\btidak (?:ditemukan|ada)|\bkhông tìm thấy trang
    \bstranica\b.{0,20}\b(?:nije pronađena|ne postoji)|ไม่พบหน้า|पृष्ठ नहीं मिला|הדף.{0,20}לא נמצא
    \b(?:that|this|the) (?:page|one|story|article) (?:has|is) gone\b|\blink\b.{0,30}\bout of date
    \bnie znaleziono strony
    \bstrona nie (?:istnieje|została znaleziona)
    \bsayfa bulunamadı
    \b(?:страниц|материал|публикаци)\w* (?:не (?:найден|существует)|удал[её]н|был\w? удал)
    \bтакой страницы (?:нет|не существует)
    \bсторінк[уа] не знайдено
    ページ.{0,12}(?:見つかりません|存在しません)
    找不到(?:该|頁|页)|(?:页面|頁面|文章)(?:不存在|已被?删除|已被?刪除)
    페이지를 찾을 수 없
    الصفحة.{0,30}غير موجودة
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
    \b(?:site|page|service) is (?:currently )?(?:under|in|undergoing)(?: \w+)? maintenance
    \b(?:site|page|service) is (?:currently )?temporarily (?:unavailable|offline)
    \b(?:down for|undergoing) (?:\w+ )?maintenance|^\W*maintenance(?: mode)?\W*$
    ^\W*under construction\W*$
    ^\W*(?:we[’']ll|we will) be (?:right )?back (?:soon|shortly)
    \b(?:server|runtime|application) error\b.{0,20}(?:in [’']|has occurred|occurred on|:|$)
    \bcould not complete your request
    ^\W*(?:this )?account (?:has been )?suspended\W*$
    \bnetwork error\b|\bcould not be resolved by dns|\b(?:url|request) (?:was )?rejected\b
    \brequest forbidden\b|\btechnical difficulties\b|^\W*error (?:code )?\d{3,5}\W*$
    \bsecurity service to protect itself
    \bbackend fetch failed|\btook too long to respond
    \bzugriff verweigert|\bserverfehler\b
    \b(?:site|service)\b.{0,40}\b(?:en|de) (?:maintenance|travaux)|\bmomentanément indisponible
    \btareas de mantenimiento|\bservicio (?:temporalmente )?no disponible
    \berror (?:interno )?del servidor
    \bem manutenção|\bin manutenzione|\bprzerwa techniczna|\bprace konserwacyjne|\bin onderhoud
    \bошибка сервера|\bтехнически(?:е|х) работ|\bсервис временно недоступен
    \bváratlan hiba\b|\bkarbantartás (?:alatt|miatt)|\b(?:met|voor) onderhoud aan\b
    \b(?:palvelu|sivusto)\b.{0,30}\b(?:huolto|ei ole käytettävissä)|\bhuoltokatko\b
    \b(?:vedlikehold|vedligeholdelse|underhåll)(?:sarbeid\w*)?\b.{0,40}\b(?:prøv|försök|tilbage|tilbake)
    \b(?:vyskytla se|nastala) (?:neočekávaná )?chyba|\bprobíhá údržba|\bσφάλμα διακομιστή
    \bbeklenmeyen bir hata|\bbakım (?:çalışması|modunda)|\ba apărut o eroare|\bterjadi kesalahan
    \btoo many requests in\b|\bsent too many requests
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
    アクセスが拒否|メンテナンス(?:中|のため)|サーバーエラー
    拒绝访问|访问被拒绝|系统维护|服务器(?:内部)?错误
    خطأ في الخادم|الموقع تحت الصيانة
""")
ROBOT_CHECK = any_of(r"""
    \benable (?:java ?script|js\b|cookies)
    \b(?:requires?|turn on|needs?|without) java ?script|\bpress (?:&|and) hold\b
    \bhuman verification
    \bjava ?script (?:is (?:disabled|required)|aktivieren|and cookies)
    \b(?:verify(?:ing)?|prove|confirm) (?:that )?you(?: are|[’']re) (?:a )?(?:human|not a robot)
    \breview the security of your connection
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
    \b(?:activ[ae]r?|habilit[ae]r?) (?:el |o )?javascript|\battiva(?:re)? javascript
    \b(?:aktiver|aktivera|schakel|zet|włącz|aktivujte|engedélyezze).{0,20}javascript
    \b(?:n[’']êtes|êtes) pas un robot|\bno eres un robot|\bnão é um robô|\bnon sei un robot
    \bkein roboter\b|\bgeen robot bent
    \bвключите javascript|\b(?:не робот|а не робот)
    javascript ?を有効|启用 ?javascript|ロボットではない
    安全验证|访问(?:过于)?频繁|拖动滑块|人机验证|로봇이 아닙니다
""")
BLOCKED = any_of(r"""
    (?:\bnot |\bun|\bisn[’']t )available in (?:your|this) (?:country|region|location|area)
    \bunavailable (?:due to|for) legal reasons
    \bfrom a country belonging to the european economic area
    \bunavailable in (?:most )?european (?:countries|union)
    \b(?:your|this) browser (?:is|appears to be) (?:out of date|outdated|too old)
    \b(?:your|this) browser is (?:not|no longer) supported
    \bold browser\b.{0,40}\b(?:no longer|not) support
    \bupgrade (?:to a (?:current|modern|newer)|your browser)
    \b(?:turn off|disable|pause|using) (?:your |an? )?ad[ -]?block
    \bwyłącz\w* .{0,20}(?:adblock|blokowanie reklam)
    \badblock\w*\b.{0,40}\b(?:deaktiver|stäng av|uit)
    \bin (?:deinem|ihrem) land nicht verfügbar
    \bbrowser wird nicht (?:mehr )?unterstützt|\bveralteten browser
    \badblocker (?:deaktivieren|aus(?:schalten)?)|\bdeaktivieren sie .{0,20}adblocker
    \bpas (?:accessible|disponible) dans votre (?:pays|région)
    \bnavigateur (?:est )?(?:obsolète|n[’']est (?:pas|plus) (?:pris en charge|supporté))
    \bbloqueur de publicité
    \bno (?:está )?disponible en (?:su|tu) (?:país|región)
    \bnavegador (?:está )?(?:obsoleto|desactualizado)|\bbloqueador de (?:anuncios|publicidad)
    \bnão (?:está )?disponível (?:no seu|em seu|na sua) (?:país|região)
    \bnon (?:è )?disponibile nel tuo paese
    \bniet beschikbaar in (?:uw|jouw) (?:land|regio)|\bverouderde browser
    \bniedostępn\w+ w (?:twoim|państwa) (?:kraju|regionie)
    \bнедоступ\w+ в ваш(?:ей стране|ем регионе)|\bваш браузер устарел
    お住まいの(?:国|地域)|ブラウザ.{0,10}サポートされていません
    您所在的(?:国家|地区)|浏览器版本过低
""")
