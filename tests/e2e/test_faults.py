# SPDX-License-Identifier: EUPL-1.2
"""What breaks in the middle of a stream: nothing is lost, and nothing is doubled."""
import os
import signal

import reports
from client import NoAnswer, receipt_of
from harness import wait_until
from stream import Stream
from test_answers import retry
from test_verbs import started


def texts(world, municipalities):
    """A year of spending for some municipalities: chains of twelve."""
    source = reports.seeded(municipalities)
    return [reports.text_of(reports.random_spending(source, code, f"2021-{month:02}"))
            for code in [world.municipality() for _ in range(municipalities)]
            for month in range(1, 13)]


def streamed(world, municipalities):
    stream = Stream(world, texts(world, municipalities))
    stream.run(until=lambda: len(stream.receipts) > len(stream.sent) // 3)
    return stream


def test_the_database_stopped_and_started_in_mid_stream(world):
    stream = streamed(started(world), 30)
    world.cluster.stop()
    stream.run(until=lambda: "the database is down" in world.daemon.log())
    world.cluster.start()
    stream.run()
    stream.assert_nothing_lost_nothing_doubled()


def test_the_database_crashed_in_mid_stream(world):
    stream = streamed(started(world), 30)
    world.cluster.crash()
    world.cluster.start()
    stream.run()
    stream.assert_nothing_lost_nothing_doubled()


def test_every_backend_killed_in_mid_stream(world):
    stream = streamed(started(world), 30)
    for _ in range(5):
        world.database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                             f"WHERE usename = '{world.database.daemon}'")
        stream.run(until=lambda had=len(stream.receipts): len(stream.receipts) > had + 10)
    stream.run()
    stream.assert_nothing_lost_nothing_doubled()


def test_the_daemon_killed_in_mid_stream(world):
    stream = Stream(started(world), texts(world, 30))
    for part in (1, 2, 3):
        stream.run(until=lambda least=part * 60: len(stream.receipts) >= least)
        world.daemon.kill()
        world.daemon.start()
    stream.run()
    stream.assert_nothing_lost_nothing_doubled()


def test_the_daemon_stopped_in_mid_stream_answers_what_it_took(world):
    stream = streamed(started(world), 30)
    log = world.daemon.log
    world.daemon.signal(signal.SIGTERM)
    stream.run(until=world.daemon.is_gone)
    assert "could not be finished" not in log() and "stopped: " in log(), log()
    assert world.daemon.wait() == 0
    world.daemon.start()
    stream.run()
    stream.assert_nothing_lost_nothing_doubled()


def test_a_stop_waits_for_the_batch_at_hand(world):
    municipality = started(world).municipality()
    client = world.client()
    with world.database.session() as session:
        session.run("BEGIN")
        session.run("LOCK TABLE steun.chain IN ACCESS EXCLUSIVE MODE")
        request = client.send("SUBMIT", reports.spending(municipality))
        wait_until(lambda: world.database.query("SELECT 1 FROM pg_locks WHERE NOT granted"),
                   "the daemon waits for the lock")
        world.daemon.signal(signal.SIGTERM)
        wait_until(lambda: world.daemon.notifications.has("STOPPING=1"), "the daemon is stopping")
        # Taken before the stop is finished; asked after it is told to come again.
        late = client.send("SUBMIT", reports.spending(world.municipality()))
        answered, answer = client.receive()
        assert answered == late
        retry(answer, "stopping")
        session.run("ROLLBACK")
    answered, answer = client.receive()
    assert answered == request and receipt_of(answer)["municipality"] == municipality
    assert world.daemon.wait() == 0


def test_a_stop_that_takes_too_long_tells_who_waits(world):
    world.configure(limits_stopping_seconds=1, database_deadline_seconds=60)
    client = started(world).client()
    with world.database.session() as session:
        session.run("BEGIN")
        session.run("LOCK TABLE steun.chain IN ACCESS EXCLUSIVE MODE")
        client.send("SUBMIT", reports.spending(world.municipality()))
        wait_until(lambda: world.database.query("SELECT 1 FROM pg_locks WHERE NOT granted"),
                   "the daemon waits for the lock")
        world.daemon.signal(signal.SIGTERM)
        retry(client.receive()[1], "stopping")
        assert world.daemon.wait() == 0
        session.run("ROLLBACK")
    world.configure()
    world.assert_sound()


def test_a_database_that_hangs_is_given_up_after_the_deadline(world):
    world.configure(database_deadline_seconds=1)
    client = started(world).client()
    report = reports.spending(world.municipality())
    postmaster = world.cluster.postmaster()
    backends = [int(row[0]) for row in world.database.query(
        f"SELECT pid FROM pg_stat_activity WHERE usename = '{world.database.daemon}'")]
    assert backends
    for process in [postmaster, *backends]:
        os.kill(process, signal.SIGSTOP)
    try:
        request = client.send("SUBMIT", report)
        answer = client.receive()[1]
        assert answer.kind == "RETRY", answer
        assert client.ask("HELLO").kind == "WELCOME"
        retry(client.ask("PING"), "store-down")
    finally:
        for process in [*backends, postmaster]:
            os.kill(process, signal.SIGCONT)
    wait_until(lambda: client.ask("PING").kind == "PONG", "the database is back")
    receipt_of(client.ask("SUBMIT", report, request))
    world.assert_sound()
    world.daemon.stop()
    world.configure()


def test_while_the_database_is_down_everything_that_needs_it_is_told(world):
    client = started(world).client()
    world.cluster.stop()
    try:
        wait_until(lambda: "the database is down" in world.daemon.log(), "the daemon notices")
        for verb, body in (("SUBMIT", reports.spending("GM0451")), ("PING", None),
                           ("CHECK", reports.spending("GM0451")), ("RECALL", {"request": "00" * 16}),
                           ("STATUS", {"programme": reports.PROGRAMME, "municipality": "GM0451"})):
            retry(client.ask(verb, body), "store-down")
        assert client.ask("RULES", {"programme": reports.PROGRAMME}).kind == "RULES"
        wait_until(lambda: "not storing; database down (" in
                   (world.daemon.notifications.last("STATUS") or ""), "the status tells")
    finally:
        world.cluster.start()
    wait_until(lambda: client.ask("PING").kind == "PONG", "the database is back")


def test_a_daemon_without_a_database_waits_for_it(world):
    world.daemon.stop()
    world.cluster.stop()
    try:
        world.daemon.start(until_ready=False)
        retry(world.client().ask("SUBMIT", reports.spending("GM0451")), "store-down")
        wait_until(lambda: "database down (" in (world.daemon.notifications.last("STATUS") or ""),
                   "the status tells")
        assert not world.daemon.notifications.has("READY=1")
    finally:
        world.cluster.start()
    world.daemon.wait_ready()
    assert world.client().ask("PING").kind == "PONG"


def test_another_schema_is_not_served(world):
    world.daemon.stop()
    world.database.query("INSERT INTO steun.migration (file, version) VALUES ('999-new.sql', 999)")
    try:
        world.daemon.start(until_ready=False)
        wait_until(lambda: "999" in world.daemon.log(), "the log tells the version")
        retry(world.client().ask("SUBMIT", reports.spending("GM0451")), "store-down")
        assert not world.daemon.notifications.has("READY=1")
    finally:
        world.database.query("DELETE FROM steun.migration WHERE version = 999")
    world.daemon.wait_ready()


def test_a_sender_that_reads_nothing_holds_up_nobody(world):
    lazy, good = started(world).client(), world.client()
    for _ in range(3000):
        lazy.send("HELLO")
    assert good.ask("PING").kind == "PONG"
    receipt_of(good.ask("SUBMIT", reports.spending(world.municipality())))
    try:
        while True:
            lazy.receive(0.2)
    except NoAnswer:
        pass
