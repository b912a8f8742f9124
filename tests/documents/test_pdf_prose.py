import pytest

from enamnd.documents.pdf_prose import prepared


def test_a_heading_never_skips_a_level():
    assert prepared("<h5>A</h5><h4>B</h4><h5>C</h5>") == "<h4>A</h4><h4>B</h4><h5>C</h5>"


def test_text_without_a_heading_above_it_begins_one_level_higher():
    assert prepared("<h4>A</h4><h5>B</h5>", under=2) == "<h3>A</h3><h4>B</h4>"


def test_names_of_the_attendance_list_are_kept_whole_wherever_they_stand():
    html = prepared("<p>Av Elin Ek, <em>till Elin Ek</em> och Anna Alm.</p>", names=("Anna Alm", "Elin Ek"))

    assert html.count('<span class="name">Elin Ek</span>') == 2
    assert '<span class="name">Anna Alm</span>.</p>' in html


@pytest.mark.parametrize("address", ["/moten/1/", "javascript:alert(1)", "file:///etc/passwd", "moten"])
def test_a_link_that_leads_nowhere_from_paper_becomes_plain_text(address):
    assert prepared(f'<p>Se <a href="{address}">där</a> nu</p>') == "<p>Se där nu</p>"


@pytest.mark.parametrize("address", ["https://example.org/", "mailto:a@example.org", "#p2"])
def test_a_link_that_can_be_followed_stays(address):
    html = f'<p>Se <a href="{address}">där</a></p>'

    assert prepared(html) == html


def test_links_within_the_portal_lead_somewhere_on_screen():
    html = '<p><a href="/moten/1/">mötet</a></p>'

    assert prepared(html, on_screen=True) == html


def test_what_does_not_belong_on_paper_is_left_out_and_its_text_stays():
    html = prepared('<p onclick="x()">Hej <b>du</b><script>x()</script><img src="x"> där</p><!-- x -->')

    assert html == "<p>Hej du där</p>"


def test_a_list_holds_points_alone():
    assert prepared("<ul><p>a</p><li>b</li></ul>") == "<ul><li><p>a</p></li><li>b</li></ul>"


def test_a_point_outside_a_list_becomes_a_paragraph():
    assert prepared("<blockquote><li>a</li></blockquote>") == "<blockquote><p>a</p></blockquote>"
