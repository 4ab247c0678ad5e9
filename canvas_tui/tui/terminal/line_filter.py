"""The last line before the terminal: filters over every segment Textual paints.

Owns the guarantee that no control, escape, bidi control or link leaves the app, whichever widget forgot to clean, and
what colours become on terminals with none or 16. Must not decide what text looks like: cleaning with readable signs
happens where the model meets the screen (`core.text.clean`).
"""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from canvas_tui.core.text import clean, drop_unsafe
from canvas_tui.tui.terminal.environment import ColourDepth


class CleanText(LineFilter):
    """Takes out of every segment what `clean` would replace, and its link; the cells stay as many as they were.

    A strip is measured before it is filtered, so a longer text would push the rest of the line out of its place.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Clean a line that is about to be painted."""
        return [
            segment if _is_harmless(segment) else Segment(drop_unsafe(segment.text), _without_link(segment.style))
            for segment in segments
        ]


class StripColour(LineFilter):
    """NO_COLOR: no colour at all. Bold, dim, italic, underline and reverse say what colour said."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Take the colours off a line that is about to be painted."""
        return [Segment(text, _colourless(style), control) for text, style, control in segments]


class SixteenColours(LineFilter):
    """Colours for a terminal of 16: greys by lightness, hues by the nearest, and never text of its ground's colour."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Give a line that is about to be painted the nearest of the sixteen colours."""
        ground = background.rich_color
        return [Segment(text, _in_sixteen(style, ground), control) for text, style, control in segments]


def filters_for(depth: ColourDepth) -> list[LineFilter]:
    """The filters of a colour depth, in order; what keeps text harmless is always the last."""
    colours: dict[ColourDepth, list[LineFilter]] = {"none": [StripColour()], "16": [SixteenColours()]}
    return [*colours.get(depth, []), CleanText()]


def _is_harmless(segment: Segment) -> bool:
    text, style, control = segment
    return control is None and (style is None or style.link is None) and clean(text) == text


def _without_link(style: Style | None) -> Style | None:
    return style if style is None or style.link is None else style.update_link(None)


@lru_cache(4096)
def _colourless(style: Style | None) -> Style | None:
    """Without colour, but with the meta data by which widgets know what was clicked."""
    if style is None:
        return None
    return style.without_color + Style.from_meta(style.meta) if style.meta else style.without_color


_BLACK, _GREY, _SILVER, _WHITE = 0, 8, 7, 15
_DARK_HUES = frozenset((1, 4, 5, 9, 12, 13))  # red, blue, magenta: white can be read on them, black on the others


@lru_cache(4096)
def _in_sixteen(style: Style | None, ground: RichColor) -> Style | None:
    if style is None or (style.color is None and style.bgcolor is None):
        return style
    back = _number(style.bgcolor or ground, is_ground=True)
    fore = None if style.color is None or style.color.is_default else _number(style.color, is_ground=False)
    if back is None:
        return style + Style.from_color(None if fore is None else _ansi(fore))
    return style + Style.from_color(_ansi(_readable(fore, back)), _ansi(back) if style.bgcolor else None)


def _readable(fore: int | None, back: int) -> int:
    """The ink nearest to `fore` that every common palette shows apart from the ground `back`."""
    if back == _BLACK:
        if fore is None or fore == _BLACK:
            return _WHITE if fore is None else _GREY
        return fore + 8 if 0 < fore < 7 else fore  # the dark blue and red of most palettes cannot be read on black
    if back in (_SILVER, _WHITE):
        hue = (fore or 0) % 8
        return hue if hue in (1, 4, 5) else _BLACK
    return _WHITE if back == _GREY or back in _DARK_HUES else _BLACK


def _ansi(number: int) -> RichColor:
    return RichColor(f"color({number})", ColorType.STANDARD, number=number)


def _number(colour: RichColor, *, is_ground: bool) -> int | None:
    """The ANSI colour, 0 to 15, that stands for this one; None for the terminal's own."""
    if colour.is_default:
        return None
    if colour.type is ColorType.STANDARD and colour.number is not None:
        return colour.number
    red, green, blue = colour.get_truecolor()
    high, low = max(red, green, blue), min(red, green, blue)
    light = (0.3 * red + 0.6 * green + 0.1 * blue) / 255
    if is_ground and high < 56:
        return _BLACK
    if high - low < 40 or (high - low) * 3 < high:
        steps = (0.2, 0.5, 0.8) if is_ground else (0.2, 0.62, 0.85)
        return (_BLACK, _GREY, _SILVER, _WHITE)[sum(light >= step for step in steps)]
    middle = (high + low) / 2
    hue = (red > middle) + 2 * (green > middle) + 4 * (blue > middle)
    return hue + 8 if high > 190 and not is_ground else hue
