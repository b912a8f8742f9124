"""SIE files: what is read, what is refused and where, and that what is written can be read again, by others too."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enamnd.refusal import Refused
from finance.sie import Line, SieFile, Voucher, Year, movements, read_sie, write_sie

YEAR = Year(0, date(2026, 1, 1), date(2026, 12, 31))
HEAD = (
    "#FLAGGA 0\n#PROGRAM Provkassan 1.2\n#FORMAT PC8\n#GEN 20260601\n#SIETYP 4\n#ORGNR 212000-2742\n"
    '#FNAMN "Luleå kommun"\n#RAR 0 20260101 20261231\n#RAR -1 20250101 20251231\n'
    '#KONTO 3520 "Ersättning från kommuner"\n'
    '#KONTO 6400 "Köpta tjänster"\n#KONTO 1510 Kundfordringar\n#DIM 6 "Projekt"\n#OBJEKT 6 1204 "Mina meddelanden"\n'
)
VOUCHER = (
    '#VER A 12 20260531 "Konsult maj" 20260602\n{\n#TRANS 6400 {6 1204} 1250.50 20260530 "Öre \\"och\\" krona"\n'
    "#TRANS 1510 {} -1250.50\n}\n"
)


def test_a_whole_file_is_read():
    file = read_sie((HEAD + "#RES 0 6400 1250.50\n" + VOUCHER).encode("cp437"))

    assert (file.type, file.company, file.org_number) == (4, "Luleå kommun", "212000-2742")
    assert file.year(0) == YEAR
    assert file.accounts["3520"] == "Ersättning från kommuner"
    assert file.objects["6", "1204"] == "Mina meddelanden"
    (voucher,) = file.vouchers
    assert (voucher.series, voucher.number, voucher.day, voucher.text) == ("A", "12", date(2026, 5, 31), "Konsult maj")
    assert voucher.lines[0] == Line("6400", Decimal("1250.50"), (("6", "1204"),), date(2026, 5, 30), 'Öre "och" krona')
    assert file.notes == ()


@pytest.mark.parametrize(
    ("alphabet", "told"), [("cp437", "cp437"), ("iso-8859-1", "iso-8859-1"), ("cp1252", "iso-8859-1")]
)
def test_both_alphabets_are_told_apart_by_their_letters(alphabet, told):
    file = read_sie((HEAD + VOUCHER).encode(alphabet))

    assert file.encoding == told
    assert file.company == "Luleå kommun"


def test_a_file_may_end_as_dos_ended_files_and_with_tabs_between_fields():
    file = read_sie((HEAD.replace(" ", "\t") + VOUCHER).encode("cp437") + b"\x1a")

    assert file.vouchers[0].lines[1].amount == Decimal("-1250.50")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (HEAD.encode("utf-8"), "rad 7: å, ä och ö är skrivna i UTF-8"),
        (HEAD.encode("utf-8-sig"), "rad 1: filen börjar med ett märke för Unicode"),
        (HEAD.encode("utf-16"), "rad 1: filen börjar med ett märke för Unicode"),
        (HEAD.encode("utf-16-le"), "rad 1: filen är inte text"),
        (
            HEAD.encode("cp437") + '#KONTO 4010 "Lön"\n'.encode("latin-1"),
            "rad 15: raden är skriven med en annan",
        ),
        (HEAD.encode("cp437") + b'#KONTO 4010 "\xcd\xcd"\n', "rad 15: tecknen kan inte läsas"),
        ((HEAD + VOUCHER).encode("cp437")[:-3], "rad 18: filen är avkortad: verifikation A 12 på rad 15"),
        ((HEAD + VOUCHER).encode("cp437")[:-10], "rad 18: filen är avkortad: verifikation A 12 på rad 15"),
        ((HEAD + "#RES 0 6400 12").encode("cp437"), "rad 15: filen är avkortad: sista raden avslutas inte"),
        ((HEAD + '#KONTO 4010 "Avbr').encode("cp437"), "rad 15: citationstecknet avslutas inte"),
        (
            (HEAD + VOUCHER.replace("-1250.50", "-1250")).encode("cp437"),
            "rad 15: verifikation A 12 är ur balans med",
        ),
        ((HEAD + VOUCHER.replace("1510 {}", "9999 {}")).encode("cp437"), "rad 18: konto 9999 finns inte"),
        ((HEAD + "#RES 0 6400 1000000000000000\n").encode("cp437"), "rad 15: beloppet ”1000000000000000” är för stort"),
        ((HEAD + "#RES 0 6400 12,50\n").encode("cp437"), "rad 15: beloppet ”12,50” är inget tal"),
        ((HEAD + "#RES 0 6400 1.005\n").encode("cp437"), "rad 15: beloppet ”1.005” har fler än två decimaler"),
        ((HEAD + "#RES 0 6400\n").encode("cp437"), "rad 15: #RES saknar belopp"),
        ((HEAD + "#PSALDO 0 202613 6400 {} 5\n").encode("cp437"), "rad 15: ”202613” är ingen period"),
        ((HEAD + "#RAR -2 20240101 20240231\n").encode("cp437"), "rad 15: ”20240231” är inget datum"),
        ((HEAD + "#TRANS 6400 {} 5\n").encode("cp437"), "rad 15: #TRANS står utanför en verifikation"),
        ((HEAD + "#VER A 1 20260101\n#RES 0 6400 5\n").encode("cp437"), "verifikationen på rad 15 har inga rader"),
        (b"konto;belopp\n6400;12\n", "rad 1: filen är ingen SIE-fil"),
        (b"#FLAGGA 0\n#FNAMN Provet\n", "rad 1: filen säger inte vilken SIE-typ"),
        (b"#SIETYP 5\n", "rad 1: typ 5 läses inte"),
        (b"  \n", "Filen är tom"),
    ],
)
def test_what_is_wrong_is_refused_with_its_row_and_the_reason(content, sentence):
    with pytest.raises(Refused) as refused:
        read_sie(content)

    assert sentence in str(refused.value)


def test_everything_that_is_wrong_is_told_at_once():
    with pytest.raises(Refused) as refused:
        read_sie((HEAD + "#RES 0 6400 x\n#RES 0 6400 y\n").encode("cp437"))

    assert [each.place for each in refused.value.problems] == ["rad 15", "rad 16"]


def test_a_result_that_the_vouchers_do_not_make_is_pointed_out_and_not_refused():
    file = read_sie((HEAD + "#RES 0 6400 9000\n" + VOUCHER).encode("cp437"))

    assert file.notes == ("Konto 6400: filens resultat är 9000 kr, men verifikationerna blir 1250.50 kr.",)


def test_movements_come_of_vouchers_with_their_project():
    file = read_sie((HEAD + VOUCHER).encode("cp437"))

    assert [(each.account, each.object, each.day.day, each.amount) for each in movements(file)] == [
        ("6400", "1204", 30, Decimal("1250.50")),
        ("1510", "", 31, Decimal("-1250.50")),
    ]


def test_movements_of_months_leave_what_belongs_to_a_project_out_of_the_rest():
    months = "#PSALDO 0 202602 6400 {} 300\n#PSALDO 0 202602 6400 {6 1204} 200\n#PSALDO 0 202602 6400 {1 77} 300\n"
    file = read_sie((HEAD + months).encode("cp437"))

    assert [(each.object, each.day, each.amount) for each in movements(file)] == [
        ("1204", date(2026, 2, 28), Decimal(200)),
        ("", date(2026, 2, 28), Decimal(100)),
    ]


def test_movements_come_of_the_years_results_when_there_is_nothing_else():
    file = read_sie((HEAD + "#RES 0 6400 300.00\n#RES -1 6400 7\n").encode("cp437"))

    assert [(each.account, each.day, each.amount) for each in movements(file)] == [
        ("6400", date(2026, 12, 31), Decimal(300))
    ]


# Writing --------------------------------------------------------------------------------------------------------------


def voucher(*lines: Line, number: str = "1") -> Voucher:
    return Voucher("F", number, date(2026, 11, 28), "Faktura 20260001", tuple(lines), date(2026, 11, 28))


def file_with(*vouchers: Voucher, **more) -> SieFile:
    facts = {
        "type": 4,
        "company": "Luleå kommun",
        "org_number": "212000-2742",
        "program": "Portalen",
        "program_version": "1",
        "generated_on": date(2026, 11, 28),
        "years": (YEAR,),
        "accounts": {"1510": "Kundfordringar", "3520": "Ersättning från kommuner", "2611": "Utgående moms"},
        "dimensions": {"6": "Projekt", "20": "Motpart"},
        "objects": {("6", "1204"): "Mina meddelanden", ("20", "2521"): "Pajala kommun"},
        "vouchers": vouchers,
    }
    return SieFile(**facts | more)


SALE = voucher(
    Line("1510", Decimal("1250.00"), (("20", "2521"),)),
    Line("3520", Decimal("-1000.00"), (("20", "2521"), ("6", "1204")), text="Grundbelopp"),
    Line("2611", Decimal("-250.00")),
)


@pytest.mark.parametrize("alphabet", ["cp437", "iso-8859-1"])
def test_what_is_written_is_read_back_the_same(alphabet):
    written = file_with(SALE, encoding=alphabet)

    assert read_sie(write_sie(written)) == written


def test_rows_stand_in_the_order_of_the_format_and_end_with_cr_lf():
    rows = write_sie(file_with(SALE)).decode("cp437").split("\r\n")

    assert [row.split()[0] for row in rows[:8]] == [
        *("#FLAGGA", "#PROGRAM", "#FORMAT", "#GEN", "#SIETYP", "#ORGNR", "#FNAMN", "#RAR"),
    ]
    assert rows[2] == "#FORMAT PC8"
    assert '   #TRANS 3520 {20 "2521" 6 "1204"} -1000.00 "" "Grundbelopp"' in rows
    assert b"Lule\x86 kommun" in write_sie(file_with(SALE))


def test_signs_that_the_alphabet_lacks_are_spelt_in_others():
    written = write_sie(file_with(replace(SALE, text="Juli–december “e-kontor” 5 € C:\\")))

    assert read_sie(written).vouchers[0].text == "Juli-december 'e-kontor' 5 EUR C:/"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (voucher(Line("1510", Decimal(100)), Line("3520", Decimal(-99))), "verifikation F 1: är ur balans med 1 kr"),
        (voucher(), "verifikation F 1: har inga rader"),
        (voucher(Line("1", Decimal(1)), Line("3520", Decimal(-1))), "konto 1 finns inte i kontoplanen"),
        (voucher(Line("1510", Decimal(0), (("7", "3"),))), "dimension 7 är inte namngiven"),
        (voucher(Line("1510", Decimal(0), (("6", "3"),))), "objekt 3 i dimension 6 är inte namngivet"),
    ],
)
def test_a_voucher_that_the_ledger_would_not_take_is_refused(wrong, sentence):
    with pytest.raises(Refused, match=sentence):
        write_sie(file_with(wrong))


texts = st.text(st.sampled_from('abcåäöÅÄÖé "#{}0123'), max_size=20).map(str.strip)
amounts = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(texts, st.lists(amounts, min_size=1, max_size=5)), max_size=4),
    st.sampled_from(["cp437", "iso-8859-1"]),
)
def test_any_vouchers_survive_the_way_out_and_in(told, alphabet):
    made = tuple(
        replace(
            voucher(*(Line("1510", each, text=text) for each in sums), Line("3520", -sum(sums, Decimal(0)))),
            number=str(number),
            text=text,
        )
        for number, (text, sums) in enumerate(told)
    )

    assert read_sie(write_sie(file_with(*made, encoding=alphabet))).vouchers == made


def test_an_independent_reader_finds_the_same_vouchers(tmp_path):
    pysie = pytest.importorskip("pysie_accounting.pysie", reason="läsaren pysie-accounting är inte installerad")
    other = SALE, voucher(Line("1510", Decimal("-0.05")), Line("3520", Decimal("0.05")), number="2")
    path, other_path = tmp_path / "ut.si", tmp_path / "koder.csv"
    path.write_bytes(write_sie(file_with(*other)))
    other_path.write_text("SRU,Ink2\n1,1.1\n")
    reader = pysie.PySIE()
    reader.sie_encoding = "cp437"
    reader.open_trans(other_path)

    reader.open(path)

    assert reader.fnamn == "Luleå kommun"
    assert reader.verifikat == {
        "1": (
            "20261128",
            "Faktura 20260001",
            "20261128",
            [
                ("1510", '20 "2521"', "1250.00"),
                ("3520", '20 "2521" 6 "1204"', "-1000.00"),
                ("2611", "", "-250.00"),
            ],
        ),
        "2": ("20261128", "Faktura 20260001", "20261128", [("1510", "", "-0.05"), ("3520", "", "0.05")]),
    }
