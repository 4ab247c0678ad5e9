"""Promises of the app's base class: text stays text, the framework's doors are shut, the environment is harmless."""

from __future__ import annotations

import inspect
import io
import os
import re
import subprocess
import sys
import tty
from pathlib import Path
from typing import Any

import pytest
import textual
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import App, ComposeResult
from textual.color import Color
from textual.dom import DOMNode
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.widgets import Button, DataTable, Input, Label, Static

from canvas_tui import crash
from canvas_tui.core.text import is_unsafe
from canvas_tui.tui.terminal import environment
from canvas_tui.tui.terminal.driver import SafeDriver
from canvas_tui.tui.terminal.line_filter import CleanText, SixteenColours, StripColour
from canvas_tui.tui.terminal.modes import RESET
from canvas_tui.tui.terminal.safe_app import SafeApp
from tests.hostile import MARKUP, PAYLOADS
from tests.promises.pty_session import modes_left_set

DARK = Color.parse("#121212")


class Markup(SafeApp[None]):
    """Every field of some widgets set to payloads by their most careless ways."""

    acted: list[str] = []

    def compose(self) -> ComposeResult:
        for payload in MARKUP:
            yield Static(Text.from_markup(payload) if "click" in payload else payload, markup="click" in payload)
        yield Label("[@click=app.boom]press[/]")
        table: DataTable[Any] = DataTable()
        table.add_column("a")
        table.add_row("[@click=app.boom]cell[/]")
        yield table
        yield Button("[@click=app.boom]button[/]")

    def action_boom(self) -> None:
        self.acted.append("boom")


class StockMarkup(App[None]):
    acted: list[str] = []
    action_boom = Markup.action_boom

    def compose(self) -> ComposeResult:
        yield Label("[@click=app.boom]press[/]")


@pytest.fixture(autouse=True)
def folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The payloads name real actions, and the controls run them: their files must land in a folder of the test."""
    inner = tmp_path / "outer" / "inner"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    monkeypatch.setenv("HOME", str(tmp_path / "outer"))
    return inner


async def clicks(app: Any) -> list[str]:
    app.acted.clear()
    async with app.run_test(size=(60, 30)) as pilot:
        for y in range(30):
            for x in (0, 3, 8):
                await pilot.click(offset=(x, y))
        await pilot.pause()
    return list(app.acted)


async def test_no_click_on_any_text_runs_an_action(folder_of_its_own: Path) -> None:
    assert await clicks(Markup(environ={})) == []
    assert [path for path in folder_of_its_own.parent.rglob("*") if path.is_file()] == []


async def test_control_stock_textual_runs_the_action() -> None:
    assert "boom" in await clicks(StockMarkup())


DOORS = {
    *("open_url", "deliver_text", "deliver_binary", "deliver_screenshot", "save_screenshot", "suspend", "simulate_key"),
    *("copy_to_clipboard", "bell", "_set_pointer_shape", "_broker_event", "_deliver_binary", "panic", "notify"),
    *("_handle_exception", "_print_error_renderables", "get_line_filters", "get_system_commands"),
}
HARMLESS_ACTIONS = {
    *("action_back", "action_bell", "action_focus", "action_focus_next", "action_focus_previous"),
    *("action_hide_help_panel", "action_pop_screen", "action_quit"),
}


def test_every_door_of_textual_is_overridden() -> None:
    actions = {name for name in dir(App) if name.startswith("action_")} - HARMLESS_ACTIONS
    for name in DOORS | actions:
        assert name in SafeApp.__dict__, f"{name} came with Textual {textual.__version__}: shut it or find it harmless"


def test_no_new_way_out_of_textual_has_appeared() -> None:
    """Wherever Textual opens a browser, starts a program or writes for a person, we know of it."""
    root = Path(inspect.getfile(textual)).parent
    words = ("webbrowser", "subprocess", "os.system", "x1b]")
    found = {
        str(path.relative_to(root)) for path in root.rglob("*.py") if any(word in path.read_text() for word in words)
    }
    assert found <= {
        *("app.py", "driver.py", "strip.py", "drivers/web_driver.py", "_xterm_parser.py"),
        *("drivers/linux_driver.py", "drivers/linux_inline_driver.py", "_ansi_sequences.py", "_ansi_theme.py"),
        *("drivers/win32.py", "drivers/windows_driver.py", "_animator.py", "demo/projects.py"),
    }, found


async def test_the_doors_do_nothing(folder_of_its_own: Path) -> None:
    pressed: list[str] = []

    class Keys(SafeApp[None]):
        flag = False

        def on_key(self, event: Any) -> None:
            pressed.append(event.key)

    app = Keys(environ={})
    async with app.run_test() as pilot:
        app.open_url("https://evil.test")
        for action in (
            "screenshot('swot.toml', '.')",
            "toggle('flag')",
            "simulate_key('x')",
            "suspend_process",
            "toggle_dark",
            "change_theme",
            "command_palette",
            "push_screen('evil')",
            "show_help_panel",
            "notify('[bold]x')",
        ):
            await app.run_action(action)
        app.deliver_text(io.StringIO("x"), save_directory=folder_of_its_own, save_filename="x")
        app.deliver_binary(io.BytesIO(b"x"), save_directory=folder_of_its_own, save_filename="x")
        app.save_screenshot("x.svg")
        app.simulate_key("y")
        with app.suspend():
            pass
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert not app.flag
        assert not app._notifications
    assert pressed == []
    assert [path for path in folder_of_its_own.parent.rglob("*") if path.is_file()] == []


async def test_a_notification_is_plain_text() -> None:
    app: SafeApp[None] = SafeApp(environ={})
    async with app.run_test(notifications=True) as pilot:
        app.notify("Q3 goal [/nope]\x1b[31m", title="[@click=app.quit]\u202e", markup=True)
        app.screen.notify("[/]")
        await pilot.pause()
        first, second = app._notifications
        assert (first.message, first.title) == ("Q3 goal [/nope]␛[31m", "[@click=app.quit]<U+202E>")
        assert not first.markup
        assert not second.markup


async def test_ctrl_c_quits_where_nothing_is_to_be_copied() -> None:
    app: SafeApp[None] = SafeApp(environ={})
    async with app.run_test() as pilot:
        await pilot.press("ctrl+c")
        assert app._exit


async def test_copying_stays_within_the_app() -> None:
    app: SafeApp[None] = SafeApp(environ={})
    async with app.run_test():
        app.copy_to_clipboard("words")
        assert app.clipboard == "words"


async def test_an_error_is_kept_for_the_report() -> None:
    class Broken(SafeApp[None]):
        def on_mount(self) -> None:
            raise KeyError("x")

    app = Broken(environ={})
    with pytest.raises(KeyError):
        async with app.run_test():
            pass
    assert isinstance(app.crash, KeyError)
    assert app.return_code == 4
    assert app._exit_renderables == []


def apply(line_filter: Any, text: str, style: Style | None = None) -> Segment:
    segments: list[Segment] = line_filter.apply([Segment(text, style)], DARK)
    (segment,) = segments
    return segment


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_last_filter_leaves_nothing_unsafe_and_moves_nothing(payload: str) -> None:
    before = Segment(f"a{payload}b")
    after = apply(CleanText(), before.text)
    assert not is_unsafe(after.text)
    assert after.cell_length == before.cell_length


def test_the_last_filter_takes_links_and_control_codes() -> None:
    linked = apply(CleanText(), "x", Style(link="https://evil.test", bold=True, meta={"offset": (1, 2)}))
    assert linked.style is not None
    assert linked.style.link is None
    assert linked.style.bold
    assert linked.style.meta == {"offset": (1, 2)}
    (control,) = CleanText().apply([Segment("\x1b[2J", None, [(2,)])], DARK)  # type: ignore[list-item]
    assert control.control is None
    assert "\x1b" not in control.text
    plain = Segment("plain", Style(bold=True))
    assert CleanText().apply([plain], DARK)[0] is plain


def test_no_colour_keeps_everything_else() -> None:
    style = Style(color="red", bgcolor="#123456", bold=True, reverse=True, dim=True, meta={"@click": "x"})
    kept = apply(StripColour(), "x", style).style
    assert kept is not None
    assert kept.color is None
    assert kept.bgcolor is None
    assert kept.bold
    assert kept.reverse
    assert kept.dim
    assert kept.meta == {"@click": "x"}


# As light as each of the 16 is in xterm and on the Linux console: who reads either must be able to read ours.
XTERM = (0.0, 0.24, 0.48, 0.73, 0.09, 0.32, 0.56, 0.9, 0.5, 0.3, 0.6, 0.9, 0.4, 0.4, 0.7, 1.0)
CONSOLE = (0.0, 0.2, 0.4, 0.43, 0.07, 0.27, 0.47, 0.67, 0.33, 0.53, 0.73, 0.93, 0.4, 0.6, 0.8, 1.0)


@pytest.mark.parametrize(
    "ground", ["#000000", "#121212", "#242f38", "#555555", "#0178d4", "#ba3c5b", "#4ebf71", "#ffa62b", "#e0e0e0"]
)
@pytest.mark.parametrize("ink", ["#e0e0e0", "#7f7f7f", "#0178d4", "#4ebf71", "#ba3c5b", "#121212", "#fea62b"])
def test_in_16_colours_no_text_takes_the_colour_of_its_ground(ink: str, ground: str) -> None:
    style = apply(SixteenColours(), "x", Style(color=ink, bgcolor=ground)).style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    numbers = style.color.number, style.bgcolor.number
    assert None not in numbers
    assert numbers[0] != numbers[1]
    for palette in (XTERM, CONSOLE):
        assert abs(palette[numbers[0] or 0] - palette[numbers[1] or 0]) >= 0.25, numbers


def test_16_colours_keep_hues_apart() -> None:
    hues = ["#ba3c5b", "#4ebf71", "#0178d4", "#ffff00", "#e0e0e0"]
    numbers = {apply(SixteenColours(), "x", Style(color=hue, bgcolor="#121212")).style.color.number for hue in hues}  # type: ignore[union-attr]
    assert len(numbers) == len(hues)
    assert apply(SixteenColours(), "x", Style(bold=True)).style == Style(bold=True)
    own = Style(color=RichColor.parse("red"), bgcolor=RichColor.parse("default"))
    assert apply(SixteenColours(), "x", own).style.bgcolor.is_default  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("env", "depth"),
    [
        ({"TERM": "xterm"}, "16"),
        ({"TERM": "linux"}, "16"),
        ({}, "16"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "truecolor"),
        ({"TERM": "xterm-kitty"}, "truecolor"),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit", "NO_COLOR": "1"}, "none"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "256"),
    ],
)
def test_the_colours_of_a_terminal_are_known(env: dict[str, str], depth: str) -> None:
    assert environment.colour_depth(env) == depth


def test_what_may_write_or_start_something_is_scrubbed() -> None:
    env = dict.fromkeys(("TEXTUAL", "TEXTUAL_LOG", "PYTHONPATH", "BROWSER", "EDITOR", "VISUAL", "PAGER"), "x")
    env |= dict.fromkeys(("LESSOPEN", "GIT_DIR", "COLUMNS", "LINES", "UNICODE_VERSION"), "x")
    env |= {"NETWORKX_BACKEND_PRIORITY": "x"}
    kept = {variable.name: "/x" for variable in environment.VARIABLES}
    both = {**env, **kept}
    assert environment.scrub(both) == sorted(env)
    assert both == kept


@pytest.mark.parametrize("path", ["", ".", "plan/state"])
def test_a_folder_of_our_own_that_is_no_whole_path_does_not_count(path: str) -> None:
    env = dict.fromkeys(("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"), path)
    environment.scrub(env)
    assert env == {}


def test_the_environment_is_scrubbed_before_textual_is_there() -> None:
    """Importing the module that scrubs must not import Textual itself."""
    code = "import sys, canvas_tui.tui.terminal.environment; sys.exit(bool({'textual', 'rich'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_a_terminal_it_refuses_and_names_show() -> None:
    master, slave = os.openpty()
    with os.fdopen(master, "rb", buffering=0), os.fdopen(slave, "r") as terminal:
        tty.setraw(terminal)
        assert environment.refuse_reason(terminal, terminal, {"TERM": "xterm"}) is None
        for reason in (
            environment.refuse_reason(io.StringIO(), terminal, {"TERM": "xterm"}),
            environment.refuse_reason(terminal, io.StringIO(), {"TERM": "xterm"}),
            environment.refuse_reason(None, None, {"TERM": "xterm"}),
            environment.refuse_reason(terminal, terminal, {"TERM": "dumb"}),
            environment.refuse_reason(terminal, terminal, {}),
        ):
            assert reason is not None
            assert "canvas-tui show" in reason


def test_every_mode_textual_can_set_is_set_back() -> None:
    lines = [line for line in inspect.getsource(LinuxDriver).splitlines() if not line.strip().startswith("#")]
    modes = set(re.findall(r"\?(\d+)[hl]", "\n".join(lines)))
    everything = b"".join(b"\x1b[?%s%s" % (mode.encode(), b"l" if mode in ("25", "7") else b"h") for mode in modes)
    assert {"1049", "1000", "1003", "1006", "1016", "1004", "2004", "2048", "25", "7"} <= modes
    assert modes_left_set(everything + b"\x1b[>25u")
    assert modes_left_set(everything + b"\x1b[>25u" + RESET) == set()


def test_the_driver_is_textuals_with_its_public_names() -> None:
    assert issubclass(SafeDriver, LinuxDriver)
    assert SafeApp(environ={}).driver_class is SafeDriver
    for name in ("run_input_thread", "stop_application_mode", "start_application_mode", "write", "_run_input_thread"):
        assert hasattr(LinuxDriver, name), f"{name} is gone from Textual {textual.__version__}"
    assert hasattr(Driver, "open_url")
    assert hasattr(DOMNode, "action_toggle")


def test_a_crash_report_is_one_line_and_a_private_file(tmp_path: Path) -> None:
    try:
        raise RuntimeError("bad\nnews\x1b[31m" + "x" * 300)
    except RuntimeError as error:
        line = crash.report(error, tmp_path / "crashes")
        told = crash.report(error, None)
    assert "\n" not in line
    assert "\x1b" not in line
    (path,) = (tmp_path / "crashes").iterdir()
    assert str(path) in line
    assert path.stat().st_mode & 0o777 == 0o600
    assert "test_safe_app.py:" in told


@pytest.mark.parametrize("breaking", ["raise OSError('no\\x1bluck')", "threading.Thread(target=lambda: 1 / 0).start()"])
def test_an_error_nobody_caught_prints_no_traceback(breaking: str, tmp_path: Path) -> None:
    code = f"import threading; from canvas_tui import crash; crash.install(crash.reports_folder); {breaking}"
    env = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    assert run.stderr.count("\n") == 1
    assert "Traceback" not in run.stderr
    assert "\x1b" not in run.stderr
    (report,) = tmp_path.rglob("crash-*.txt")
    assert str(report) in run.stderr
    control = code.replace("crash.install(crash.reports_folder); ", "")
    stock = subprocess.run([sys.executable, "-c", control], capture_output=True, text=True, check=False)
    assert "Traceback" in stock.stderr


async def test_an_error_in_a_worker_is_told_as_itself() -> None:
    class Working(SafeApp[None]):
        def on_mount(self) -> None:
            self.run_worker(self.work_badly())

        async def work_badly(self) -> None:
            raise ZeroDivisionError("in a worker")

    app = Working(environ={})
    with pytest.raises(ZeroDivisionError):
        async with app.run_test() as pilot:
            await pilot.pause()
    assert app.crash is not None
    assert app.crash.__traceback__ is not None


async def test_a_field_accepts_hostile_text_without_falling_over() -> None:
    class Field(SafeApp[None]):
        def compose(self) -> ComposeResult:
            yield Input("\x1b[31m\u202e" + "".join(MARKUP))

    async with Field(environ={}).run_test() as pilot:
        await pilot.press("a")
        strips = pilot.app.screen.query_one(Input).render_lines(pilot.app.screen.query_one(Input).region)
        assert not any(is_unsafe(strip.text) for strip in strips)
