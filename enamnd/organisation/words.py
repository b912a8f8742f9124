"""The words and fixed fields that boards choose for themselves, with what is usual where a board says nothing.

The usual labels of the cover are those of the host's protocol template (Luleå kommunstyrelse 2016-11-07), which the
committee's own protocols follow.
"""

DEFAULT_WORDS = {
    "party": "kommun",
    "parties": "kommuner",
    "all_parties": "Samtliga kommuner",
    "decision": "Beslut",
    "summary": "Sammanfattning av ärendet",
    "description": "Beskrivning av ärendet",
    "meeting": "Sammanträdet",
    "recusals": "Jäv",
    "motions": "Yrkanden",
    "procedure": "Beslutsgång",
    "additions": "Tillägg",
    "reservations": "Reservationer",
    "notes": "Protokollsanteckningar",
    "documents": "Beslutsunderlag",
    "recipients": "Beslutet skickas till",
    "case_number": "Ärendenr",
    "serving_members": "Tjänstgörande ledamöter",
    "present_members": "Närvarande ledamöter",
    "absent_members": "Frånvarande ledamöter",
    "serving_substitutes": "Tjänstgörande ersättare",
    "present_substitutes": "Närvarande ersättare",
    "absent_substitutes": "Frånvarande ersättare",
    "others": "Övriga",
    "replaces": "Tjänstgör istället för",
    "remotely": "på distans",
}

DEFAULT_PAPER = {
    "protocol_title": "Protokoll",
    "place_and_time": "Plats och tid",
    "deciding": "Beslutande",
    "deciding_text": "Enligt närvarolista",
    "adjusters": "Justerare",
    "adjustment_place": "Tid och plats för justering",
    "adjusted_paragraphs": "Justerade paragrafer",
    "secretary": "Sekreterare",
    "chair": "Ordförande",
    "proof": "Bevis/anslag",
    "proof_text": "Protokollet är justerat. Justeringen har tillkännagivits genom anslag.",
    "meeting_date": "Sammanträdesdatum",
    "posted_on": "Datum när anslaget sätts upp",
    "removed_on": "Datum när anslaget tas ned",
    "storage": "Förvaringsplats för protokollet",
    "signed_by": "Underskrift",
    "contents": "Innehållsförteckning",
    "contents_columns": ["Paragrafer", "Ärenden", "Sida"],
    "attendance": "Närvarolista",
    "signatures": "Signering",
    "signatures_text": "Följande parter har signerat detta dokument",
    "signed_digitally": "",  # above each name of the cover, once it is signed: [Digitalt signerat, se sista sidan]
    "copy_text": "",  # last of all: that the file is a copy, and where the original is kept
    "cover_footer": ["Justerandes signatur", "Utdragsbestyrkande"],
    "footer": ["Justerandes signatur", "Utdragsbestyrkande"],
    "default_storage": "Protokollet förvaras digitalt",
    "court": "förvaltningsrätten",
}
