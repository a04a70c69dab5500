"""Texts, foreign Markdown, mails, feeds and PDFs: the facts and paragraphs that they have, or why they are refused."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from briefing.importing.dates import dated
from briefing.importing.feed import picked
from tests.importing.desk import checked_with_quotes, imported, lines, only, site, written
from tests.importing.pdfs import column, pdf

TEXT = """\
The summit in three paragraphs

Ilse Brandt and Tomas Vale will meet on Friday in Port Sel, the first meeting
of the two since both took office, and the first in the town since another was
held there in 1994.

They are likely to announce a contract for natural gas.

1. Steel is on the table.
2. Fish is not.

> “A win for both”, said one of those
> who wrote it.
"""


def test_a_text_has_paragraphs_out_of_its_lines(tmp_path: Path) -> None:
    root = site(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    article = only(imported(root, "a.txt"))
    assert written(root, article.path).facts["title"] == "The summit in three paragraphs"
    assert lines(article) == [
        "Ilse Brandt and Tomas Vale will meet on Friday in Port Sel, the first meeting of the two since both took"
        " office, and the first in the town since another was held there in 1994.",
        "They are likely to announce a contract for natural gas.",
        "Steel is on the table.",
        "Fish is not.",
        "“A win for both”, said one of those who wrote it.",
    ]
    assert "\n1. Steel is on the table.\n2. Fish is not.\n\n> “A win" in written(root, article.path).body


def test_what_was_not_found_is_left_to_the_editor_and_told_by_check_at_its_line(tmp_path: Path) -> None:
    from briefing.build import check
    from briefing.request import Request

    root = site(tmp_path)
    run = imported(root, "-", data=TEXT.encode())
    path = only(run).path
    assert path == "content/articles/undated-the-summit-in-three-paragraphs.md"
    told = {(problem.code, problem.place.line) for problem in run.outcome().problems}  # type: ignore[union-attr]
    assert told == {("left-to-editor", 3), ("left-to-editor", 4)}
    assert "published:  # no date was found: write the day, as in 2026-03-02" in written(root, path).head
    problems = check(Request(root)).outcome().problems
    assert [(problem.code, str(problem.place), problem.message) for problem in problems] == [
        ("missing-key", f"{path}:3:1", "`source` has no value"),
        ("missing-key", f"{path}:4:1", "`published` has no value"),
    ]


FOREIGN: dict[str, tuple[str, dict[str, object], list[str], list[str]]] = {
    "jekyll": (
        "---\nlayout: post\ntitle:  \"Gas: a deal\"\ndate:   2026-03-02 06:15:00 +0000\nauthor: Ada Rios\n"
        "categories: [world, gas]\n---\n\n# Gas: a deal\n\n"
        "The [leaders](/leaders) met. {% include ad.html %} They signed.\n",
        {"title": "Gas: a deal", "published": "2026-03-02T06:15:00+00:00", "authors": ["Ada Rios"]},
        ["The leaders met. {% include ad.html %} They signed."],
        ["`layout`, `categories`", "tags of templates", "links inside its old site are now only their words: 1"],
    ),
    "hugo": (
        "---\ntitle: A deal\ndate: 2026-03-02T06:15:00+09:00\nlastmod: 2026-03-03T06:15:00+09:00\ndraft: false\n"
        "authors:\n  - Ada Rios\n  - Ben Okoro\nlanguage: en\n---\nThe leaders met.\n\n- one\n- two\n",
        {"title": "A deal", "published": "2026-03-02T06:15:00+09:00", "updated": "2026-03-03T06:15:00+09:00",
         "authors": ["Ada Rios", "Ben Okoro"], "language": "en"},
        ["The leaders met.", "one", "two"],
        [],
    ),
    "hugo-toml": (
        "+++\ntitle = 'A deal'\ndate = 2026-03-02T06:15:00Z\ntags = ['gas']\n+++\nThe leaders met.\n",
        {"title": "A deal", "published": "2026-03-02T06:15:00Z"},
        ["The leaders met."],
        ["`tags`"],
    ),
    "pelican": (
        "Title: A deal\nDate: 2026-03-02 06:15\nCategory: World\nSlug: the-deal\nAuthor: Ada Rios\n\n"
        "The leaders met.\n",
        {"title": "A deal", "published": "2026-03-02", "authors": ["Ada Rios"]},
        ["The leaders met."],
        ["`category`", "`date` gives a time without its offset"],
    ),
    "archive": (
        "---\ndate: '2026-03-02'\npublished_time: 2026-03-02 19:00:08-05:00\n"
        "source_url: https://harbor-times.example/statements/deal\ntags: statements\n"
        "title: \"Leaders\\u2019 statement\"\n---\n \n"
        "The leaders met.   \n   \n**<u>Gas</u>**  \n They signed, see [annex](../annex.html).\n",
        {"title": "Leaders’ statement", "published": "2026-03-02T19:00:08-05:00", "source": "harbor-times",
         "url": "https://harbor-times.example/statements/deal"},
        ["The leaders met.", "Gas They signed, see annex."],
        ["`tags`"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FOREIGN)
def test_foreign_front_matter_is_mapped_and_the_rest_listed(form: str, tmp_path: Path) -> None:
    text, facts, paragraphs, notes = FOREIGN[form]
    root = site(tmp_path)
    (tmp_path / f"{form}.md").write_text(text, encoding="utf-8")
    article = only(imported(root, f"{form}.md"))
    seen = written(root, article.path).facts
    assert {name: seen.get(name) for name in facts} == facts
    assert lines(article) == paragraphs
    told = "\n".join(article.found.notes)
    assert [note for note in notes if note not in told] == []
    assert bool(notes) == bool(told)
    outcome = checked_with_quotes(root, [article])
    assert [problem.message for problem in outcome.problems if problem.severity == "error"] == []


def test_a_relative_link_leads_to_the_site_that_the_text_came_from(tmp_path: Path) -> None:
    root = site(tmp_path)
    (tmp_path / "a.md").write_text(FOREIGN["archive"][0], encoding="utf-8")
    assert "[annex](https://harbor-times.example/annex.html)" in written(root, only(imported(root, "a.md")).path).body


ODD = """\
---
title: Odd
date: 2026-03-02
lastmod: 2026-03-01
lang: English
url: https://x.example/a b
archive_url: nowhere
rights: CC-BY
accessed: 2026-03-01
author: {name: Ada Rios, site: https://x.example}
---
Text [a](b.html "t") here [c][r], ![i](p.png) and <a href="/z">zed</a> [end](#end).

[r]: /ref
"""


def test_what_cannot_be_a_fact_here_is_left_out_and_told(tmp_path: Path) -> None:
    root = site(tmp_path)
    (tmp_path / "a.md").write_text(ODD, encoding="utf-8")
    article = only(imported(root, "a.md"))
    facts = {"title": "Odd", "published": "2026-03-02", "authors": ["Ada Rios"], "url": "https://x.example/a%20b"}
    assert {name: value for name, value in written(root, article.path).facts.items() if value} == {
        **facts,
        "rights": "passages",
    }
    told = "not taken over from the front matter: `lang`, `archive_url`"
    assert told in article.found.notes
    assert lines(article) == ["Text a here c, and zed end."]
    outcome = checked_with_quotes(root, [article])
    assert [problem.message for problem in outcome.problems if problem.severity == "error"] == []


def test_a_slug_of_the_front_matter_is_the_name(tmp_path: Path) -> None:
    root = site(tmp_path)
    (tmp_path / "a.md").write_text(FOREIGN["pelican"][0], encoding="utf-8")
    assert only(imported(root, "a.md")).path == "content/articles/2026-03-02-the-deal.md"


def mail(text: str, page: str = "", **headers: str) -> bytes:
    message = EmailMessage()
    given = {
        "From": "Press office <press@harbor-times.example>",
        "Subject": "Statement",
        "Date": "Mon, 9 Mar 2026 10:00:00 +0900",
    }
    for name, value in (given | headers).items():
        message[name] = value
    message.set_content(text)
    if page:
        message.add_alternative(page, subtype="html")
    return message.as_bytes()


def test_a_mail_has_its_subject_sender_day_and_text(tmp_path: Path) -> None:
    root = site(tmp_path)
    text = "The President signed the contract.\n\n> It was promised in May.\n\n-- \nPress office\n+00 123\n"
    data = mail(text, Subject="Erklärung zum „Vertrag“", From="Bürö <press@press.harbor-times.example>")
    (tmp_path / "a.eml").write_bytes(data)
    article = only(imported(root, "a.eml"))
    facts = written(root, article.path).facts
    assert facts["title"] == "Erklärung zum „Vertrag“"
    assert facts["published"] == "2026-03-09T10:00:00+09:00"
    assert (facts["authors"], facts["source"]) == (["Bürö"], "harbor-times")
    assert lines(article) == ["The President signed the contract.", "It was promised in May."]
    assert "its signature was left out" in article.found.notes


def test_of_a_mail_that_is_only_a_page_the_page_is_read(tmp_path: Path) -> None:
    root = site(tmp_path)
    page = (
        "<html><body><table><tr><td><div style='display:none'>Preheader</div><h1>Good morning</h1><p>The <b>gas</b>"
        " deal is signed, for twenty years from now.</p></td></tr><tr><td><ul><li>Steel</li><li>Fish</li></ul></td>"
        "</tr></table></body></html>"
    )
    article = only(imported(root, "-", data=mail("See the page.", page)))
    assert lines(article) == ["Good morning", "The gas deal is signed, for twenty years from now.", "Steel", "Fish"]


def test_a_page_that_a_browser_saved_as_one_file_is_read_with_its_address(tmp_path: Path) -> None:
    page = "<html><body><article><h1>Größe</h1>" + "<p>The ferry to Valdor City will sail again.</p>" * 2 + "</article>"
    message = EmailMessage()
    message["From"], message["Subject"] = "<Saved by a browser>", "Size"
    message["Snapshot-Content-Location"] = "https://www.harbor-times.example/size?utm_source=x"
    message.make_related()
    message.add_related(page, subtype="html", cte="quoted-printable")
    (tmp_path / "page.mhtml").write_bytes(message.as_bytes())
    root = site(tmp_path)
    facts = written(root, only(imported(root, "page.mhtml")).path).facts
    assert (facts["title"], facts["url"]) == ("Größe", "https://www.harbor-times.example/size")


def test_a_mail_that_forwards_another_says_so_and_names_what_was_not_taken(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "ada@harbor-times.example", "Fwd: Statement"
    message["Date"] = "Mon, 9 Mar 2026 10:00:00 +0900"
    message.set_content("See below, all of you.\n\n---------- Forwarded message ---------\nThe leaders met.\n")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="annex.pdf")
    article = only(imported(site(tmp_path), "-", data=message.as_bytes()))
    assert "it forwards another mail: its day and its sender are those of the forwarding" in article.found.notes
    assert "attachments that were not taken: `annex.pdf`" in article.found.notes


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Coast</title>
<link href="https://coast.example/"/><entry><title type="html">A &lt;b&gt;bold&lt;/b&gt; one</title>
<link rel="self" href="/s"/>
<link href="/a/1"/><updated>2026-03-02T10:00:00+01:00</updated></entry><entry><title>Two</title></entry></feed>"""
RSS = """<rss version="2.0"><channel><title>Coast</title><item><title>One &amp; more</title>
<link>https://coast.example/1</link>
<pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate></item><item><guid>https://coast.example/2</guid></item></channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Coast</title></channel><item><title>Old</title>
<link>https://coast.example/3</link><dc:date>2026-03-02</dc:date></item></rdf:RDF>"""
LISTS = {
    ATOM: [
        "2026-03-02T10:00:00+01:00  A bold one  https://coast.example/a/1",
        "without a date  Two  without an address",
    ],
    RSS: [
        "2026-03-02T10:00:00+01:00  One & more  https://coast.example/1",
        "without a date  without a title  https://coast.example/2",
    ],
    RDF: ["2026-03-02  Old  https://coast.example/3"],
}


@pytest.mark.parametrize("feed", LISTS)
def test_a_feed_is_a_list_to_choose_from(feed: str, tmp_path: Path) -> None:
    run = imported(site(tmp_path), "-", data=feed.encode())
    assert [entry.in_words() for _, entries in run.listed for entry in entries] == LISTS[feed]
    assert (run.imported, list(run.problems)) == ([], [])


def test_an_entry_without_an_address_is_refused(tmp_path: Path) -> None:
    run = imported(site(tmp_path), "-", data=ATOM.encode(), choose=lambda source, entries: [2])
    assert [problem.message for problem in run.problems] == ["`Two` has no address in the feed"]


def test_numbers_are_chosen_as_people_write_them() -> None:
    assert picked("1,3-5, 3", 9) == [1, 3, 4, 5]
    assert picked("all", 2) == [1, 2]
    for wrong in ("0", "10", "2-1", "x", "", "1-"):
        with pytest.raises(ValueError, match=rf"^{wrong}$"):
            picked(wrong, 9)


def test_a_pdf_has_paragraphs_without_what_stands_on_every_page(tmp_path: Path) -> None:
    root = site(tmp_path)
    first = column(
        [
            "Both sides have agreed on a contract for natural gas that will run for",
            "twenty years and begin in the autumn of this year.",
            "",
            "They also agreed on 10",
            "steel, of which more is said in the annex to this statement, and on a",
            "joint office.",
        ]
    )
    first.insert(3, (70 + 116, 760 - 3 * 14.3 + 5, 6, "6"))  # raised, behind the 10
    pages = []
    for number in range(1, 4):
        more = column([f"Part {number} of the statement says what both sides will do in year {number}."])
        head, foot = (70, 800, 9, "Office of the President"), (290, 40, 9, f"Page {number} of 3")
        pages.append([head, *(first if number == 1 else more), foot])
    (tmp_path / "a.pdf").write_bytes(pdf(pages, title="Statement on gas (final)"))
    article = only(imported(root, "a.pdf"))
    assert written(root, article.path).facts["title"] == "Statement on gas (final)"
    assert lines(article)[0] == (
        "Both sides have agreed on a contract for natural gas that will run for twenty years and begin in the autumn of"
        " this year."
    )
    assert "10⁶" in lines(article)[1]
    assert "106" not in lines(article)[1]
    whole = "\n".join(lines(article))
    assert "Part 3 of the statement" in whole
    assert "Office of the President" not in whole
    assert "Page 2" not in whole
    assert "the file was made on 2026-03-10, which is not when it was published" in written(root, article.path).head


PDFS = {
    "its pages are pictures, without text": pdf([[], []]),
    "it is damaged, and cannot be read as a PDF": b"%PDF-1.4\nnothing of a document\n",
}


@pytest.mark.parametrize("reason", PDFS)
def test_a_pdf_that_cannot_be_read_is_refused(reason: str, tmp_path: Path) -> None:
    run = imported(site(tmp_path), "-", data=PDFS[reason])
    assert [(problem.code, problem.message) for problem in run.problems] == [("no-article", reason)]


DATES = {
    "2026-03-02T06:15:00+0900": "2026-03-02T06:15:00+09:00",
    "2026-03-02 19:00:08-05:00": "2026-03-02T19:00:08-05:00",
    "2026-03-02T06:15:00.123Z": "2026-03-02T06:15:00Z",
    "2026-03-02T06:15": "2026-03-02",
    "20260302": "2026-03-02",
    "Mon, 02 Mar 2026 06:15:00 GMT": "2026-03-02T06:15:00Z",
    "Mon, 02 Mar 2026 06:15:00 -0000": "2026-03-02T06:15:00Z",
    "March 2, 2026": "2026-03-02",
    "2nd Mar 2026": "2026-03-02",
    "2026年3月2日 6時15分": "2026-03-02",
    "2026. 3. 2.": "2026-03-02",
    "2026년 3월 2일": "2026-03-02",
    "2026-03": "2026-03",
    "02/03/2026": None,
    "2026-02-30": None,
    "0001-01-01T00:00:00Z": None,
    "1772432100": None,
    "yesterday": None,
}


@pytest.mark.parametrize(("text", "date"), DATES.items())
def test_a_date_is_read_as_it_is_written_or_not_at_all(text: str, date: str | None) -> None:
    found = dated(text)
    assert (found.text if found else None) == date
