"""Over a real ssh connection that dies in any way, the app ends, saved edits are on disk and typed text is kept."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lanes import some_quick
from tests.promises.app import copy_of_sample, until_shown
from tests.promises.pty_session import modes_left_set
from tests.promises.ssh.runs import WAYS, run
from tests.promises.ssh.server import Server, app_at, app_words, is_gone, serving, sshd_of, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")
SESSIONS = 2  # for each of four ways: one lost while typing, one while saving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("ssh") / "server", "false") as running:
        yield running


@some_quick("way", WAYS, quick=("sshd killed", "client killed"))
def test_a_lost_line_ends_the_app_and_loses_neither_edits_nor_typing(way: str, server: Server) -> None:
    outcome = run(server, way, SESSIONS)
    assert outcome.lost == []
    assert outcome.wrong == []
    assert outcome.saved > 0


def test_control_without_drafts_and_with_early_acknowledgement_both_losses_are_seen(server: Server) -> None:
    outcome = run(server, "client killed", SESSIONS, careless="no-drafts,early")
    assert outcome.lost
    assert [each for each in outcome.wrong if "kept []" in each]


def test_control_stock_textual_that_ignores_a_hang_up_is_seen_to_stay(server: Server) -> None:
    assert "sshd killed: not gone" in run(server, "sshd killed", 1, careless="stock,deaf", steps=40).wrong


def test_what_was_typed_over_a_lost_line_is_offered_at_the_next_start(server: Server, tmp_path: Path) -> None:
    plan, state = copy_of_sample(tmp_path / "plan"), tmp_path / "state"
    with server.session("editor", *app_words("open", plan, state)) as client:
        until_shown(client)
        client.send("a")
        client.until("enter save")
        client.send("Typed and never sent off")
        client.until("sent off")
        app = app_at(plan)
        os.kill(sshd_of(app), signal.SIGKILL)
        assert is_gone(app)
    with server.session("editor", *app_words("open", plan, state)) as client:
        until_shown(client)
        client.until("draft from before")
        client.send("a")
        client.until("sent off")


def test_a_signal_to_the_app_restores_the_terminal_at_the_other_end(server: Server, tmp_path: Path) -> None:
    plan = copy_of_sample(tmp_path / "plan")
    with server.session("editor", *app_words("open", plan, tmp_path / "state")) as client:
        until_shown(client)
        os.kill(app_at(plan), signal.SIGTERM)
        assert client.wait() == 128 + signal.SIGTERM
        assert modes_left_set(bytes(client.raw)) == set()
        assert client.line_settings() == client.before
