"""What texts are about, as vectors: by their words, or by a sentence model that lies on this machine."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from autograder.commands.wording import LONGEST, normalised
from autograder.model import UsageError

Vectors = NDArray[np.float64]
Sense = Callable[[Sequence[str], Sequence[str]], tuple[Vectors, Vectors]]
"""(texts, entries of the rubric) -> a vector for each text, and how like each text (row) is to each entry (column)."""

TOPICS = 20  # dimensions of a text's sense
MODEL = "modules.json"  # what a sentence model's folder holds


def by_words(texts: Sequence[str], entries: Sequence[str]) -> tuple[Vectors, Vectors]:
    """Latent semantic analysis of TF-IDF: knows this class's words and no others."""
    said, wanted = [normalised(text) for text in texts], [normalised(entry) for entry in entries]
    vectors = TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True).fit([*said, *wanted])
    words = vectors.transform(said)
    topics = TruncatedSVD(min(TOPICS, len(said) - 1, words.shape[1] - 1), random_state=0).fit_transform(words)
    return topics, (words @ vectors.transform(wanted).T).toarray()


def by_model(folder: Path) -> Sense:
    """A model of sentence-transformers in ``folder``. Nothing is ever fetched: what the folder lacks is missing, and code in it
    is not run.

    Raises:
        UsageError: there is no model there, or the extra is not installed.
    """
    if not (folder / MODEL).is_file():
        raise UsageError(
            f"{folder} holds no sentence model: a folder with {MODEL} is expected, as sentence-transformers saves one. "
            "Nothing is downloaded."
        )
    model = _loaded(folder)

    def sense(texts: Sequence[str], entries: Sequence[str]) -> tuple[Vectors, Vectors]:
        short = [text[:LONGEST] for text in (*texts, *entries)]
        made = model.encode(short, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
        found = np.asarray(made, np.float64)
        return found[: len(texts)], found[: len(texts)] @ found[len(texts) :].T

    return sense


def _loaded(folder: Path) -> Any:
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"  # read when they are imported
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise UsageError(
            f'--model needs the extra "embeddings": pip install "deep-autograder[embeddings]" ({error}).'
        ) from None
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True, trust_remote_code=False)
    except Exception as error:  # whatever a damaged folder brings up
        raise UsageError(f"The sentence model in {folder} cannot be read: {error}") from error
