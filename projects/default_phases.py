"""The process that a board may begin with: the phases that joint boards usually have. Each board makes it its own."""

from .models import Phase

A = Phase.Approver
USUAL = (
    {
        "name": "Kvalificering av idé",
        "owner": "Beredningsgruppen",
        "approver": A.COORDINATOR,
        "deliverables": "Idébeskrivning",
    },
    {
        "name": "Behovsanalys",
        "owner": "Beredningsgruppen",
        "gate": "BP1",
        "approver": A.COORDINATOR,
        "deliverables": "Behovsanalys\nKommuner som vill delta",
    },
    {
        "name": "Förstudie",
        "owner": "Samordnaren",
        "gate": "BP2",
        "deliverables": "Förstudierapport\nUppskattad kostnad per kommun\nFörslag till beslut",
    },
    {
        "name": "Utveckling/realisering",
        "owner": "Styrgruppen",
        "gate": "BP3",
        "starts_project": True,
        "deliverables": "Projektplan\nKravspecifikation\nRisk- och säkerhetsanalys",
    },
    {
        "name": "Upphandling",
        "owner": "Värdkommunens inköpsenhet",
        "gate": "BP4",
        "is_boards": False,
        "approver": A.BOARD,
        "deliverables": "Upphandlingsdokument\nTilldelningsbeslut",
    },
    {
        "name": "Avtal",
        "owner": "Samordnaren",
        "gate": "BP5",
        "ends_boards_role": True,
        "deliverables": "Undertecknat avtal",
    },
    {
        "name": "Införande",
        "owner": "Kommunerna",
        "gate": "BP6",
        "approver": A.MUNICIPALITY,
        "deliverables": "Införandeplan per kommun\nGodkänd leverans",
    },
    {"name": "Förvaltning", "owner": "Förvaltningsorganisationen", "gate": "BP7", "deliverables": "Förvaltningsplan"},
    {"name": "Avslutad", "owner": "Samordnaren", "gate": "BP8", "is_end": True},
)
