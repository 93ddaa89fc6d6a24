"""A drawing in its two widths, as the templates of the pages need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pollbench_dashboards.language.vega import decimal_comma
from pollbench_dashboards.pages.bare import BARE

if TYPE_CHECKING:
    from pollbench_dashboards.drawing.chart import Drawing
    from pollbench_dashboards.pages.legal_mentions import Mentions

#: The part of an SVG file that shows it without its ground: ``chart.svg#without-ground``.
WITHOUT_GROUND = "without-ground"


@dataclass(frozen=True, eq=False)
class Figure:
    """A drawing in its two widths, as the templates need it."""

    wide: Drawing
    narrow: Drawing
    polls: bool
    mentions: Mentions | None = None
    control: Any = None
    failed: str = ""
    #: Drawings for columns between the narrow and the wide one, and wider than that.
    others: tuple[Drawing, ...] = ()
    #: The pictures that stand where scripts do not draw: name -> width and height, pixels.
    stills: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    #: Which of them a wide column shows: "wide", or "card" where it is half a page.
    still: str = "wide"
    #: Digest of the rows and the code that it follows from; empty if that is not known.
    origin: str = ""
    #: Whether it has a page of its own.
    own_page: bool = False

    @property
    def name(self) -> str:
        """The name of the chart."""
        return self.wide.name

    @property
    def variants(self) -> dict[str, Drawing]:
        """The drawings by name: a column gets the widest that it has room for."""
        between = {f"width-{other.view.width}": other for other in self.others}
        return {"narrow": self.narrow, "wide": self.wide, **between}

    @property
    def slug(self) -> str:
        """The name in addresses."""
        return self.wide.name.replace("_", "-")

    @property
    def kinds(self) -> tuple[str, ...]:
        """The endings of its files, in the order in which a page offers them."""
        if not self.own_page:
            return ("csv", "svg", "json")
        return (
            "csv",
            *(("excel.csv",) if decimal_comma(self.wide.view.locale) else ()),
            "svg",
            "png",
            "pdf",
            "json",
        )

    @property
    def title(self) -> str:
        """The finding."""
        return self.wide.title

    @property
    def subtitle(self) -> str:
        """What is plotted."""
        return self.wide.subtitle

    @property
    def alternative(self) -> str:
        """The picture in words."""
        return self.wide.alternative

    @property
    def file(self) -> str:
        """Stem of the files of this figure."""
        return f"{self.wide.name}.{self.wide.view.locale}"

    @property
    def picture(self) -> str:
        """The picture as a page shows it: without the texts that the page prints, on the page's ground."""
        return f"{self.file}{'' if self.still == 'wide' else f'.{self.still}'}.svg#{BARE}"

    @property
    def narrow_picture(self) -> str:
        """The same for a narrow column; empty if there is none."""
        return f"{self.file}.narrow.svg#{BARE}" if "narrow" in self.stills else ""

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height of the picture, pixels; 0 if not known."""
        return self.stills.get(self.still, (0, 0))
