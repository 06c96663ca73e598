# SPDX-License-Identifier: EUPL-1.2
"""A raw client of STEUN/1 for tests: one DEALER under CURVE, frames as they are."""
import base64
import collections
import hashlib
import json
import os
import time

import zmq

PROTOCOL = b"STEUN1"

Key = collections.namedtuple("Key", "public secret")
Answer = collections.namedtuple("Answer", "kind body raw")


class NoAnswer(Exception):
    """The daemon kept silent for as long as the test waits."""


def new_key():
    return Key(*zmq.curve_keypair())


def new_id():
    return os.urandom(16)


def as_bytes(body):
    if body is None:
        return b""
    return body if isinstance(body, bytes) else json.dumps(body).encode()


class Client:
    """Requests may be sent without waiting; answers are told apart by their request ids."""

    def __init__(self, endpoint, server_key, key):
        self.context = zmq.Context.instance()
        self.endpoint, self.server_key, self.key = endpoint, server_key, key
        self.connect()

    def connect(self):
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.setsockopt(zmq.LINGER, 0)
        self.socket.setsockopt(zmq.RECONNECT_IVL, 50)
        self.socket.setsockopt(zmq.RCVHWM, 0)
        self.socket.setsockopt(zmq.SNDHWM, 0)
        self.socket.curve_serverkey = self.server_key
        self.socket.curve_publickey = self.key.public
        self.socket.curve_secretkey = self.key.secret
        self.socket.connect(self.endpoint)

    def reconnect(self):
        self.close()
        self.connect()

    def close(self):
        self.socket.close(0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send_frames(self, *frames):
        self.socket.send_multipart(frames)

    def send(self, verb, body=None, request=None):
        request = request or new_id()
        self.send_frames(PROTOCOL, verb.encode(), request, as_bytes(body))
        return request

    def receive(self, timeout=20.0):
        """The next answer as (request id, Answer)."""
        if not self.socket.poll(max(0, int(timeout * 1000))):
            raise NoAnswer(f"no answer within {timeout} s")
        frames = self.socket.recv_multipart()
        assert len(frames) == 4 and frames[0] == PROTOCOL, frames
        return frames[2], Answer(frames[1].decode(), json.loads(frames[3]), frames[3])

    def ask(self, verb, body=None, request=None, timeout=20.0):
        """One request and its answer; an answer to an older request is passed over."""
        request = self.send(verb, body, request)
        ends = time.monotonic() + timeout
        while True:
            answered, answer = self.receive(ends - time.monotonic())
            if answered == request:
                return answer


def receipt_of(answer):
    """The receipt inside a RECEIPT, as a dict."""
    assert answer.kind == "RECEIPT", answer
    return json.loads(answer.body["receipt"])


def code_of(answer):
    return answer.body.get("code")


def rules_of(answer):
    """The ids of the rules that found something, in the order of the findings."""
    return [finding["rule"] for finding in answer.body["findings"]]


def entry_hash(previous, receipt_text):
    return hashlib.sha256(previous + receipt_text.encode()).digest()


def signature_bytes(answer):
    return base64.b64decode(answer.body["signature"])
