from datetime import date

from projects.timeline import WIDTH, Drawn, Span, picture, years_shown

TODAY = date(2024, 7, 1)


def test_the_years_hold_all_that_is_drawn_and_today():
    assert years_shown([Drawn("A", "/", date(2019, 1, 1), date(2022, 12, 31))], TODAY) == (2019, 2025)
    assert years_shown([Drawn("A", "/")], TODAY) == (2024, 2025)


def test_very_old_years_are_left_outside():
    first, last = years_shown([Drawn("A", "/", date(1990, 1, 1), date(2060, 1, 1))], TODAY)

    assert (first, last) == (2016, 2031)


def test_a_phase_that_goes_on_reaches_today_and_an_open_plan_the_edge():
    drawn = Drawn("A", "/", date(2023, 1, 1), None, (Span("Förstudie", date(2024, 1, 1), None, "BP2"),))
    row = picture([drawn], TODAY).rows[0]
    end_of_phase = float(row.pieces[0].x) + float(row.pieces[0].width)

    assert abs(end_of_phase - float(picture([drawn], TODAY).today)) < 0.2
    assert abs(float(row.plan.x) + float(row.plan.width) - WIDTH) < 0.2
    assert row.plan.open_points.split()[0] == f"{WIDTH:.1f},{float(row.plan.y):.1f}", "utan högerkant"
    assert "BP2 1 januari 2024" in row.marks[0].title


def test_words_that_do_not_fit_are_not_drawn_over_others():
    short = Drawn("A", "/", spans=(Span("Kvalificering av idé", date(2024, 1, 1), date(2024, 1, 20)),))
    row = picture([short, Drawn("B", "/", date(2010, 1, 1), None)], TODAY).rows[0]

    assert row.pieces[0].text == ""
    assert "Kvalificering av idé" in row.pieces[0].title
