r"""Tell what a site says of itself, and what it sells, from its articles.

Rule 1: terms, contacts and the like have as their whole title what menus call them; a headline
    says more. A page whose own data calls it news is one, whatever its title.
Rule 2: the page of a shop has the data of a product with its price and nothing of an article; of a
    text capture the button tells it that puts things into a basket.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from index.parse.jsonld import types_of
from index.parse.wordlists import AnyCase

__all__ = ["PRODUCT", "SITE_PAGE", "is_product_for_sale", "names_site_page", "sells"]

SITE_PAGE = "page about the site"
PRODUCT = "product"
LONGEST_TITLE = 60
# Whole titles; alternatives in lower case.
TITLES = AnyCase(
    r"(?:(?:our|website|online|general) )?(?:privacy|cookies?|cookies? and privacy|"
    r"privacy and cookies?|privacy & cookies?|data protection) (?:policy|notice|statement|settings|"
    r"preferences)|(?:website )?terms (?:(?:and|&) conditions|of (?:use|service|sale))(?: of use)?|"
    r"legal (?:notices?|information|disclaimer)|disclaimer|contact(?: us| information| details)?|"
    r"about(?: us)?|advertis(?:e|ing)(?: with us)?|"
    r"subscribe|subscriptions|careers|site ?map|accessibility(?: statement)?|imprint|masthead|"
    r"datenschutz(?:erklärung|hinweise?|bestimmungen)?|impressum|kontakt(?:formular)?|über uns|"
    r"(?:allgemeine )?(?:nutzungs|geschäfts)bedingungen|agb|mediadaten|"
    r"mentions légales|(?:politique|charte) de (?:confidentialité|protection des données)|"
    r"conditions générales(?: d['’]utilisation| de vente)?|nous contacter|contactez-nous|"
    r"qui sommes-nous ?\??|à propos|plan du site|"
    r"(?:política|aviso) de (?:privacidad|cookies|privacidade)|aviso legal|"
    r"(?:términos|termos) (?:y condiciones|e condições|de uso)(?: de uso)?|"
    r"contacto|contáctenos|quiénes somos|contato|fale conosco|quem somos|expediente|"
    r"informativa sulla privacy|note legali|contatti|chi siamo|termini e condizioni|"
    r"privacy ?(?:verklaring|beleid)|algemene voorwaarden|over ons|colofon|"
    r"(?:integritets|personuppgifts)policy|om oss|kontakta oss|"
    r"personvern(?:erklæring)?|kontakt oss|privatlivspolitik|om os|kontakt os|"
    r"tietosuoja(?:seloste|lauseke)?|yhteystiedot|käyttöehdot|"
    r"polityka prywatności|regulamin(?: serwisu)?|o nas|o nás|o nama|"
    r"zásady ochrany osobních údajů|adatvédelmi (?:tájékoztató|nyilatkozat)|rólunk|"
    r"politica de confidențialitate|despre noi|gizlilik politikası|hakkımızda|iletişim|künye|"
    r"политика конфиденциальности|пользовательское соглашение|о нас|контакты|о проекте|"
    r"політика конфіденційності|про нас|контакти|πολιτική απορρήτου|όροι χρήσης|επικοινωνία|"
    r"سياسة الخصوصية|اتصل بنا|من نحن|מדיניות פרטיות|צור קשר|حریم خصوصی|تماس با ما|درباره ما|"
    r"プライバシーポリシー|個人情報保護方針|利用規約|お問い合わせ|会社概要|"
    r"隐私(?:政策|声明)|隱私(?:政策|權政策)|关于我们|關於我們|联系我们|聯絡我們|"
    r"개인정보\s?처리방침|이용약관|회사소개|chính sách bảo mật|kebijakan privasi|tentang kami"
)
NEWS_KIND = re.compile(r"news|posting|report|review")

BASKET = AnyCase(
    r"\W*(?:add to (?:basket|cart|bag)|in den warenkorb|ajouter au panier|"
    r"añadir (?:al carrito|a la cesta)|adicionar ao carrinho|aggiungi al carrello|"
    r"in winkel(?:wagen|mandje)|lägg i varukorg(?:en)?|dodaj do koszyka|sepete ekle|"
    r"(?:добавить )?в корзину|カートに入れる|加入购物车|장바구니(?: 담기)?)\W*"
)


def names_site_page(title: str, kind: str = "") -> bool:
    """Return whether a page is one that a site has about itself.

    Args:
        title: Its title.
        kind: What it says it is, in lower case.

    Example:
        >>> names_site_page("Privacy policy"), names_site_page("Privacy policy torn up")
        (True, False)
    """
    if len(title) > LONGEST_TITLE or NEWS_KIND.search(kind):
        return False
    return TITLES.fullmatch(title.strip(" .:")) is not None


def is_product_for_sale(nodes: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether the JSON-LD of a page describes a product with its price."""
    return any("product" in types_of(node) and node.get("offers") for node in nodes)


def sells(lines: Iterable[str]) -> bool:
    """Return whether a line is a button that puts something into a basket."""
    return any(BASKET.fullmatch(line) for line in lines if len(line) <= LONGEST_TITLE)
