"""What a chart is: a pure function from frames to a drawing, with everything a newsroom needs around it.

A chart is one file in ``charts/``; its function is registered by ``@chart`` and receives the
frames it declared, a ``View`` (language, theme, width, what to stress) and the ``Words`` of the
language. It returns a ``Drawing``: the Altair chart without title, its data as one table, and the
four texts: title (the finding, computed), subtitle (what is plotted), caption (source, revision,
policy, what is missing) and alternative text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

import altair as alt
import pandas as pd

from pollbench.errors import DataError
from pollbench.registry import Registry
from pollbench_dashboards.drawing.highlighted import Measured, sentence_about
from pollbench_dashboards.drawing.logo import Logo
from pollbench_dashboards.drawing.names_above import keep_grid_from_names
from pollbench_dashboards.drawing.specification import specification as made_specification
from pollbench_dashboards.drawing.stress import Stress
from pollbench_dashboards.drawing.theme import CAPTION, LABEL, TITLE, require_theme
from pollbench_dashboards.language.data_words import translated_frames
from pollbench_dashboards.language.typography import wrapped
from pollbench_dashboards.language.words import Words

Topic = Literal[
    "accuracy", "bias", "time", "probabilities", "manipulation", "transfers", "coverage", "record"
]
Frames = Mapping[str, pd.DataFrame]

#: Below this width a chart has one column, labels above the marks and fewer ticks.
COMPACT = 480
FULL, WIDE, CARD, NARROW = 1080, 760, 540, 328


@dataclass(frozen=True)
class View:
    """What the person who draws may choose.

    Attributes
    ----------
    locale : "en" or "fr".
    theme : the name of a registered Altair theme (house, print, dark, grey or one's own).
    width : pixels of the whole drawing, names included.
    highlight : forecaster ids to stress; the others recede.
    candidates : candidate ids to show, in this order; empty = those of the data.
    contest_id : which contest; empty = the one that the frames mark as the main one.
    day : a day to stress, for charts over time.
    """

    locale: str = "en"
    theme: str = "house"
    width: int = WIDE
    highlight: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    contest_id: str = ""
    day: date | None = None

    @property
    def compact(self) -> bool:
        """Whether the drawing is for a narrow screen."""
        return self.width < COMPACT


@dataclass(frozen=True)
class Control:
    """What a reader can move in a live chart.

    Attributes
    ----------
    signal : the parameter of the chart, also its name in the address.
    label : what is moved, in words.
    steps : value, address (how the state is cited), label, the sentence that says what the chart shows there, and
        ``title``, the finding there, where the title of the chart follows what is moved.
    ticks : values to jump to, each with a label.
    start : the place of the step that the picture shows.
    marks : places of steps that are marked under the control, each with a short label; the first and the last among them.
    """

    signal: str
    label: str
    steps: tuple[dict[str, Any], ...]
    ticks: tuple[dict[str, Any], ...]
    start: int = 0
    marks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Drawing:
    """A chart that has been drawn for one view.

    Attributes
    ----------
    chart : the Altair chart, without title.
    data : the table behind it, as offered for download.
    title, subtitle, caption, alternative : its texts; plain text, to be escaped by the page that prints it.
    forecasts : ids of the forecasts that it shows, where its table does not hold them.
    logo : of the newsroom, below the caption of a picture and of a page.
    """

    chart: alt.TopLevelMixin
    data: pd.DataFrame
    title: str
    subtitle: str
    caption: str
    alternative: str
    name: str = ""
    view: View = field(default_factory=View)
    control: Control | None = None
    forecasts: frozenset[str] = frozenset()
    logo: Logo | None = None

    def with_forecasts(self, forecasts: Iterable[str]) -> Drawing:
        """The same drawing with the forecasts that it shows."""
        return self._with(forecasts=frozenset(forecasts))

    def with_control(self, control: Control) -> Drawing:
        """The same drawing with something to move."""
        return self._with(control=control)

    def named(self, name: str) -> Drawing:
        """The same drawing under another name, which is that of its files."""
        return self._with(name=name)

    def with_texts(self, title: str = "", subtitle: str = "", note: str = "", credit: str = "") -> Drawing:
        """The same drawing with an editor's words: in place of title and subtitle, before and after the caption."""
        alternative = self.alternative
        if title and alternative.startswith(self.title):
            alternative = title + alternative.removeprefix(self.title)
        return self._with(
            title=title or self.title,
            subtitle=subtitle or self.subtitle,
            caption=" ".join(text for text in (note, self.caption, credit) if text),
            alternative=alternative,
        )

    def _with(self, **texts: Any) -> Drawing:
        """The same drawing with other fields, none of which its specification follows from."""
        changed = replace(self, **texts)
        if "specification" in self.__dict__:
            changed.__dict__["specification"] = self.specification
        return changed

    def with_logo(self, logo: Logo | None) -> Drawing:
        """The same drawing with the logo of a newsroom."""
        return self._with(logo=logo)

    def settled(self) -> Drawing:
        """The same drawing with its specification made and the Altair chart let go: small to send between processes."""
        settled = replace(self, chart=alt.Chart())
        settled.__dict__["specification"] = self.specification
        return settled

    @classmethod
    def of_specification(cls, specification: dict[str, Any], **fields: Any) -> Drawing:
        """A settled drawing from its specification and the other fields."""
        settled = cls(chart=alt.Chart(), **fields)
        settled.__dict__["specification"] = specification
        return settled

    @cached_property
    def specification(self) -> dict[str, Any]:
        """The Vega-Lite specification without any text around the chart."""
        stress = Stress.of(self.data, self.view.highlight)
        specification = made_specification(self.chart, require_theme(self.view.theme), stress)
        if self.view.compact:
            keep_grid_from_names(specification)
        return specification

    def bare(self) -> dict[str, Any]:
        """The Vega-Lite specification without title: for a page that prints the texts itself."""
        return {**self.specification, "description": self.alternative}

    def framed(self) -> dict[str, Any]:
        """The specification with title, subtitle and caption: for a chart that travels alone.

        Vega-Lite has no caption: the outer of two nested concatenations carries it, as a title at the
        bottom, which starts at the left edge of the drawing whatever the axes are.
        The nesting is done on the finished specification; in Altair it would copy the data twice.
        """
        width = self.view.width - 16
        inner = dict(self.specification)
        outside = ("$schema", "config", "datasets", "params")
        outer: dict[str, Any] = {key: inner.pop(key) for key in outside if key in inner}
        narrow = self.view.compact
        title = {
            "text": wrapped(self.title, width, TITLE * (0.85 if narrow else 1)),
            "subtitle": wrapped(self.subtitle, width, LABEL),
            "fontSize": 16 if narrow else TITLE,
            "lineHeight": 20 if narrow else 25,
        }
        caption = {
            "text": wrapped(self.caption, width, CAPTION),
            "orient": "bottom",
            "fontSize": CAPTION,
            "fontWeight": "normal",
            "lineHeight": 15,
            "offset": 12,
            # Muted like a subtitle: the theme of the chart says what that is.
            "color": outer.get("config", {}).get("title", {}).get("subtitleColor", "#5F5A52"),
        }
        # Independent scales keep the legend inside, under the title; shared ones would lift it above.
        apart = {"scale": dict.fromkeys(("color", "shape", "size"), "independent")}
        return {
            **outer,
            "description": self.alternative,
            "title": caption,
            "resolve": apart,
            "vconcat": [{"title": title, "resolve": apart, "vconcat": [inner]}],
        }


Draw = Callable[[Frames, View, Words], Drawing]


@dataclass(frozen=True)
class ChartKind:
    """A registered chart.

    Attributes
    ----------
    name : its id, the name of its function and of its file.
    topic : the page on which it stands.
    frames : the frames it needs.
    polls : whether it shows polls, so that the legal mentions stand below it.
    live : whether readers can move something in it (a control on the page).
    pooled : whether it shows several elections at once.
    one_contest : whether it reads the rows of the contest in view alone; then it gets no others.
    function : frames, view, words -> Drawing.
    aliases : further names, as a person would ask for it.
    measured : what it measures of each forecaster, if that is one thing: the title of those who are highlighted.
    """

    name: str
    topic: Topic
    frames: tuple[str, ...]
    polls: bool
    live: bool
    pooled: bool
    function: Draw
    aliases: tuple[str, ...] = ()
    measured: Measured | None = None
    one_contest: bool = False

    def draw(self, frames: Frames, view: View | None = None) -> Drawing:
        """Draw it; DataError names a frame that it needs and did not get."""
        view = view or View()
        for needed in self.frames:
            if needed not in frames:
                raise DataError(
                    path=f"chart {self.name}",
                    rule=f"needs the frame {needed!r}.",
                    remedy="Build the frames with pollbench_dashboards.frames.gather.",
                )
        require_theme(view.theme)
        words = Words(view.locale)
        drawing = self.function(translated_frames(frames, self.frames, words), view, words)
        if view.highlight and self.measured is not None:
            drawing = drawing.with_texts(sentence_about(drawing.data, view.highlight, self.measured, words))
        return replace(drawing, data=drawing.data.reset_index(drop=True), name=self.name, view=view)


#: The registered charts, by name; ``pollbench_dashboards.charts`` fills it.
CHARTS: Registry[ChartKind] = Registry("chart")


def chart(
    *,
    topic: Topic,
    frames: tuple[str, ...],
    polls: bool = True,
    live: bool = False,
    pooled: bool = False,
    aliases: tuple[str, ...] = (),
    measured: Measured | None = None,
    one_contest: bool = False,
) -> Callable[[Draw], Draw]:
    """Register the decorated function as a chart under its own name."""

    def register(function: Draw) -> Draw:
        name = function.__name__
        CHARTS.add(
            ChartKind(name, topic, frames, polls, live, pooled, function, aliases, measured, one_contest)
        )
        return function

    return register
