"""Edits as people make them to a site's sources: each changes files below a root and says in words what it did.

Most leave the site valid, some do not. What an edit chooses depends only on the dice and on the files it finds.
"""

from pathlib import Path

from tests.edits.apart import anchor_again, put_apart, revise_text, take_text_away
from tests.edits.editor import Dice, Edit
from tests.edits.files import (
    add_annotations,
    asset_or_media,
    delete_annotations,
    delete_article,
    delete_or_rename_summit,
    duplicate,
    long_article,
    many_articles,
    new_article,
    new_summit,
    page_or_topic_file,
    promise,
    rename_article,
    same_size,
    slip,
    stray_file,
    swap,
    template_file,
    touch,
    white_space,
)
from tests.edits.records import (
    article_facts,
    body_text,
    claim_facts,
    claim_history,
    claim_id,
    claim_list,
    claim_modality,
    config_facts,
    entity_facts,
    measure_facts,
    page_facts,
    quote_words,
    summit_facts,
    topic_facts,
)

# How often each comes up.
WEIGHTS: dict[Edit, int] = {
    article_facts: 12,
    body_text: 10,
    claim_facts: 22,
    claim_history: 10,
    claim_modality: 2,
    claim_list: 5,
    claim_id: 2,
    quote_words: 4,
    summit_facts: 8,
    topic_facts: 3,
    page_facts: 2,
    entity_facts: 10,
    measure_facts: 4,
    config_facts: 6,
    new_article: 4,
    long_article: 1,
    many_articles: 1,
    delete_article: 2,
    delete_annotations: 1,
    add_annotations: 3,
    rename_article: 3,
    new_summit: 2,
    delete_or_rename_summit: 2,
    page_or_topic_file: 3,
    template_file: 8,
    asset_or_media: 4,
    white_space: 3,
    touch: 2,
    same_size: 6,
    swap: 3,
    duplicate: 1,
    slip: 1,
    stray_file: 1,
    promise: 2,
    put_apart: 4,
    revise_text: 3,
    anchor_again: 4,
    take_text_away: 3,
}
EDITS: dict[str, Edit] = {edit.__name__: edit for edit in WEIGHTS}


def any_edit(dice: Dice, root: Path) -> str:
    """One of the edits, each as often as its weight says."""
    (edit,) = dice.choices(list(WEIGHTS), list(WEIGHTS.values()))
    return f"{edit.__name__}: {edit(dice, root)}"
