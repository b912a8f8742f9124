"""What a board decides for itself, part by part, in the words that its keepers read (nämndens ord och regler).

The keys are those of organisation/words.py, organisation/board_rules.py and the board's own columns.
"""

from dataclasses import dataclass

from enamnd.organisation.board_rules import DEFAULT_RULES
from enamnd.organisation.models import Board
from enamnd.organisation.words import DEFAULT_PAPER, DEFAULT_WORDS

SUBSTITUTES = {"municipality": "ersättare från ledamotens egen kommun", "all": "alla ersättare, i nämndens ordning"}


@dataclass(frozen=True)
class Setting:
    """One thing to decide: its key, what people call it, and what is good to know."""

    key: str
    label: str
    help: str = ""


@dataclass(frozen=True)
class Part:
    """Settings that are changed together. `store` is where the board keeps them: "" for its own columns."""

    key: str
    title: str
    lead: str
    store: str
    settings: tuple[Setting, ...]

    def value(self, board: Board, key: str):
        """What holds now: the board's own, or the usual."""
        reading = {"words": board.word, "paper": board.paper_field, "rules": board.rule}
        return reading[self.store](key) if self.store else getattr(board, key)

    def usual(self, key: str):
        """What holds where the board says nothing; None for the board's own columns."""
        return USUAL[self.store].get(key) if self.store else None


USUAL = {"words": DEFAULT_WORDS, "paper": DEFAULT_PAPER, "rules": DEFAULT_RULES}
S = Setting
PARTS = {
    part.key: part
    for part in (
        Part(
            "namn",
            "Namn och värd",
            "Namnet står på varje papper. Det som redan är utfärdat behåller sitt.",
            "",
            (S("name", "Namn"), S("short_name", "Kortnamn", "Som i löpande text."), S("host", "Värd")),
        ),
        Part(
            "nummer",
            "Nummer",
            "Gäller ärenden och handlingar som registreras från och med nu. Nummer som är givna ändras inte.",
            "",
            (
                S("diary_prefix", "Diarieprefix", "Byts in där {prefix} står."),
                S("case_number_format", "Ärendenummer", "{prefix}, {year}, {serial} och {classification} byts ut."),
                S("document_number_format", "Handlingsnummer", "{prefix}, {year} och {serial} byts ut."),
            ),
        ),
        Part(
            "parter",
            "Parterna",
            "Vad de som driver nämnden kallas.",
            "words",
            (
                S("party", "En part"),
                S("parties", "Flera parter"),
                S("all_parties", "Alla, som mottagare av ett beslut"),
            ),
        ),
        Part(
            "rubriker",
            "Paragrafens rubriker",
            "Gäller nya paragrafer. De som är skrivna behåller sina rubriker.",
            "words",
            (
                S("decision", "Beslut"),
                S("summary", "Sammanfattning"),
                S("description", "Beskrivning"),
                S("meeting", "Vad som sades"),
                S("recusals", "Jäv"),
                S("motions", "Yrkanden"),
                S("procedure", "Beslutsgång"),
                S("additions", "Tillägg"),
                S("reservations", "Reservationer"),
                S("notes", "Anteckningar till protokollet"),
                S("documents", "Underlag"),
                S("recipients", "Mottagare"),
                S("case_number", "Ord före ärendets nummer"),
            ),
        ),
        Part(
            "narvaro",
            "Närvarolistan",
            "Rubrikerna i protokollets närvarolista.",
            "words",
            (
                S("serving_members", "Ledamöter som tjänstgör"),
                S("present_members", "Ledamöter som närvarar utan att tjänstgöra"),
                S("absent_members", "Ledamöter som är frånvarande"),
                S("serving_substitutes", "Ersättare som tjänstgör"),
                S("present_substitutes", "Ersättare som närvarar"),
                S("absent_substitutes", "Ersättare som är frånvarande"),
                S("others", "Andra"),
                S("replaces", "Före namnet på den som ersätts"),
                S("remotely", "Den som deltar på annan plats"),
            ),
        ),
        Part(
            "framsida",
            "Framsidan",
            "Protokollets första sida.",
            "paper",
            (
                S("protocol_title", "Protokollets rubrik"),
                S("place_and_time", "Plats och tid"),
                S("deciding", "Beslutande"),
                S("deciding_text", "Text vid beslutande"),
                S("adjusters", "Justerare"),
                S("adjustment_place", "Justeringens tid och plats"),
                S("adjusted_paragraphs", "Justerade paragrafer"),
                S("secretary", "Sekreterare"),
                S("chair", "Ordförande"),
            ),
        ),
        Part(
            "anslag",
            "Bevis om anslag",
            "Det nedre blocket på framsidan, och domstolen i upplysningen om överklagande.",
            "paper",
            (
                S("proof", "Blockets rubrik"),
                S("proof_text", "Text under rubriken"),
                S("meeting_date", "Sammanträdets datum"),
                S("posted_on", "Anslaget sätts upp"),
                S("removed_on", "Anslaget tas ned"),
                S("storage", "Förvaringsplats"),
                S("signed_by", "Underskrift"),
                S("default_storage", "Förvaringsplats som föreslås för nya sammanträden"),
                S("court", "Domstol för överklagande", "Förvaltningsrätten i …"),
            ),
        ),
        Part(
            "sidor",
            "Övriga sidor",
            "Innehållsförteckning, sidfot och sidan för underskrifter.",
            "paper",
            (
                S("contents", "Innehållsförteckningens rubrik"),
                S("contents_columns", "Innehållsförteckningens kolumner", "Tre rader: paragraf, ärende och sida."),
                S("attendance", "Närvarolistans rubrik"),
                S("cover_footer", "Sidfot på framsidan", "En rad för varje fält. Tomt: inga fält."),
                S("footer", "Sidfot på de andra sidorna", "En rad för varje fält. Tomt: inga fält."),
                S("signatures", "Underskrifternas rubrik"),
                S("signatures_text", "Text ovanför underskrifterna"),
                S(
                    "signed_digitally",
                    "Ovanför namnen på framsidan när protokollet är underskrivet",
                    "Till exempel [Digitalt signerat, se sista sidan].",
                ),
                S(
                    "copy_text",
                    "Sist, under underskrifterna",
                    "Till exempel: Detta dokument är en elektronisk kopia. Originalet finns hos …",
                ),
            ),
        ),
        Part(
            "regler",
            "Regler",
            "Det som reglementet och arbetsordningen bestämmer. Lagens egna frister och majoriteter räknar portalen.",
            "rules",
            (
                S("call_days", "Dagar före sammanträdet som kallelsen går ut"),
                S("adjusters", "Antal justerare", "Utöver ordföranden."),
                S(
                    "allows_remote",
                    "Ledamöter får delta på distans",
                    "Kräver beslut av fullmäktige (kommunallagen 6 kap. 24 §).",
                ),
                S("allows_immediate_adjustment", "Paragrafer får justeras omedelbart"),
                S("substitutes_from", "Den som är frånvarande ersätts av"),
                S("sends_to_preparatory_group", "Kallelsen går också till beredningsgruppen"),
                S("report_days", "Dagar tills en statusrapport räknas som gammal"),
            ),
        ),
    )
}
LABELS = {
    (part.store, setting.key): f"{part.title}, {setting.label[0].lower()}{setting.label[1:]}"
    for part in PARTS.values()
    if part.store
    for setting in part.settings
}


def in_words(key: str, value) -> str:
    """A value as people read it: ja, 7, Justerandes signatur / Utdragsbestyrkande."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return " / ".join(value) or "–"
    if key == "substitutes_from":
        return SUBSTITUTES.get(value, value)
    return str(value) if value not in (None, "") else "–"
