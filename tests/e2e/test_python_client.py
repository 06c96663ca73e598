# SPDX-License-Identifier: EUPL-1.2
"""A client written from the protocol page alone works against the daemon."""
import os
import pathlib

import zmq.auth

from harness import run
from test_verbs import started


def test_a_client_written_from_the_protocol_page_works(world):
    started(world)
    folder = world.folder / "keys-of-submitters"
    folder.mkdir()
    public, secret = world.all_key
    zmq.auth.certs._write_key_file(  # pylint: disable=protected-access
        folder / "all.key_secret", "", public, secret)
    (folder / "all.key_secret").chmod(0o600)
    script = pathlib.Path(__file__).parent / "pyzmq_client.py"
    environment = dict(os.environ, STEUN_ENDPOINT=world.daemon.endpoint,
                       STEUN_SERVER_KEY=world.server_key.decode(), STEUN_KEYS=str(folder),
                       STEUN_MUNICIPALITY=world.municipality())
    for _ in range(2):
        done = run("/usr/bin/python3", script, env=environment)
        assert done.returncode == 0, done.stdout + done.stderr
