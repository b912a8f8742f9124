"""Scales and categories that a board may begin with, and then changes as it likes."""

FIVE_LIKELIHOOD = (
    ("Osannolik", "Inträffar knappast alls"),
    ("Mindre sannolik", "Liten risk att det inträffar"),
    ("Möjlig", "Kan inträffa"),
    ("Sannolik", "Troligt att det inträffar"),
    ("Mycket sannolik", "Inträffar om ingenting görs"),
)
FIVE_CONSEQUENCE = (
    ("Försumbar", "Märks knappt för verksamhet och parter"),
    ("Lindrig", "Besvärande men lätt att rätta till"),
    ("Kännbar", "Stör verksamheten eller kostar tydligt"),
    ("Allvarlig", "Skadar verksamhet, ekonomi eller förtroende"),
    ("Mycket allvarlig", "Får inte inträffa"),
)
FIVE_BANDS = (
    (1, "Låg", "green", "Följs i det dagliga arbetet"),
    (5, "Måttlig", "yellow", "Bör hanteras eller följas"),
    (10, "Hög", "orange", "Ska hanteras eller motiveras"),
    (16, "Mycket hög", "red", "Kräver åtgärd snarast eller ett uttryckligt beslut"),
)
FOUR_LIKELIHOOD = (FIVE_LIKELIHOOD[0], FIVE_LIKELIHOOD[1], FIVE_LIKELIHOOD[2], FIVE_LIKELIHOOD[3])
FOUR_CONSEQUENCE = (FIVE_CONSEQUENCE[0], FIVE_CONSEQUENCE[1], FIVE_CONSEQUENCE[2], FIVE_CONSEQUENCE[3])
FOUR_BANDS = ((1, *FIVE_BANDS[0][1:]), (4, *FIVE_BANDS[1][1:]), (8, *FIVE_BANDS[2][1:]), (12, *FIVE_BANDS[3][1:]))


def _scale(likelihood, consequence, bands) -> dict:
    return {
        "likelihood_word": "Sannolikhet",
        "consequence_word": "Konsekvens",
        "likelihood": [{"word": word, "meaning": meaning} for word, meaning in likelihood],
        "consequence": [{"word": word, "meaning": meaning} for word, meaning in consequence],
        "bands": [
            {"from": lowest, "word": word, "tone": tone, "meaning": meaning} for lowest, word, tone, meaning in bands
        ],
    }


USUAL_SCALES = {
    "5 × 5": _scale(FIVE_LIKELIHOOD, FIVE_CONSEQUENCE, FIVE_BANDS),
    "4 × 4": _scale(FOUR_LIKELIHOOD, FOUR_CONSEQUENCE, FOUR_BANDS),
}
USUAL_CATEGORIES = (
    ("Omvärld", "Det som händer utanför och som vi inte styr"),
    ("Verksamhet", "Vårt uppdrag, våra arbetssätt och vår bemanning"),
    ("Ekonomi", "Pengar, finansiering och upphandling"),
    ("Rapportering", "Att uppgifter är riktiga och kommer i tid"),
    ("Legal", "Lagar, avtal och beslut"),
    ("IT", "System, information och säkerhet"),
    ("Oegentligheter", "Korruption, bedrägeri och otillåten påverkan"),
)
USUAL_DECISIONS = (
    "Risken accepteras",
    "Risken hanteras",
    "Risken accepteras och följs upp genom internkontroll",
)
