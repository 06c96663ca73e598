# SPDX-License-Identifier: EUPL-1.2
"""What systemd is told, and what stands in the log."""
import signal
import subprocess

import reports
from client import receipt_of
from harness import wait_until


def test_it_is_ready_only_when_it_can_store(world):
    world.database.query(f"ALTER ROLE {world.database.daemon} NOLOGIN")
    world.daemon.start(until_ready=False)
    wait_until(lambda: "database down (" in (world.daemon.notifications.last("STATUS") or ""),
               "the status tells why it is not ready")
    assert not world.daemon.notifications.has("READY=1")
    world.database.query(f"ALTER ROLE {world.database.daemon} LOGIN")
    world.daemon.wait_ready()
    receipt_of(world.client().ask("SUBMIT", reports.spending(world.municipality())))


def test_the_status_is_one_telling_line(world):
    client = world.client()
    bad = reports.spending(world.municipality())
    bad["lines"][0]["spent"] = "2000000.00"
    receipt_of(client.ask("SUBMIT", bad))
    wait_until(lambda: world.daemon.notifications.last("STATUS") ==
               "serving; database up; 2 receipts, 1 of them rejections; 0 under way",
               "the status: " + str(world.daemon.notifications.last("STATUS")))


def test_one_line_a_report_tells_its_fate_and_nothing_of_its_content(world):
    report = reports.spending(world.municipality())
    report["lines"][0]["ref"] = "GEHEIM-REF"
    report["explanations"] = [{"rule": "T-101", "text": "Geheime toelichting."}]
    world.client().ask("SUBMIT", report)
    lines = [line for line in world.daemon.log().split("\n") if report["municipality"] in line]
    assert len(lines) == 1, lines
    for part in (reports.PROGRAMME, "spending", "2021-06", "revision 1"):
        assert part in lines[0], lines[0]
    assert "GEHEIM" not in world.daemon.log() and "Geheime" not in world.daemon.log()


def test_a_reload_is_announced_and_ends(world):
    world.daemon.reload()
    seen = world.daemon.notifications.seen
    first = next(i for i, line in enumerate(seen) if line == "RELOADING=1")
    assert seen[first + 1].startswith("MONOTONIC_USEC=")
    assert "READY=1" in seen[first:]


def test_a_stop_is_announced_and_leaves_with_a_sum(world):
    notifications, log = world.daemon.notifications, world.daemon.log
    world.daemon.signal(signal.SIGTERM)
    wait_until(lambda: notifications.has("STOPPING=1"), "STOPPING=1")
    assert world.daemon.wait() == 0
    assert "stopped: SUBMIT 3, " in log(), log()


def test_the_watchdog_is_fed_while_nothing_happens(world):
    world.daemon.environment = {"WATCHDOG_USEC": "200000"}
    world.daemon.start()
    world.daemon.notifications.forget()
    wait_until(lambda: world.daemon.notifications.count("WATCHDOG=1") >= 5, "signs of life")
    world.daemon.environment = {}
    world.daemon.stop()


def test_an_idle_daemon_sleeps(world):
    world.daemon.start()

    def switches():
        with open(f"/proc/{world.daemon.process.pid}/status", encoding="utf-8") as status:
            return sum(int(line.split()[1]) for line in status if "ctxt_switches" in line)
    before = switches()
    try:
        world.daemon.process.wait(2.0)
    except subprocess.TimeoutExpired:
        pass
    assert switches() - before < 20, switches() - before


def test_interrupt_stops_it_as_well(world):
    world.daemon.signal(signal.SIGINT)
    assert world.daemon.wait() == 0
