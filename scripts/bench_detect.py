"""Recourse beside general detectors on the same ledgers, each row judged from the rows before it.

    bench_detect.py RECOURSE LEDGERS.csv[.gz]…   [--only METHOD,…] [--sample ROWS] [--keep FOLDER]

A ledger's rows carry `label` (1: wrong), and where known `scored`, `kind`, `incident`, `twin` (which innocent likeness
of trouble a row is). Beside LEDGERS.csv may stand LEDGERS-notes.csv: what the users told the app. General detectors are
fitted for each user on that user's rows so far, anew whenever they have grown by a quarter. Prints one table a file. With
--sample, all methods are measured on evenly taken users of some so many rows where a file has more, and the table says so. With
--keep, scores of general detectors are kept in FOLDER and taken from there while rows and methods are the same.
"""

import argparse
import bisect
import csv
import gzip
import hashlib
import inspect
import io
import math
import os
import subprocess
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from datetime import datetime

import numpy as np

DAY = 86400.0
INCIDENT_GAP = 3 * DAY
# Fewer rows than this are nothing to fit a detector on.
LEAST_ROWS = 20
GROWN = 1.25


def read(path):
    opened = gzip.open(path, "rt", newline="") if path.endswith(".gz") else open(path, newline="")
    with opened as file:
        return list(csv.DictReader(file))


class Truth:
    """What is wrong in a file, and how much was looked at."""

    def __init__(self, rows, left_out=""):
        """Rows of the kind `left_out` are not looked at."""
        self.scored = np.array(
            [row.get("scored", "1") != "0" and (not left_out or row.get("kind") != left_out) for row in rows]
        )
        self.wrong = np.array([row["label"] == "1" for row in rows])
        self.incident = self.incidents(rows)
        months = {(row["user"], row["time"][:7]) for row, scored in zip(rows, self.scored) if scored}
        self.user_months = len(months)

    @staticmethod
    def incidents(rows):
        """A number for each incident, -1 for rows that are right."""
        number = np.full(len(rows), -1)
        known, last, count = {}, {}, 0
        for place in sorted(range(len(rows)), key=lambda place: (rows[place]["user"], rows[place]["time"])):
            row = rows[place]
            if row["label"] != "1":
                continue
            key = (row["user"], row.get("kind", ""))
            at = datetime.fromisoformat(row["time"]).timestamp()
            if row.get("incident"):
                key += (row["incident"],)
            elif key in last and at - last[key] > INCIDENT_GAP:
                del known[key]
            last[key] = at
            if key not in known:
                known[key], count = count, count + 1
            number[place] = known[key]
        return number

    def measure(self, score):
        keep = self.scored
        wrong, score, incident = self.wrong[keep], score[keep], self.incident[keep]
        order = np.argsort(-score, kind="stable")
        hits, falls = np.cumsum(wrong[order]), np.cumsum(~wrong[order])
        ends = np.flatnonzero(np.append(score[order][1:] != score[order][:-1], True))
        recall = hits / max(1, wrong.sum())
        precision = hits / (hits + falls)
        figures = {"AP": float(np.sum(np.diff(np.append(0.0, recall[ends])) * precision[ends]))}
        incidents = len(set(incident[incident >= 0]))
        for most in (0.03, 0.2, 1, 2, 5):
            within = ends[falls[ends] <= most * self.user_months]
            end = within[-1] + 1 if len(within) else 0
            figures[f"R@{most}"] = float(recall[end - 1]) if end else 0.0
            found = incident[order][:end]
            figures[f"I@{most}"] = len(set(found[found >= 0])) / max(1, incidents)
        return figures

    def shown(self, shown):
        """Precision of flagged rows, incidents among them, false ones a user-month."""
        shown = shown & self.scored
        found = self.incident[shown]
        incidents = len(set(self.incident[self.scored & (self.incident >= 0)]))
        return (
            (shown & self.wrong).sum() / max(1, shown.sum()),
            len(set(found[found >= 0])) / max(1, incidents),
            (shown & ~self.wrong).sum() / max(1, self.user_months),
        )


def sample(rows, most):
    """The rows of users taken evenly, at most so many rows; how many users those are, and how many there are."""
    users = sorted({row["user"] for row in rows})
    take = min(len(users), max(1, len(users) * most // len(rows))) if most else len(users)
    taken = {users[n * len(users) // take] for n in range(take)}
    return [row for row in rows if row["user"] in taken], take, len(users)


def ledgers(rows):
    """The places of each user's rows, in time order."""
    users = defaultdict(list)
    for place, row in enumerate(rows):
        users[row["user"]].append(place)
    return [sorted(places, key=lambda place: rows[place]["time"]) for places in users.values()]


def amount(row):
    return max(0.01, abs(float(row["amount"] or 0)))


def z_score(values):
    """Each value against those before it: mean and deviation of the logarithm."""
    logs, out, total, squares = np.log(values), np.zeros(len(values)), 0.0, 0.0
    for n, x in enumerate(logs):
        if n >= 5:
            mean = total / n
            out[n] = (x - mean) / math.sqrt(max(squares / n - mean * mean, 0.01))
        total, squares = total + x, squares + x * x
    return out


def mad_z(values):
    """Each value against the median and median deviation of those before it."""
    before, out = [], np.zeros(len(values))
    for n, x in enumerate(values):
        if n >= 5:
            middle = before[n // 2]
            away = sorted(abs(value - middle) for value in before)[n // 2]
            out[n] = (x - middle) / (1.4826 * away + 0.05 * middle + 1e-9)
        bisect.insort(before, x)
    return out


def features(rows, places):
    """What one ledger shows of each row, from the rows before it."""
    table, amounts, by_payee, by_category = [], [], defaultdict(list), defaultdict(list)
    total = 0.0
    times = [datetime.fromisoformat(rows[place]["time"]) for place in places]
    stamps = [time.timestamp() for time in times]
    for n, place in enumerate(places):
        row, at, x = rows[place], times[n], amount(rows[place])
        payee, category = by_payee[row["payee"]], by_category[row.get("category", "")]
        hour = 2 * math.pi * (at.hour + at.minute / 60) / 24
        week = 2 * math.pi * at.weekday() / 7
        last = (stamps[n] - stamps[n - 1]) / DAY if n else 30.0
        since = [n - bisect.bisect_left(stamps, stamps[n] - seconds, 0, n) for seconds in (3600, DAY, 7 * DAY)]
        spent = sum(amounts[n - since[1]:n]) + x
        days = max(1.0, (stamps[n] - stamps[0]) / DAY)
        over = lambda past: math.log(x / np.median(past[-200:])) if past else 0.0
        balance = float(row.get("balance_before") or 0)
        table.append([
            math.log(x), math.sin(hour), math.cos(hour), math.sin(week), math.cos(week), math.log1p(last),
            not payee, not category, math.log1p(len(payee)), math.log1p(len(category)), *since,
            over(amounts), over(payee), over(category),
            math.log1p(spent / max(0.01, (total or x) / days)), min(1.5, x / balance) if balance > 0 else 0.0,
        ])
        amounts.append(x), payee.append(x), category.append(x)
        total += x
    return np.array(table, dtype=float)


def refitted(make):
    """Fits a PyOD detector on the user's rows so far, anew whenever they have grown by a quarter."""

    def score(rows, places, table):
        out, start = np.zeros(len(places)), LEAST_ROWS
        while start < len(places):
            end = min(len(places), math.ceil(start * GROWN))
            if any(rows[place].get("scored", "1") != "0" for place in places[start:end]):
                middle, spread = table[:start].mean(0), table[:start].std(0) + 1e-6
                model = make()
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    model.fit((table[:start] - middle) / spread)
                    raw = model.decision_function((table[start:end] - middle) / spread)
                # The place among the user's own past makes users comparable.
                past = model.decision_scores_
                out[start:end] = (raw - np.median(past)) / (np.subtract(*np.percentile(past, [75, 25])) + 1e-9)
            start = end
        return np.nan_to_num(out)

    return score


def half_space_trees(rows, places, table):
    from river import anomaly, preprocessing

    scaler, trees, out = preprocessing.MinMaxScaler(), anomaly.HalfSpaceTrees(seed=1), np.zeros(len(places))
    for n, line in enumerate(table):
        x = {str(k): float(v) for k, v in enumerate(line)}
        scaler.learn_one(x)
        x = scaler.transform_one(x)
        out[n] = trees.score_one(x)
        trees.learn_one(x)
    return out


def methods():
    from pyod.models.copod import COPOD
    from pyod.models.ecod import ECOD
    from pyod.models.hbos import HBOS
    from pyod.models.iforest import IForest
    from pyod.models.knn import KNN
    from pyod.models.lof import LOF

    plain = lambda of: lambda rows, places, _: of(np.array([amount(rows[place]) for place in places]))
    return {
        "z-score": plain(z_score),
        "MAD z": plain(mad_z),
        "HBOS": refitted(HBOS),
        "ECOD": refitted(ECOD),
        "COPOD": refitted(COPOD),
        "KNN": refitted(KNN),
        "LOF": refitted(LOF),
        "IForest": refitted(lambda: IForest(n_estimators=50, random_state=1)),
        "HalfSpaceTrees": half_space_trees,
    }


# What no single ledger shows: the payee was compromised across customers.
UNSEEN = "terminal"


def recourse(program, rows, notes, *more):
    """Scores, shown kinds, and processor seconds. Truth is not handed over."""
    with tempfile.NamedTemporaryFile("w", newline="", suffix=".csv") as file:
        told = [name for name in rows[0] if name not in ("scored", "label", "kind", "incident", "twin", "split")]
        writer = csv.DictWriter(file, told, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
        file.flush()
        command = [program, "score", file.name] + (["--notes", notes] if notes else []) + list(more)
        before = os.times()
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        after = os.times()
    took = after.children_user + after.children_system - before.children_user - before.children_system
    lines = list(csv.DictReader(io.StringIO(answer)))
    kinds = [line["kinds"] for line in lines]
    return np.array([float(line["score"]) for line in lines]), kinds, took


def line(name, figures, rows_a_second):
    print(
        f"| {name} | {figures['AP']:.3f} | "
        + " | ".join(f"{figures[f'R@{most}']:.2f}" for most in (1, 2, 5))
        + f" | {figures['R@0.2']:.3f} | {figures['I@0.2']:.3f} | {rows_a_second:,.0f} |",
        flush=True,
    )


def title(path, rows, truth, users, more=""):
    taken, all_users = users
    of = f"{taken} users" if taken == all_users else f"a sample of {taken} of {all_users} users"
    print(
        f"\n{path.rsplit('/', 1)[-1]}{more and ', ' + more}: {of}, {len(rows)} rows, {truth.scored.sum()} scored, "
        f"{(truth.wrong & truth.scored).sum()} wrong, {truth.user_months} user-months\n"
    )
    print("| method | AP | R@FA1 | R@FA2 | R@FA5 | rows ≤ 0.2 | incidents ≤ 0.2 | rows/s |")
    print("|---|---|---|---|---|---|---|---|")


def general(rows, wanted, keep):
    """Scores of general detectors, each with processor seconds."""
    code = "".join(map(inspect.getsource, (features, z_score, mad_z, refitted, half_space_trees, methods)))
    what = hashlib.sha256(f"{code}{LEAST_ROWS}{GROWN}".encode())
    told = sorted(set(rows[0]) - {"twin"})
    what.update(repr([[row[name] for name in told] for row in rows]).encode())
    places, tables, shared = ledgers(rows), None, 0.0
    for name, method in methods().items():
        if wanted and name not in wanted:
            continue
        kept = keep and os.path.join(keep, f"{what.hexdigest()[:16]}-{name.replace(' ', '-')}.npz")
        if kept and os.path.exists(kept):
            with np.load(kept) as file:
                yield name, file["scores"], float(file["took"])
            continue
        if tables is None:
            began = time.process_time()
            tables = [features(rows, of) for of in places]
            shared = time.process_time() - began
        began, scores = time.process_time(), np.zeros(len(rows))
        for of, table in zip(places, tables):
            scores[of] = method(rows, of, table)
        took = time.process_time() - began + (0 if name in ("z-score", "MAD z") else shared)
        if kept:
            os.makedirs(keep, exist_ok=True)
            np.savez(kept, scores=scores, took=took)
        yield name, scores, took


def shown(rows, truth, kinds, when):
    """What would be shown as flags: how much of it is right, kind by kind, and which innocents are among it."""
    flagged = np.array([kind != "" for kind in kinds])
    precision, incidents, false = truth.shown(flagged)
    print(
        f"\nShown as flags {when}: {(flagged & truth.scored).sum()} rows, precision {precision:.3f}, "
        f"incidents {incidents:.3f}, false {false:.3f} a user-month\n"
    )
    by_kind = defaultdict(Counter)
    found, twins = defaultdict(lambda: [set(), set()]), defaultdict(Counter)
    for row, kind, number, scored, is_shown in zip(rows, kinds, truth.incident, truth.scored, flagged):
        if not scored:
            continue
        for one in filter(None, kind.split("|")):
            by_kind[one][row["label"] == "1"] += 1
        if row.get("twin"):
            twins[row["twin"]][bool(is_shown)] += 1
        if number >= 0:
            found[row.get("kind", "")][0].add(number)
            if is_shown:
                found[row.get("kind", "")][1].add(number)
    print("Flags of a kind, right and wrong: " + ", ".join(
        f"{kind} {counts[True]}/{counts[False]}" for kind, counts in sorted(by_kind.items())))
    print("Incidents shown: " + ", ".join(
        f"{kind or 'all'} {len(seen)}/{len(there)}" for kind, (there, seen) in sorted(found.items())))
    if twins:
        print("Innocent likenesses shown, of rows: " + ", ".join(
            f"{twin} {counts[True]}/{counts.total()}" for twin, counts in sorted(twins.items())))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("program")
    arguments.add_argument("ledgers", nargs="+")
    arguments.add_argument("--only", default="")
    arguments.add_argument("--sample", type=int, default=0)
    arguments.add_argument("--keep")
    asked = arguments.parse_args()
    wanted = [name for name in asked.only.split(",") if name]
    for path in asked.ledgers:
        rows, *users = sample(read(path), asked.sample)
        notes = path.removesuffix(".gz").removesuffix(".csv") + "-notes.csv"
        notes = notes if os.path.exists(notes) else None
        truth, results, kinds = Truth(rows), [], None
        title(path, rows, truth, users)
        if not wanted or "Recourse" in wanted:
            score, kinds, took = recourse(asked.program, rows, notes)
            results.append(("Recourse", score, len(rows) / took))
            line("Recourse", truth.measure(score), len(rows) / took)
        if wanted != ["Recourse"]:
            for name, scores, took in general(rows, wanted, asked.keep):
                results.append((name, scores, len(rows) / took))
                line(name, truth.measure(scores), len(rows) / took)
        if any(row.get("kind") == UNSEEN for row in rows):
            visible = Truth(rows, UNSEEN)
            title(path, rows, visible, users, f"without {UNSEEN}")
            for name, scores, speed in results:
                line(name, visible.measure(scores), speed)
        if kinds is not None:
            shown(rows, truth, kinds, "when the row came")
            # What should have come and did not is known later only; a window says it then.
            if any(row.get("kind") for row in rows):
                _, kinds, _ = recourse(asked.program, rows, notes, "--in-the-end")
                shown(rows, truth, kinds, "in the end")


if __name__ == "__main__":
    main()
