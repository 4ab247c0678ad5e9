"""A key whose forced command is `view` can look, and can do nothing else on the server."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.app import bytes_of, copy_of_sample, until_shown, walk_on
from tests.promises.readonly import attempts
from tests.promises.ssh.server import Server, app_at, app_words, is_gone, serving, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")
PATIENCE_SECONDS = 60  # until a client that hangs counts as hanging


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("forced")


@pytest.fixture(scope="module")
def server(top: Path) -> Iterator[Server]:
    plan = copy_of_sample(top / "plan")
    command = "view" if attempts.why_not() else "view --require-sandbox"
    with serving(top / "server", " ".join(app_words(command, plan, top / "state"))) as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_is_written(server: Server, top: Path) -> Iterator[None]:
    before = bytes_of(top / "plan")
    yield
    assert bytes_of(top / "plan") == before
    assert not (top / "state").exists()
    assert not (top / "written").exists()


def run(command: list[str], text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, input=text, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS, errors="replace"
    )


def test_it_shows_the_strategy_whatever_was_asked_for(server: Server, top: Path) -> None:
    with server.session("viewer", "touch", str(top / "written")) as client:
        until_shown(client)
        client.until("Problem")
        for keys in (["a"], ["esc"], ["d"], ["y"], ["esc"], ["u"], [":"], ["esc"], ["c-z"], ["!"], ["esc"]):
            walk_on(client, keys)
        client.send("q")
        assert client.wait() == 0


def test_control_a_key_without_it_runs_what_was_asked_for(server: Server, top: Path) -> None:
    assert run(server.client("editor", "touch", str(top / "by-editor"), tty=False)).returncode == 0
    assert (top / "by-editor").exists()


@pytest.mark.parametrize("words", [(), ("cat /etc/passwd",)])
def test_without_a_terminal_it_refuses_at_once_and_names_show(words: tuple[str, ...], server: Server) -> None:
    done = run(server.client("viewer", *words, tty=False))
    assert done.returncode == 2
    assert "canvas-tui show" in done.stderr
    assert done.stdout == ""


def test_sftp_and_scp_get_nowhere(server: Server, top: Path) -> None:
    (top / "mine").write_text("mine")
    assert run(server.client("viewer", "sftp"), f"put {top}/mine {top}/written\n").returncode != 0
    assert run(server.client("viewer", "scp", f"{top}/mine", f"{top}/written")).returncode != 0


def test_a_tunnel_is_refused(server: Server) -> None:
    command = server.client("viewer", tty=False)
    done = run([command[0], "-W", f"127.0.0.1:{server.port}", *command[1:]])
    assert done.returncode != 0
    assert "SSH-2.0" not in done.stdout


def test_control_a_key_without_restriction_gets_the_tunnel(server: Server) -> None:
    command = server.client("editor", tty=False)
    assert "SSH-2.0" in run([command[0], "-W", f"127.0.0.1:{server.port}", *command[1:]]).stdout


def test_the_environment_a_client_sends_does_nothing(server: Server, top: Path) -> None:
    env = {
        "TEXTUAL_LOG": str(top / "written"),
        "TEXTUAL_SCREENSHOT_LOCATION": str(top / "plan"),
        "TEXTUAL_SCREENSHOT": "0",
        "TEXTUAL_PRESS": "q",
        "TEXTUAL_DRIVER": "nowhere:Driver",
        "TEXTUAL_DEBUG": "1",
        "EDITOR": f"touch {top}/written",
    }
    with server.session("viewer", env=env) as client:
        until_shown(client)
        client.send("q")
        assert client.wait() == 0


def test_a_viewer_whose_client_is_killed_is_gone(server: Server, top: Path) -> None:
    with server.session("viewer") as client:
        until_shown(client)
        app = app_at(top / "plan")
        client.kill()
        assert is_gone(app)
