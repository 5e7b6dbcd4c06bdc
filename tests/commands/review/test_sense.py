"""Groups by a sentence model that lies on this machine: words that mean the same are the same, and nothing is fetched."""

import sys
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from autograder.checks.rubrics import read_rubric
from autograder.commands.review.groups import grouped
from autograder.commands.review.sense import by_model, by_words
from autograder.model import UsageError
from tests.commands.review import classroom
from tests.commands.test_cli import run
from tests.conftest import RUBRIC

MEANINGS = {
    "bent upwards": ["convex", "vaulted", "bulging", "bowl", "cupped", "rounded"],
    "rises": ["increases", "grows", "climbs", "ascends", "mounts", "swells"],
    "the": ["the", "a", "this", "that", "its", "our"],
    "curve": ["curve", "graph", "line", "plot", "function", "picture"],
}
SAID = {
    **{f"convex {i}": f"{the} {curve} {bent}" for i, (bent, _, the, curve) in enumerate(zip(*MEANINGS.values(), strict=True))},
    **{f"rises {i}": f"{the} {curve} {rises}" for i, (_, rises, the, curve) in enumerate(zip(*MEANINGS.values(), strict=True))},
}  # fmt: skip
MEANT = {frozenset(name for name in SAID if name.startswith(kind)) for kind in ("convex", "rises")}


@pytest.fixture
def rubric(tmp_path):
    (tmp_path / "rubric.toml").write_text(RUBRIC)
    return read_rubric(tmp_path / "rubric.toml", 3)


def students(groups) -> set[frozenset[str]]:
    return {frozenset(group.students) for group in groups}


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    """A sentence model as small as one can be: a vector for each word, one for all words of a meaning."""
    sentence_transformers = pytest.importorskip("sentence_transformers")
    import numpy as np
    from sentence_transformers.models import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = ["[UNK]", *(word for meaning in MEANINGS.values() for word in meaning)]
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    of_meaning = np.random.default_rng(0).normal(size=(len(MEANINGS), 8)).astype(np.float32)
    vectors = np.concatenate([np.zeros((1, 8), np.float32), np.repeat(of_meaning, 6, axis=0)])
    folder = tmp_path_factory.mktemp("model")
    sentence_transformers.SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=vectors)], device="cpu"
    ).save(str(folder))
    return folder


@pytest.mark.slow  # it imports transformers
def test_a_model_knows_words_that_mean_the_same(model, rubric):
    assert students(grouped(SAID, rubric, by_model(model))) == MEANT
    assert students(grouped(SAID, rubric, by_words)) != MEANT


@pytest.mark.slow
def test_a_damaged_model_is_a_sentence(model):
    for path in model.rglob("*.safetensors"):
        path.write_bytes(b"")
    with pytest.raises(UsageError, match=r"The sentence model in .* cannot be read: "):
        by_model(model)


def test_a_sense_orders_groups_and_nothing_else(rubric):
    import numpy as np

    def by_last_word(texts, entries):
        last = [
            next(i for i, words in enumerate(MEANINGS.values()) if text.lower().strip(" !").split()[-1] in words)
            for text in texts
        ]
        return np.eye(4)[last], np.zeros((len(texts), len(entries)))

    assert students(grouped(SAID, rubric, by_last_word)) == MEANT
    groups = grouped(SAID | {"copy": SAID["rises 0"].upper() + " !"}, rubric, by_last_word)
    assert any({"copy", "rises 0"} <= set(group.students) for group in groups)


def test_a_folder_without_a_model_is_refused_before_anything_is_asked_of_it(tmp_path, sheet, course):
    results = classroom.results(tmp_path / "out", sheet)
    code, said = run("review", results.folder, "--course", course, "--model", tmp_path)
    assert code == 2
    assert "holds no sentence model: a folder with modules.json is expected" in said
    assert "Nothing is downloaded" in said


def test_without_the_extra_the_command_to_get_it_is_said(tmp_path, monkeypatch):
    (tmp_path / "modules.json").write_text("[]")
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(UsageError, match=r'pip install "deep-autograder\[embeddings\]"'):
        by_model(tmp_path)
