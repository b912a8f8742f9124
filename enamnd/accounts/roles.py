"""What people may do, and the roles that bundle it: rules ask for a permission, never for a role."""

from dataclasses import dataclass

from django.db import models


class Permission(models.TextChoices):
    """One thing that a person may do (behörighet)."""

    READ_MEETINGS = "read_meetings", "Läsa sammanträden och utkast till protokoll"
    WRITE_PROTOCOL = "write_protocol", "Skriva protokoll, närvaro och paragrafer"
    WRITE_NEWSLETTERS = "write_newsletters", "Skriva och skicka nyhetsbrev"
    TAKE_DELEGATED_DECISIONS = "take_delegated_decisions", "Registrera delegationsbeslut"
    ANSWER_FOR_MUNICIPALITY = "answer_for_municipality", "Svara för sin kommun: fullmäktiges beslut"
    READ_CASES = "read_cases", "Läsa ärenden och handlingar"
    REGISTER_CASES = "register_cases", "Registrera ärenden och handlingar"
    RELEASE_DOCUMENTS = "release_documents", "Godkänna arbetsmaterial så att andra får läsa det"
    READ_ORGANISATION = "read_organisation", "Läsa registret över organ, platser och personer"
    KEEP_ORGANISATION = "keep_organisation", "Föra registret över organ, platser och personer"
    READ_PROJECTS = "read_projects", "Läsa projekt och förvaltning"
    KEEP_PROJECTS = "keep_projects", "Leda och rapportera projekt"
    KEEP_PARTICIPATION = "keep_participation", "Hålla sin kommuns deltagande i projekt aktuellt"
    READ_ECONOMY = "read_economy", "Läsa budget, fördelning och uppföljning"
    ANSWER_BUDGET = "answer_budget", "Svara för sin kommun på samråd om budgeten"
    KEEP_ECONOMY = "keep_economy", "Föra budget, fördelning och fakturaunderlag"
    READ_INVOICES = "read_invoices", "Läsa sin kommuns fakturor"
    RECEIVE_INVOICES = "receive_invoices", "Ta emot sin kommuns fakturor"
    READ_ALL_INVOICES = "read_all_invoices", "Läsa alla fakturor och körningar"
    ATTEST_INVOICES = "attest_invoices", "Beslutsattestera fakturor"
    READ_CONTROL = "read_control", "Läsa mål, risker och intern kontroll"
    KEEP_CONTROL = "keep_control", "Föra mål, risker och intern kontroll"
    ASSESS_RISKS = "assess_risks", "Lägga till och bedöma risker när nämnden arbetar med dem"
    KEEP_GOVERNING = "keep_governing", "Skriva nämndens planer, rapporter och andra styrande dokument"
    READ_JOURNAL = "read_journal", "Läsa händelseloggen"
    KEEP_ACCOUNTS = "keep_accounts", "Lägga upp konton och ge roller"


P = Permission
READING = frozenset(
    {P.READ_MEETINGS, P.READ_CASES, P.READ_ORGANISATION, P.READ_PROJECTS, P.READ_ECONOMY, P.READ_CONTROL}
)


@dataclass(frozen=True)
class Role:
    """A set of permissions with a name and a description for people."""

    key: str
    name: str
    description: str
    permissions: frozenset[Permission]
    of_municipality: bool = False


ROLES = {
    role.key: role
    for role in (
        Role(
            "secretary",
            "Nämndsekreterare",
            "Kallar, skriver och justerar protokoll, för diariet och registret över ledamöter.",
            READING
            | {
                P.WRITE_PROTOCOL,
                P.WRITE_NEWSLETTERS,
                P.TAKE_DELEGATED_DECISIONS,
                P.REGISTER_CASES,
                P.KEEP_ORGANISATION,
                P.ASSESS_RISKS,
                P.KEEP_GOVERNING,
                P.READ_JOURNAL,
            },
        ),
        Role(
            "coordinator",
            "E-samordnare",
            "Leder och rapporterar projekt, för budget och uppföljning, bereder ärenden till nämnden.",
            READING
            | {
                P.WRITE_NEWSLETTERS,
                P.TAKE_DELEGATED_DECISIONS,
                P.REGISTER_CASES,
                P.RELEASE_DOCUMENTS,
                P.KEEP_PROJECTS,
                P.KEEP_ECONOMY,
                P.READ_INVOICES,
                P.READ_ALL_INVOICES,
                P.KEEP_CONTROL,
                P.ASSESS_RISKS,
                P.KEEP_GOVERNING,
                P.READ_JOURNAL,
            },
        ),
        Role(
            "member",
            "Ledamot eller ersättare",
            "Läser sammanträden, ärenden och nämndens planer, och bedömer risker.",
            READING | {P.ASSESS_RISKS},
            of_municipality=True,
        ),
        Role(
            "preparatory",
            "Beredningsgrupp",
            "Bereder ärenden för sin kommun, säger hur långt den har kommit i projekten och läser nämndens papper.",
            READING | {P.KEEP_PARTICIPATION, P.ASSESS_RISKS},
            of_municipality=True,
        ),
        Role(
            "economist",
            "Kommunens ekonom",
            "Hämtar den egna kommunens fakturor, läser hur beloppen har räknats fram och svarar på samråd om budgeten.",
            frozenset({P.READ_ECONOMY, P.READ_ORGANISATION, P.READ_INVOICES, P.RECEIVE_INVOICES, P.ANSWER_BUDGET}),
            of_municipality=True,
        ),
        Role(
            "approver",
            "Beslutsattestant",
            "Attesterar de fakturor som e-kontoret har gjort i ordning, innan de utfärdas.",
            frozenset({P.READ_ECONOMY, P.READ_ORGANISATION, P.READ_INVOICES, P.READ_ALL_INVOICES, P.ATTEST_INVOICES}),
        ),
        Role(
            "registrar",
            "Kommunens registrator",
            "Tar emot protokoll och anslag för sin kommun, och för in vad dess fullmäktige har beslutat.",
            frozenset({P.READ_MEETINGS, P.READ_ORGANISATION, P.ANSWER_FOR_MUNICIPALITY}),
            of_municipality=True,
        ),
        Role(
            "auditor",
            "Revisor",
            "Läser allt som inte är sekretessbelagt och ändrar ingenting.",
            READING | {P.READ_JOURNAL, P.READ_INVOICES},
            of_municipality=True,
        ),
        Role(
            "administrator",
            "Administratör",
            "Lägger upp konton, ger roller och sköter inställningar. Skriver inte i protokollet.",
            frozenset({P.KEEP_ACCOUNTS, P.KEEP_ORGANISATION, P.READ_ORGANISATION, P.READ_JOURNAL}),
        ),
    )
}
ROLE_CHOICES = [(role.key, role.name) for role in ROLES.values()]
