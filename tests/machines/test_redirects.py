"""The file `_redirects`, held to what its readers take: Cloudflare's limits and statuses, Netlify's forced rules."""

from briefing.machines.redirects import redirects

CLOUDFLARE = {"200", "301", "302", "303", "307", "308"}


def rules(data: bytes) -> list[list[str]]:
    return [line.split(" ") for line in data.decode("ascii").splitlines()]


def test_rules_that_any_host_reads_are_redirects_alone() -> None:
    found = rules(redirects([("/a/会談.html", "/a/x.html")], [("/gone.html", "/gone.html")], is_netlify=False))
    assert found == [["/a/%E4%BC%9A%E8%AB%87.html", "/a/x.html", "301"]]


def test_netlify_asks_for_rules_where_there_is_a_page_and_says_what_is_gone() -> None:
    gone = [("/gone.html", "/gone.html"), ("/calendars/x.ics", "/404.html")]
    found = rules(redirects([("/old.html", "/new.html")], gone, is_netlify=True))
    assert found == [
        ["/old.html", "/new.html", "301!"],
        ["/gone.html", "/gone.html", "410!"],
        ["/calendars/x.ics", "/404.html", "410!"],
    ]


def test_of_very_many_rules_and_very_long_ones_there_are_those_that_are_read() -> None:
    many = [(f"/old-{number}.html", "/new.html") for number in range(2500)]
    long = ("/" + "会" * 150 + ".html", "/new.html")
    found = rules(redirects([long, *many], [], is_netlify=False))
    assert len(found) == 2000
    assert found[0][0] == "/old-0.html"
    assert all(len(rule) == 3 and rule[2] in CLOUDFLARE and len(" ".join(rule)) <= 1000 for rule in found)
    assert len(rules(redirects(many, [], is_netlify=True))) == 2500
