# SPDX-License-Identifier: EUPL-1.2
"""A sender that behaves as the protocol asks: it keeps each report until its receipt is there,
and sends again, same request id, for as long as that takes."""
import collections
import time

from client import NoAnswer, new_id

WINDOW = 32
AGAIN_SECONDS = 1.0  # A reply that is this late is asked for again, on a new socket.

Sent = collections.namedtuple("Sent", "text request")


class Stream:
    """Reports on their way; `receipts` by request id as they come."""

    def __init__(self, world, texts):
        self.world = world
        self.waiting = collections.deque(Sent(text, new_id()) for text in texts)
        self.under_way = {}
        self.receipts, self.refused = {}, {}
        self.sent = list(self.waiting)
        self.client = world.client()
        self.heard_at = time.monotonic()

    def is_done(self):
        return not self.waiting and not self.under_way

    def fill(self):
        while self.waiting and len(self.under_way) < WINDOW:
            sent = self.waiting.popleft()
            self.under_way[sent.request] = sent
            self.client.send("SUBMIT", sent.text, sent.request)

    def again(self):
        """A new socket, and everything that has no answer from the start."""
        self.client.reconnect()
        self.waiting.extendleft(self.under_way.values())
        self.under_way = {}
        self.heard_at = time.monotonic()

    def take(self, request, answer):
        sent = self.under_way.pop(request, None)
        if sent is None:
            return  # An answer to what was asked twice: it is the same.
        if answer.kind == "RECEIPT":
            self.receipts[request] = answer
        elif answer.kind == "RETRY":
            self.waiting.append(sent)
        else:
            self.refused[request] = answer

    def step(self):
        """Sends what may be sent, and waits a moment for an answer."""
        try:
            self.fill()
            self.take(*self.client.receive(0.05))
            self.heard_at = time.monotonic()
        except NoAnswer:
            if time.monotonic() - self.heard_at > AGAIN_SECONDS:
                self.again()

    def run(self, until=lambda: False, timeout=120.0):
        """Until all are answered, or until something else holds."""
        ends = time.monotonic() + timeout
        while not self.is_done() and not until():
            assert not self.world.daemon.has_failed(), "steund ended by itself"
            assert time.monotonic() < ends, (
                f"{len(self.receipts)} receipts, {len(self.under_way)} under way, "
                f"{len(self.waiting)} waiting after {timeout:.0f} s")
            self.step()

    def assert_nothing_lost_nothing_doubled(self):
        assert not self.refused, next(iter(self.refused.values()))
        assert len(self.receipts) == len(self.sent)
        stored = dict(self.world.database.query(
            "SELECT replace(q.request::text, '-', ''), s.reply FROM steun.request q "
            "JOIN steun.submission s USING (municipality, programme, number)"))
        for sent in self.sent:
            reply = self.receipts[sent.request].raw.decode()
            assert stored[sent.request.hex()] == reply, "another receipt stands in the record"
        numbers = [answer.body["receipt"] for answer in self.receipts.values()]
        assert len(set(numbers)) == len(self.sent), "one receipt for two reports"
        self.world.assert_sound()
