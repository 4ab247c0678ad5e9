"""Over a real ssh connection that dies in any way, the app ends, saved edits are on disk and typed text is kept."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.promises.app import copy_of_sample, drafts_on_disk, texts_in, until_shown, write_entry
from tests.promises.pty_session import PtySession
from tests.promises.ssh.server import Server, app_at, app_words, is_gone, serving, sshd_of, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")
SAVED, TYPED = "Saved over ssh", "Typed and never sent off"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("ssh") / "server", "false") as running:
        yield running


def client_killed(client: PtySession, app: int) -> None:
    client.process.kill()


def line_cut(client: PtySession, app: int) -> None:
    """The connection's own sshd dies, as when the server's side loses it."""
    os.kill(sshd_of(app), signal.SIGKILL)


def client_stalled(client: PtySession, app: int) -> None:
    """The laptop sleeps: nobody answers any more, until sshd gives up on it."""
    client.signal(signal.SIGSTOP)


@pytest.mark.parametrize("end", [client_killed, line_cut, client_stalled])
def test_a_lost_line_ends_the_app_and_loses_neither_edits_nor_typing(
    end: Callable[[PtySession, int], None], server: Server, tmp_path: Path
) -> None:
    plan, state = copy_of_sample(tmp_path / "plan"), tmp_path / "state"
    with server.session("editor", *app_words("open", plan, state)) as client:
        until_shown(client)
        app = app_at(plan)
        write_entry(client, SAVED)
        client.send("a")
        client.until("enter save")
        client.send(TYPED)
        client.until("sent off")
        client.settle(25)  # typing may lose its last second
        end(client, app)
        assert is_gone(app)
        client.signal(signal.SIGCONT)
    assert SAVED in texts_in(plan / "lean-canvas.toml")
    assert TYPED in drafts_on_disk(state)
    with server.session("editor", *app_words("open", plan, state)) as client:
        until_shown(client)
        client.until("draft from before")
        client.send("a")
        client.until("sent off")


def test_signals_of_the_app_itself_reach_the_client_as_its_exit_code(server: Server, tmp_path: Path) -> None:
    plan = copy_of_sample(tmp_path / "plan")
    with server.session("editor", *app_words("open", plan, tmp_path / "state")) as client:
        until_shown(client)
        os.kill(app_at(plan), signal.SIGTERM)
        assert client.wait() == 128 + signal.SIGTERM
