# SPDX-License-Identifier: EUPL-1.2
"""What the demo prints: tables with bars, and what a municipality would see."""
import sys

BAR = 24
KINDS = {"spending": "besteding", "outreach": "bereik"}


def title(text):
    print(f"\n{text}\n{'=' * len(text)}\n", flush=True)


def heading(text):
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def bar(share, width=BAR):
    """A share of one, in eighths of a character."""
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (" ▏▎▍▌▋▊▉"[rest] if rest else "")).ljust(width)


def progress(name, number, of, counts):
    print(f"  {name:<11}{bar(number / of, 20)} {sum(counts.values()):>5} sent  "
          f"{counts['accepted']:>5} accepted  {counts['accepted-with-warnings']:>4} with warnings  "
          f"{counts['rejected']:>3} rejected", flush=True)


def euros(text):
    """12345678.90 as people in the Netherlands write it, in whole euros."""
    return "-" if text == "" else f"{round(float(text)):,}".replace(",", ".")


def figures(demo):
    heading("What was spent, of what there was (EUR)")
    print(f"  {'':<53}{'spent':>14}{'budget':>14}")
    lines = demo.query("SELECT action_line, title_nl, spent, budget, used_pct FROM reporting.budget_use_by_action_line"
                       " ORDER BY action_line = 'overig', action_line")
    items = demo.query("SELECT coalesce(action_line, ''), title_nl, spent, budget, used_pct"
                       " FROM reporting.budget_use_by_item WHERE spent > 0 ORDER BY position")
    for line, name, spent, budget, used in lines:
        use_row(name.upper(), spent, budget, used)
        for owner, item, item_spent, item_budget, item_used in items:
            if owner == line:
                use_row("  " + item, item_spent, item_budget, item_used)
    print("  A budget that is not known shows as '-', never as zero.")
    people(demo)
    completeness(demo)


def use_row(name, spent, budget, used):
    share = f"{bar(float(used) / 100)} {float(used):5.1f} %" if used else ""
    print(f"  {name:<53.53}{euros(spent):>14}{euros(budget):>14}  {share}")


def people(demo):
    heading("People reached, and what it cost for each")
    rows = demo.query("SELECT title_nl, people_reached, cost_per_person FROM reporting.cost_per_person_by_item"
                      " WHERE people_reached > 0 ORDER BY position")
    most = max(int(row[1]) for row in rows)
    for name, reached, cost in rows:
        price = f"EUR {cost}" if cost else "-"
        print(f"  {name:<53.53}{euros(reached):>14}{price:>14}  {bar(int(reached) / most)}")


def completeness(demo):
    heading("Who reported (received of expected; nil: nothing to report)")
    rows = demo.query("SELECT to_char(period, 'YYYY-MM'), kind, expected, received, nil, missing, received_pct"
                      " FROM reporting.completeness WHERE period < '2022-01-01' ORDER BY period, kind DESC")
    months = {}
    for month, kind, expected, received, nil, missing, share in rows:
        months.setdefault(month, []).append(
            f"{KINDS[kind]:<10}{received:>4} of {expected} ({nil} nil, {missing} missing) {share:>5} %")
    for month, texts in months.items():
        print(f"  {month}  " + "    ".join(texts))


def rejection(demo, sending, run):
    """It has been corrected since, so the receipt of then is asked for again."""
    if sending.rejected is None:
        return
    request, code = sending.rejected
    heading("One report that was rejected, as its municipality saw it (and corrected it)")
    _, text = run(*demo.steun("recall", code), request)
    print(f"$ steun recall {request}\n{text.rstrip()}")


def proof(demo, clients, run, steun):
    heading("One receipt, verified without any connection; then a whole province's")
    folder = sorted(path for path in clients.iterdir() if path.is_dir())[0] / "receipts"
    receipt = sorted(folder.rglob("*.json"))[0]
    for what in (receipt, folder):
        status, text = run(steun, "verify", "--receipts", folder, "--quiet", what)
        print(f"$ steun verify {what.relative_to(clients)}\n{text.rstrip()}")
        if status != 0:
            sys.exit("demo: a receipt did not verify")


QUERIES = [
    ("What was spent of each budget", "SELECT title_nl, spent, budget, used_pct FROM reporting.budget_use_by_item ORDER BY position;"),
    ("Per month, and running", "SELECT * FROM reporting.spending_by_month ORDER BY period;"),
    ("Who has not reported", "SELECT * FROM reporting.completeness WHERE missing > 0 ORDER BY period DESC;"),
    ("One municipality", "SELECT period, item, funding, spent FROM reporting.spending_by_municipality WHERE municipality = 'GM0451' ORDER BY 1, 2;"),
    ("Per department, joint items marked", "SELECT department, is_joint, sum(spent) FROM reporting.spending_by_department GROUP BY 1, 2 ORDER BY 1, 2;"),
    ("People reached, and the cost of it", "SELECT title_nl, people_reached, cost_per_person FROM reporting.cost_per_person_by_item ORDER BY position;"),
    ("Which groups", "SELECT target_group, sum(people_reached) FROM reporting.outreach_by_target_group GROUP BY 1 ORDER BY 2 DESC;"),
    ("What submitters were told most", "SELECT rule, sum(told) AS told, sum(open_warnings) AS open, sum(explained_warnings) AS explained FROM reporting.findings_by_rule GROUP BY 1 ORDER BY 2 DESC;"),
    ("The latest receipts", "SELECT municipality, number, kind, period, verdict FROM steun.submission ORDER BY received_at DESC LIMIT 10;"),
    ("Must be empty, ever", "SELECT * FROM admin.check_totals();"),
]


def queries():
    title("Ten questions to begin with (\\d reporting.* shows the views, \\d+ their comments)")
    for text, sql in QUERIES:
        print(f"  -- {text}\n  {sql}")
    print()
