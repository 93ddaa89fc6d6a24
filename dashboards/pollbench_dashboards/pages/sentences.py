"""A sentence of a site with everything that a citation of it needs: the words, policy, revision, address."""

from __future__ import annotations

from pollbench.data.store import load
from pollbench.errors import UnknownName
from pollbench.language.texts import SOURCE_LOCALE
from pollbench.version import __version__
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames import gather
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.answers import answers

#: The sentences of an answer, in the order in which a page prints them.
SENTENCES = ("answer", "happened", "proves")


def cite_sentence(election: str, sentence_id: str, locale: str = SOURCE_LOCALE, address: str = "") -> str:
    """How to cite a sentence about an election: ``right``, ``right.proves``, or a chart such as ``error-by-forecaster``.

    Parameters
    ----------
    election : an id or a folder.
    sentence_id : a question (right, much, surely, rigged) with the sentence meant, or the name of a chart.
    locale : language of the sentence.
    address : where the site is published, with its last slash; empty gives the page alone.

    Raises
    ------
    UnknownName : no such question, sentence or chart.
    """
    words = Words(locale)
    chart = sentence_id.replace("-", "_")
    question, _, which = sentence_id.partition(".")
    folder = "" if locale == SOURCE_LOCALE else f"{locale}/"
    with load(election) as bench:
        frames = gather(bench)
        if chart in registered():
            text = f"{registered()[chart].draw(frames, View(locale=locale)).title}."
            where = f"{address}{folder}chart-{sentence_id}.html"
        else:
            said = answers(frames, words)
            if question not in said or (which or "answer") not in SENTENCES:
                known = [f"{name}.{part_of}" for name in said for part_of in SENTENCES]
                known += [name.replace("_", "-") for name in registered()]
                raise UnknownName.of(kind="sentence", name=sentence_id, known=known)
            text = getattr(said[question], which or "answer")
            where = f"{address}{folder}index.html#{question}.{which or 'answer'}"
        return words(
            "charts.cited_sentence",
            text=text,
            policy=frames.policy.policy_id,
            version=__version__,
            data=words("page.revision", election=election, revision=bench.revisions[election]),
            address=where,
        )
