"""A municipality audits the board: questions, report, reply, and an auditor who takes the papers of the year."""

import zipfile

import pytest
from playwright.sync_api import expect

from riskcontrol.models import Audit, PackageDownload
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HEADS = "Avsnitt;Nr;Fråga;Ja;Nej;Delvis;Kommentarer\n"


def table(rows: str) -> dict:
    return {"name": "fragor.csv", "mimeType": "text/csv", "buffer": (HEADS + rows).encode()}


def test_from_the_auditors_questions_to_the_package_with_the_answers(new_page, log_in, page_trouble):
    page_trouble.expect("422")
    municipality = factories.municipality("Norrby")
    factories.board(host=municipality)
    paragraph = factories.paragraph(title="Granskning från Norrby kommun", number=8)

    page = new_page()
    log_in(page, factories.user("coordinator"))
    page.goto("/styrning/granskningar/2021/")
    page.get_by_role("link", name="lägg upp granskningen från Norrby").click()
    page.get_by_role("button", name="Lägg upp").click()

    # The questions: a table with two marks is refused whole, with the place.
    page.get_by_role("link", name="Läs in frågor").click()
    page.get_by_label("Besvaras av").fill("Presidiet")
    page.get_by_label("Fil").set_input_files(table("Mål;1.1;Finns mål?;x;x;;\nMål;1.2;Mäts de?;;;;\n"))
    page.get_by_role("button", name="Läs in").click()
    expect(page.get_by_text("rad 2 (1.1): både Ja och Nej är markerade.")).to_be_visible()
    expect(page.get_by_label("Besvaras av")).to_have_value("Presidiet")
    page.get_by_label("Fil").set_input_files(table("Mål;1.1;Finns mål?;;;;\nMål;1.1.1;Mäts de?;;;;\n"))
    page.get_by_role("button", name="Läs in").click()

    page.get_by_role("link", name="Svara på nästa fråga").click()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Kommentar").fill("Sex mål.")
    page.get_by_role("button", name="Spara och gå till nästa").click()
    expect(page.get_by_role("heading", name="1.1.1 Mäts de?")).to_be_visible()
    page.get_by_label("Delvis").check()
    page.get_by_role("button", name="Spara och lägg till underlag").click()
    page.get_by_label("Annat underlag").fill("Verksamhetsplanen, sidan 4")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_label("Delvis")).to_be_checked()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("2 av 2 frågor besvarade.")).to_be_visible()
    page.get_by_role("link", name="Lämna svaren").click()
    page.get_by_role("button", name="Lämna").click()
    expect(page.get_by_text("Svaren lämnades")).to_be_visible()

    # The report, its recommendation, what is done about it.
    page.get_by_role("link", name="Norrby", exact=True).click()
    page.get_by_role("link", name="För in vad revisorerna säger").click()
    page.get_by_label("Rapporten kom").fill("2022-03-01")
    page.get_by_label("Ändamålsenligt").select_option(label="I allt väsentligt")
    page.get_by_label("Revisorernas ord").fill("Nämnden når sina mål.")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("link", name="Ny iakttagelse").click()
    page.get_by_label("Rekommendation").fill("att nämnden mäter alla mål")
    page.get_by_role("button", name="Lägg till").click()
    page.get_by_role("link", name="Ny åtgärd").click()
    page.get_by_label("Åtgärd", exact=True).fill("Varje mål får ett mått")
    page.get_by_label("Ägare", exact=True).fill("Samordnaren")
    page.get_by_label("Klar senast").fill("2099-12-01")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_role("link", name="Varje mål får ett mått")).to_be_visible()

    # The secretary puts it before the board; the coordinator tells where it was answered.
    desk = new_page()
    log_in(desk, factories.user("secretary"))
    desk.goto(paragraph.get_absolute_url())
    desk.get_by_role("link", name="Infoga ur registren").click()
    desk.get_by_role("link", name="Granskning: revisorernas ord").click()
    desk.get_by_label("Grundläggande granskning 2021, Norrby").check()
    desk.get_by_label("I avsnittet").select_option(label="Sammanfattning av ärendet")
    desk.get_by_role("button", name="Infoga", exact=True).click()
    expect(desk.locator("#parts").get_by_text("”Nämnden når sina mål.”").first).to_be_visible()

    page.get_by_role("link", name="För in nämndens svar").click()
    page.get_by_label("I paragrafen").select_option(str(paragraph.pk))
    page.get_by_role("button", name="För in").click()
    expect(page.get_by_role("link", name="§ 8 Granskning från Norrby kommun")).to_be_visible()
    assert Audit.objects.get().reply.paragraph == paragraph

    # The auditor takes the papers of the year, and it is kept that somebody did.
    auditor = new_page()
    who = factories.user("auditor", municipality=municipality)
    log_in(auditor, who)
    auditor.goto("/styrning/revisorspaket/")
    auditor.get_by_label("År").fill("2021")
    auditor.get_by_role("button", name="Gör paketet").click()
    expect(auditor.get_by_text("Budget och ekonomisk uppföljning").first).to_be_visible()
    with auditor.expect_download() as fetched:
        auditor.get_by_role("link", name="Hämta").click()
    with zipfile.ZipFile(fetched.value.path()) as packed:
        assert any("Svar Norrby" in name for name in packed.namelist())
    assert PackageDownload.objects.get().by == who
