"""What in a typed text looks like a customer's name, number or address: seen before anything is kept."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

FEWEST_DIGITS = 7
# Seven digits that stand alone may be lanes or days; nine are somebody's number, spelled out.
FEWEST_ALONE = 9
LONGEST_SNIPPET = 60
# Joiners belong to the spelling of some scripts and faces; what else nobody sees makes look-alikes.
JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Signs that turn the direction of what stands around them, so that a text reads as what it is not.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


class Looks(StrEnum):
    """What a piece of text looks like."""

    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True)
class Seen:
    """One piece of a text that should not be in it, as it was typed."""

    kind: Looks
    snippet: str


EMAIL = re.compile(
    r"[^\s@<>()\[\],;:\"'“”«»]{1,64}(?:@| ?[(\[](?:at|arroba)[)\]] ?)"
    r"[^\s@<>()\[\],;:\"'“”«»]{1,190}\.[^\W\d_]{2,}"
)

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_HOUR = r"(?:[01]?\d|2[0-3])[:.h][0-5]\d"
_CURRENCY = r"(?:[€$£¥]|(?:EUR|USD|GBP|euros?|d[oó]lar(?:es)?|dollars?|pounds?|pesos?)\b)"
_MEASURE = r"(?:km|kms|kil[oó]met(?:ros?|res?)|miles?|millas?|mi|kg|ml|l|rpm|%)\b"
_REFERENCE = (
    r"(?:repair order|work order|job card|estimate|order|invoice|job|case|ticket|claim|reference|ref|vin"
    r"|chassis|part|policy|quote|voucher|parcel|plate|licen[cs]e|odometer|mileage|ro|wo|po|inv|pedido|factura|orden|caso|parte"
    r"|reclamaci[oó]n|referencia|bastidor|pieza|recambio|p[oó]liza|albar[aá]n|expediente|presupuesto"
    r"|paquete|env[ií]o|matr[ií]cula|kilometraje|ot|or)"
)
# What has many digits and is no phone number; each is taken out before phone numbers are looked for.
HARMLESS = re.compile(
    "|".join(
        (
            r"(?<![\d.+])\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:T(?=\d)|(?![\d]|[-/.]\d))",
            rf"(?<![\d./+]){_DAY}([/.]){_DAY}\1(?:\d{{4}}|\d{{2}})(?!\d|[/.]\d)",
            rf"(?<![\d./+-]){_DAY}-{_DAY}-(?:\d{{4}}|\d{{2}})(?!\d|[-/.]\d)",
            rf"(?<![\d.+] )(?<![\d.+-]){_DAY} (?:0?[1-9]|1[0-2]) 20\d\d(?! ?\d)",
            r"(?<![\d.+-])(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d(?![\d]|[-/.]\d)",
            r"(?<![\d+])20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)",
            rf"(?<![\d.+]){_HOUR}\s?[-–]\s?{_HOUR}(?![\d]|[-/.]\d)",
            r"(?<![\d.+])\d{1,2}[:h]\d{2}(?::\d{2})?(?!\d)",
            r"(?<![\d.+])\d{1,3}(?:\.\d{3}){0,5},\d{2}(?!\d)|(?<![\d,.+])\d{1,3}(?:,\d{3}){0,5}\.\d{2}(?![\d.])",
            r"(?<![\d.,+])[1-9]\d{0,2}(?:[., ]?000){2,4}(?!\d)",
            r"(?<!\w)[A-Z] ?\d{3} \d{3} \d{2} \d{2}(?!\d)",
            rf"{_CURRENCY}\s?\d[\d.,]*",
            r"(?<![\d.+])(?:\d{1,12}|\d{1,3}(?:[. ,]\d{3}){1,5})(?:[.,]\d+)?\s?"
            rf"(?:{_CURRENCY}|{_MEASURE})",
            r"(?<!\w)(?!(?:TEL|TFN|TLF|MOB|MOV|FAX|CEL|PH|WA)\b)[A-Z]{1,4}[-#/_]?\d[\d/-]*+(?![ .]?\d)",
            r"#\d[\d/-]*",
            rf"(?i:\b{_REFERENCE})\b\.?\s?(?i:number|no|n[uú]mero|n[uú]m|nr|n)?[.ºo°]?\s?[:#]?\s?\d[\d/-]*+"
            r"(?![ .()]{1,2}\d)",
        )
    )
)
PHONE = re.compile(r"(?<![\w])\+?[(]?\d(?:[ .·()/\-\u2010-\u2015]{0,3}\d)+(?!\w)")

_WORD = r"(?:[OD]['’])?[A-ZÁÉÍÓÚÜÑÇ][a-záéíóúüñçàèìòùâêîôûäëïö'’]+(?:-[A-ZÁÉÍÓÚÜÑ][a-záéíóúüñç]+)?"
_LOUD = r"[A-ZÁÉÍÓÚÜÑÇ]{2,}"
_JOINT = r"(?:de la|de los|de las|del|de|da|van der|van|von|al|y)"
_FAMILY = rf"(?:{_WORD}|{_LOUD})(?: (?:{_JOINT} )?{_WORD}){{0,2}}"
_TITLE = (
    r"(?:M(?:r|rs|s|x|R|RS|S)\.?|Miss|Mister|Dr(?:a)?\.?|[Ss]r(?:a|ta|es|as)?\.?|S(?:R|RA|RTA)\.?"
    r"|Señor(?:a|ita)?|señor(?:a|ita)?|Don|Doña|don|doña|D\.ª|Dña\.?)"
)
_CUSTOMER = r"(?i:customer|client|caller|clienta|cliente)"
_CALLED = (
    r"(?i:name is|name was|names? of|named|called|se llama|se llamaba|llamad[oa]|a nombre de|nombre es|name:"
    r"|nombre:)"
)
TITLED = re.compile(rf"(?<![\w.]){_TITLE} ?(?:(?<=\.)|(?<= )){_FAMILY}")
NAMES = (
    TITLED,
    re.compile(r"(?<![\w.])(?:mr|mrs)\.? (?!and\b|or\b)[^\W\d_]{2,}"),
    re.compile(rf"(?<!\w){_CUSTOMER}:? {_WORD} (?:{_JOINT} )?{_WORD}"),
    re.compile(rf"(?<!\w)(?:customer|client|clienta|cliente) {_LOUD} {_LOUD}"),
    re.compile(rf"(?:^|(?<=[.;\n(] )|(?<=[.;\n(]))(?i:name|nombre): {_WORD}(?: {_WORD})?"),
    re.compile(rf"(?<!\w){_CUSTOMER}[^.!?\n]{{0,12}} {_CALLED} {_WORD}(?: (?:{_JOINT} )?{_WORD})?"),
    re.compile(
        rf"(?<!\w)(?i:his|her|their|whose|my|su|cuyo|el) (?i:name is|name was|nombre es) {_WORD}(?: {_WORD})?"
    ),
    re.compile(rf"(?<!\w)(?i:se llama|se llamaba|a nombre de) {_WORD}(?: (?:{_JOINT} )?{_WORD})?"),
)
# Words with a capital letter that follow a title or the word "customer" and name nobody.
NOBODY = frozenset(
    (
        "service services care relations desk satisfaction support experience centre center reception parts"
        " sales success manager team day lounge area department office portal journey feedback survey"
        " was is has had were will wants needs always never monday tuesday wednesday thursday friday saturday"
        " sunday january february march april may june"
        " july august september october november december the they she he"
        " audi bmw chevrolet citroën citroen cupra dacia fiat ford honda hyundai jaguar jeep kia lexus mazda"
        " mercedes mercedes-benz mini mitsubishi nissan opel peugeot porsche renault seat skoda škoda subaru"
        " suzuki tesla toyota vauxhall volkswagen volvo vw"
    ).split()
)


def seen(text: str) -> list[Seen]:
    """Return what looks like an e-mail address, a phone number or a person's name, in the text's order."""
    plain = _plain(text)
    found = [*_emails(plain), *_phones(plain), *_names(plain)]
    return [Seen(kind, snippet[:LONGEST_SNIPPET]) for _place, kind, snippet in sorted(found)]


def _plain(text: str) -> str:
    """Return a text with other scripts' digits as ours, and without signs that nobody sees."""
    composed = unicodedata.normalize("NFKC", text)
    kept = (sign for sign in composed if unicodedata.category(sign) != "Cf")
    return re.sub(r"[ \t\u00a0]+", " ", "".join(_digit(sign) for sign in kept))


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


Place = tuple[int, Looks, str]


def _emails(text: str) -> Iterator[Place]:
    return ((match.start(), Looks.EMAIL, match.group()) for match in EMAIL.finditer(text))


def _phones(text: str) -> Iterator[Place]:
    left = HARMLESS.sub(lambda match: "\n" * len(match.group()), text)
    for match in PHONE.finditer(left):
        groups = re.findall(r"\d+", re.sub(r"\( ?0 ?\)", "", match.group()))
        if sum(map(len, groups)) >= FEWEST_DIGITS and _is_grouped_like_a_phone(match.group(), groups):
            yield match.start(), Looks.PHONE, match.group()


def _is_grouped_like_a_phone(text: str, groups: list[str]) -> bool:
    """Tell a phone number from a list of small numbers: its groups are long, or each digit stands alone."""
    sizes = [len(group) for group in groups]
    if text.startswith("+"):
        return True
    if max(sizes) == 1:
        return len(sizes) >= FEWEST_ALONE
    listed = max(sizes) == 2 and set(re.sub(r"\d", "", text)) == {"/"}
    return min(sizes[1:], default=FEWEST_DIGITS) >= 2 and not listed


def _names(text: str) -> Iterator[Place]:
    """Yield each name once: where two patterns see the same, the first one has it."""
    taken = bytearray(len(text))
    for pattern in NAMES:
        for match in pattern.finditer(text):
            words = match.group().split()
            capital = (word.lower() for word in words[1:] if word[0].isupper())
            named = pattern is TITLED or NOBODY.isdisjoint(capital)
            begin, end = match.span()
            if named and not (taken[begin] or taken[end - 1]):
                taken[begin:end] = b"\1" * (end - begin)
                yield begin, Looks.NAME, match.group()


def hides(text: str) -> bool:
    """Tell whether a text holds a sign that nobody sees; a face newer than this Python's tables is seen."""
    return any(unicodedata.category(sign) in UNSEEN for sign in text.translate(JOINERS))


def breaks(text: str) -> bool:
    """Tell whether a text holds control characters, or signs that turn what stands around them."""
    return any(unicodedata.category(sign) in ("Cc", "Cs") or sign in TURNING for sign in text)


def is_blank(text: str) -> bool:
    """Tell whether nothing in a text can be seen."""
    return not any(sign.isprintable() and sign != " " for sign in text)


def refusal(text: str) -> str:
    """Return sentences that name exactly what was seen, and what to do; "" when nothing was."""
    found = list(dict.fromkeys(seen(text)))
    if not found:
        return ""
    return " ".join([*(_named(one) for one in found), _("Leave customers' names and numbers out.")])


def _named(one: Seen) -> str:
    if one.kind is Looks.EMAIL:
        return _('This looks like an e-mail address: "%(seen)s".', seen=one.snippet)
    if one.kind is Looks.PHONE:
        return _('This looks like a phone number: "%(seen)s".', seen=one.snippet)
    return _('This looks like somebody\'s name: "%(seen)s".', seen=one.snippet)
