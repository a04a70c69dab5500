"""The strict YAML reader: the same data as PyYAML's BaseLoader where both read a text, with true positions."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from briefing.diagnostics import Location, Step
from briefing.model.article import Article
from briefing.model.base import validated
from briefing.model.edition import PUBLIC
from briefing.read import limits
from briefing.read.annotations import read_annotations
from briefing.read.markup import render_markdown
from briefing.read.quotes import QuotedText
from briefing.read.sources import SourceFile, read_source
from briefing.read.yaml_reader import Document, read_yaml
from tests.fuzz.slips import mutated
from tests.sites.rich import ARTICLES, write_rich_site

NULLS = ("", "~", "null", "Null", "NULL")


def read(text: str) -> Document:
    document, problems = read_yaml(SourceFile("file.yaml", text))
    assert problems == []
    return document


def refused(text: str) -> list[tuple[str, int, int]]:
    """Code, line and column of each problem."""
    _, problems = read_yaml(SourceFile("file.yaml", text))
    places = [(problem.code, problem.place) for problem in problems]
    return [(code, place.line, place.column) for code, place in places if isinstance(place, Location)]


def nodes(text: str) -> yaml.Node | None:
    """The document's nodes by the reader in pure Python, which shares no code with libyaml."""
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.BaseLoader)
    return node


def data_of(node: yaml.Node | None) -> Any:
    """Plain data, a plain null as an absent key."""
    if isinstance(node, yaml.MappingNode):
        items = [(key.value, data_of(value)) for key, value in node.value]
        return {key: value for key, value in items if value is not None}
    if isinstance(node, yaml.SequenceNode):
        return [data_of(value) for value in node.value]
    assert node is None or isinstance(node, yaml.ScalarNode)
    return None if node is None or (node.style is None and node.value in NULLS) else node.value


def scalars(node: yaml.Node, way: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], yaml.ScalarNode]]:
    """Every value that is not null, with the way to it."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from scalars(value, (*way, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from scalars(value, (*way, index))
    elif isinstance(node, yaml.ScalarNode) and data_of(node) is not None:
        yield way, node


WORDS = st.text(alphabet="abcdefghijklmnop éß日本語😀'\":#-,[]{}&*!|>%@`?~0123456789\n", max_size=20)
KEYS = st.text(alphabet="abcdefgh-é日", min_size=1, max_size=8)
DATA = st.recursive(
    WORDS, lambda part: st.lists(part, max_size=3) | st.dictionaries(KEYS, part, max_size=3), max_leaves=6
)


class PlainDumper(yaml.SafeDumper):
    """Writes values out instead of anchors and aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@given(
    data=st.dictionaries(KEYS, DATA, max_size=4),
    flow=st.sampled_from([True, False, None]),
    unicode=st.booleans(),
    width=st.sampled_from([20, 80, 1000]),
    indent=st.sampled_from([2, 4, 7]),
)
def test_what_is_dumped_is_read_as_base_loader_reads_it(
    data: dict[str, Any], flow: bool | None, unicode: bool, width: int, indent: int
) -> None:
    text = yaml.dump(
        data, Dumper=PlainDumper, default_flow_style=flow, allow_unicode=unicode, width=width, indent=indent
    )
    assert read(text).data == yaml.load(text, Loader=yaml.BaseLoader)
    if width == 1000:  # PyYAML does not always fold long lines into what it reads again.
        assert read(text).data == data


YAML_TEXT = st.text(alphabet="ab:-#'\"[]{},&*!|>%@?~0. \n\n\t日é", max_size=60)


@given(YAML_TEXT)
@example("a: 'b\n\n  c'\nd: >-\n  e\n  f\n")
@example("- - a\n  - b: c\n    d: [e, {f: g}]\n")
@example("? a\n: b\n")
@example("--- a\n...\n")
def test_a_text_that_both_accept_gives_the_same_data(text: str) -> None:
    document, problems = read_yaml(SourceFile("file.yaml", text))
    assume(not problems)
    try:
        node = nodes(text)
    except yaml.YAMLError:
        assume(False)
    expected = data_of(node)
    assert document.data == ({} if expected is None else expected)


@given(YAML_TEXT.map(lambda text: f"é日: x\nfirst:\n  - {text}\nlast: z\n"))
def test_a_scalar_stands_where_it_is_said_to_stand(text: str) -> None:
    document, problems = read_yaml(SourceFile("file.yaml", text))
    assume(not problems and isinstance(document.data, dict))
    try:
        node = nodes(text)
    except yaml.YAMLError:
        assume(False)
    assert node is not None
    for way, scalar in scalars(node):
        place, written = document.place(way), text[scalar.start_mark.index : scalar.end_mark.index]
        assert (place.line, place.column) == (scalar.start_mark.line + 1, scalar.start_mark.column + 1)
        if scalar.style not in ("|", ">"):
            assert place.width == max(1, len(written.partition("\n")[0]))


@given(st.dictionaries(KEYS, st.lists(KEYS.filter(lambda word: word not in NULLS), max_size=4), max_size=5))
def test_the_text_at_a_place_is_the_scalar(data: dict[str, list[str]]) -> None:
    """Distinct plain words: the text at the place can be compared with the value itself."""
    data = {f"k{key}": [f"v{value}" for value in values] for key, values in data.items()}
    text = "".join(f"{key}:\n" + "".join(f"  - {value}  # why\n" for value in values) for key, values in data.items())
    document, lines = read(text), text.split("\n")

    def at(place: Location) -> str:
        return lines[place.line - 1][place.column - 1 : place.column - 1 + place.width]

    for key, values in data.items():
        assert at(document.place((key,), key=True)) == key
        assert [at(document.place((key, index))) for index in range(len(values))] == values


@pytest.mark.parametrize(
    "typed",
    ["NO", "yes", "on", "true", "12:30", "1.10", "1e5", "0o17", "0x1F", "1_000", "2025-02-07", "2025-02-07T11:55-05:00",
     ".inf", "=", "<<x", "12 % of it", "a - b", "http://example.org/#x", "it's", 'say "x"', "NULLS", "nil", "None"],
)  # fmt: skip
def test_a_plain_scalar_stays_the_text_that_was_typed(typed: str) -> None:
    assert read(f"key: {typed}\nlist: [x, y]\nitems:\n  - {typed}\n").data["key"] == typed


@pytest.mark.parametrize("null", NULLS)
def test_a_plain_null_is_an_absent_key(null: str) -> None:
    document = read(f"a: {null}\nb: x\nc: {{d: {null}}}\n")
    assert document.data == {"b": "x", "c": {}}
    assert document.is_absent(("a",))
    assert document.is_absent(("c", "d"))
    assert not document.is_absent(("b",))
    assert not document.is_absent(("nowhere",))
    assert not document.is_absent(("b", "x"))
    assert not document.is_absent(("nowhere", "x"))


@pytest.mark.parametrize("quoted", [f"{mark}{null}{mark}" for mark in "'\"" for null in NULLS])
def test_a_quoted_null_is_text(quoted: str) -> None:
    assert read(f"a: {quoted}\n").data == {"a": quoted[1:-1]}


def test_a_null_in_a_list_keeps_its_place() -> None:
    assert read("a: [x, ~, y]\n").data == {"a": ["x", None, "y"]}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n", "~\n", "--- # nothing\n"])
def test_an_empty_document_is_an_empty_mapping(text: str) -> None:
    assert read(text).data == {}


def test_a_place_that_does_not_exist_is_the_nearest_one_above_it() -> None:
    document = read("a:\n  b: [x, y]\nc:\n")
    assert document.place(("a", "b", 7)) == Location("file.yaml", 2, 6, 6)
    assert document.place(("a", "b", 1)) == Location("file.yaml", 2, 10, 1)
    assert document.place(("a", "z")) == Location("file.yaml", 2, 3, 9)
    assert document.place(("a", "b", 0, "deeper")) == Location("file.yaml", 2, 7, 1)
    assert document.place(("c",)) == Location("file.yaml", 3, 1, 1)
    assert document.place(("c", "d")) == Location("file.yaml", 3, 1, 1)
    assert document.place(("z",)) == Location("file.yaml", 1, 1, 2)
    assert document.place(("a",), key=True) == Location("file.yaml", 1, 1, 1)


def test_positions_count_characters_not_bytes() -> None:
    document = read("日本: {é: 😀😀, key: value}\n")
    assert document.place(("日本", "key")) == Location("file.yaml", 1, 18, 5)
    assert document.place(("日本", "é")) == Location("file.yaml", 1, 9, 2)


def test_a_part_of_a_file_has_the_positions_of_the_file() -> None:
    source = SourceFile("file.md", "---\ntitle: Talks\n---\nBody: *x\n")
    document, problems = read_yaml(source, 4, 17)
    assert problems == []
    assert document.data == {"title": "Talks"}
    assert document.place(("title",)) == Location("file.md", 2, 8, 5)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param("a: 1\nb: 2\na: 3\na: 4\n", [("duplicate-key", 3, 1), ("duplicate-key", 4, 1)], id="key twice"),
        pytest.param("x:\n  - {a: 1, 'a': 2}\n", [("duplicate-key", 2, 12)], id="key twice, once quoted"),
        pytest.param("a: &x 1\nb: &y [1]\n", [("bad-yaml", 1, 4), ("bad-yaml", 2, 4)], id="anchors"),
        pytest.param("a: *x\nb: *y\n", [("bad-yaml", 1, 4), ("bad-yaml", 2, 4)], id="aliases"),
        pytest.param("a: !!int 1\nb: !x {}\n", [("bad-yaml", 1, 4), ("bad-yaml", 2, 4)], id="tags"),
        pytest.param("a: !!python/object/apply:os.system [ls]\n", [("bad-yaml", 1, 4)], id="Python tag"),
        pytest.param("a:\n  <<: {b: 1}\n", [("bad-yaml", 2, 3)], id="merge key"),
        pytest.param("[a]: 1\n{b: 1}: 2\n~: 3\n", [("bad-yaml", n, 1) for n in (1, 2, 3)], id="keys not words"),
        pytest.param("a: 1\n---\nb: 2\n", [("bad-yaml", 2, 1)], id="second document"),
        pytest.param("a: 1\n...\nb: 2\n", [("bad-yaml", 3, 1)], id="second document after an end"),
        pytest.param("a:\n\tb: 1\n", [("bad-yaml", 2, 1)], id="tab"),
        pytest.param("a: 1\n b: 2\n", [("bad-yaml", 2, 3)], id="indentation"),
        pytest.param("a: [1, 2\nb: 3\n", [("bad-yaml", 2, 2)], id="bracket"),
        pytest.param("a: `x`\n", [("bad-yaml", 1, 4)], id="reserved character"),
        pytest.param("a: b: c\n", [("bad-yaml", 1, 5)], id="colon in a value"),
        pytest.param('a: "x" y\n', [("bad-yaml", 1, 8)], id="text after a quoted value"),
        pytest.param('a: "\\y"\n', [("bad-yaml", 1, 5)], id="escape"),
        pytest.param("%YAML 9.9\n---\na: 1\n", [("bad-yaml", 1, 1)], id="version"),
    ],
)
def test_what_is_not_our_yaml_is_refused_where_it_stands(text: str, problems: list[tuple[str, int, int]]) -> None:
    assert refused(text) == problems


def test_the_first_of_two_equal_keys_keeps_its_value() -> None:
    document, _ = read_yaml(SourceFile("file.yaml", "a: 1\na: 2\n"))
    assert document.data == {"a": "1"}


def nested(depth: int) -> str:
    return "a: " + "[" * (depth - 1) + "]" * (depth - 1) + "\n"


def test_depth_is_bounded() -> None:
    assert read(nested(32)).data
    assert refused(nested(34)) == [("excessive-input", 1, 36)]
    assert refused(nested(300_000)) == [("excessive-input", 1, 36)]


def test_the_number_of_values_is_bounded() -> None:
    # The list and the mapping around it are values too, and so is the key.
    assert len(read("a:\n" + "- x\n" * 49_997).data["a"]) == 49_997
    assert refused("a:\n" + "- x\n" * 49_998) == [("excessive-input", 49_999, 3)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "most", "help"),
    [
        ("content/people.yaml", 500_000, "split it into several files of a folder: content/people/a-m.yaml, "),
        (
            "content/measures/trade.yaml",
            500_000,
            "split it into several files of a folder: content/measures/a-m.yaml, ",
        ),
        ("content/annotations/2025/talks.yaml", 50_000, "split its article into several, and the claims with it"),
        ("content/articles/talks.md", 50_000, "split it into several smaller files"),
        ("config.yaml", 50_000, "make it smaller"),
    ],
)
def test_of_too_many_values_it_is_said_how_to_have_fewer(path: str, most: int, help: str) -> None:
    _, problems = read_yaml(SourceFile(path, "- x\n" * most))
    assert [(p.code, p.message) for p in problems] == [("excessive-input", f"the file has more than {most:,} values")]
    assert problems[0].help.startswith(help)


@pytest.mark.parametrize("name", ["people", "organizations", "places", "sources", "measures"])
def test_every_registry_has_the_limits_of_one(name: str) -> None:
    assert limits.limit_of(f"content/{name}.yaml") == limits.limit_of(f"content/{name}/a-m.yaml")
    assert limits.limit_of(f"content/{name}.yaml").mib == 4


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    document, problems = read_yaml(SourceFile("file.yaml", text))
    assert problems or document.data is not None


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rich_site(tmp_path_factory.mktemp("rich"))


ANNOTATED = [id for id, (_, claims) in ARTICLES.items() if claims]


@pytest.mark.slow
@pytest.mark.parametrize("id", ANNOTATED)
def test_no_mutation_of_an_annotation_file_raises(id: str, rich: Path, tmp_path: Path) -> None:
    """At least 500 mutations over all files; each is read to claims whose quotes are looked for."""
    file = rich / f"content/annotations/{id}.yaml"
    body = (rich / f"content/articles/{id}.md").read_text(encoding="utf-8")
    text = QuotedText("article.md", render_markdown(body, "content/articles/article.md"))
    article = validated(Article, {"title": "T", "source": "s", "published": "2025"})
    original, path = file.read_text(encoding="utf-8"), tmp_path / "file.yaml"
    for seed in range(-(-500 // len(ANNOTATED))):
        path.write_text(mutated(original, random.Random(f"{id} {seed}")), encoding="utf-8")
        source = read_source(tmp_path, "file.yaml")
        found, _ = read_annotations(source, "article", text, article, PUBLIC)
        for problem in found.problems:
            assert problem.message
            assert problem.help
