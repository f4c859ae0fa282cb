"""Makes small PDF files for the tests, with running heads, columns, tables and the like."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

__all__ = ["Pages"]

WIDTH, HEIGHT = 595.0, 842.0
LEFT, TOP, BOTTOM = 60.0, 760.0, 90.0
SIZE, LEADING = 10.0, 12.0
FONT = "Times-Roman"


class Pages:
    """A PDF file that is written page by page.

    Args:
        columns: Number of columns of the running text.
        head: The running head; ``{}`` stands for the page's number.
        foot: The running foot.
        title: The title in the metadata.
        subject: The subject in the metadata.
        password: What the file is encrypted with.
    """

    def __init__(
        self,
        *,
        columns: int = 1,
        head: str = "",
        foot: str = "",
        title: str = "",
        subject: str = "",
        password: str = "",
    ) -> None:
        self._file = io.BytesIO()
        encryption = StandardEncryption(password, strength=128) if password else None
        self._canvas = Canvas(self._file, pagesize=(WIDTH, HEIGHT), encrypt=encryption, invariant=1)
        if title:
            self._canvas.setTitle(title)
        if subject:
            self._canvas.setSubject(subject)
        self._head, self._foot = head, foot
        self._columns = columns
        self._number = 0
        self._column = 0
        self._begin()

    @property
    def _width(self) -> float:
        return (WIDTH - 2 * LEFT - 20 * (self._columns - 1)) / self._columns

    @property
    def _left(self) -> float:
        return LEFT + self._column * (self._width + 20)

    def _begin(self) -> None:
        self._number += 1
        self._column = 0
        self._top = self._y = TOP
        self._canvas.setFont(FONT, SIZE)
        for text, height in ((self._head, 800.0), (self._foot, 40.0)):
            if text:
                self._canvas.drawString(LEFT, height, text.format(self._number))

    def page(self) -> None:
        """Begin a new page."""
        self._canvas.showPage()
        self._begin()

    def wide(self, text: str, size: float = 14.0) -> None:
        """Write a line over the whole width, before the running text of the page."""
        self._canvas.setFont(FONT, size)
        for line in simpleSplit(text, FONT, size, WIDTH - 2 * LEFT):
            self._canvas.drawString(LEFT, self._y, line)
            self._y -= 1.3 * size
        self._canvas.setFont(FONT, SIZE)
        self._y -= LEADING
        self._top = self._y

    def lines(self, lines: Sequence[str]) -> None:
        """Write lines as they are, in the next column or page where one is full, and a gap behind them."""
        for line in lines:
            if self._y < BOTTOM:
                self._turn()
            self._canvas.drawString(self._left, self._y, line)
            self._y -= LEADING
        self._y -= LEADING

    def _turn(self) -> None:
        if self._column + 1 < self._columns:
            self._column += 1
            self._y = self._top
        else:
            self.page()

    def paragraph(self, text: str) -> None:
        """Write a text in lines of the column's width."""
        self.lines(simpleSplit(text, FONT, SIZE, self._width))

    def table(self, rows: Sequence[Sequence[str]], step: float = 90.0) -> None:
        """Write the rows of a table, its columns so many points apart."""
        for row in rows:
            for at, cell in enumerate(row):
                self._canvas.drawString(self._left + at * step, self._y, cell)
            self._y -= LEADING
        self._y -= LEADING

    def scan(self) -> None:
        """Draw a page without any text."""
        self._canvas.rect(100, 100, 300, 500, fill=1)

    def data(self) -> bytes:
        """Return the bytes of the file."""
        self._canvas.save()
        return self._file.getvalue()
