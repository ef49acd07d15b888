#!/usr/bin/env python3
"""check_tables.py OUT TIDINGS: do others read and count the tables of a run as tidings does?

OUT is a folder that `tidings run --format both` wrote, TIDINGS the binary. Needs requirements.txt. Frictionless
validates the data package; DuckDB counts panels anew, in SQL, from `dyads` and `events`; pandas, Polars, PyArrow and
DuckDB read every table in both formats and must get the same rows with the declared types. One line a check, then
the counts; exit status 1 when a check failed. OUT is not written to.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import panels
import readers


class Checks:
    """Counts and prints checks."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, faults, note=""):
        """A check passes when it found no faults; `note` says what it covered."""
        faults = list(faults)
        self.passed += not faults
        self.failed += bool(faults)
        print("ok    " if not faults else "FAILED", name + (f": {note}" if note else ""))
        for fault in faults[:5]:
            print("         ", fault)
        if len(faults) > 5:
            print("          and", len(faults) - 5, "more")


def package(out, binary, checks):
    """The data package as frictionless sees it."""
    from frictionless import Package

    descriptor = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    report = Package(str(out / "datapackage.json")).validate()
    faults = [str(error.message) for error in report.errors]
    faults += [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors]
    faults += [f"{task.name}: skipped: {warning}" for task in report.tasks for warning in task.warnings]
    declared = {resource["name"] for resource in descriptor["resources"]}
    faults += [f"{name}: not looked at" for name in declared - {task.name for task in report.tasks}]
    if not report.valid and not faults:
        faults.append("not valid")
    rows = sum(task.stats.get("rows") or 0 for task in report.tasks)
    checks.check("data package (frictionless)", faults, f"{len(report.tasks)} resources, {rows} rows")

    unhashed = [resource["name"] for resource in descriptor["resources"] if "hash" not in resource]
    floats = sum(
        ours["type"] != theirs["type"]
        for name, pair in by_table(descriptor).items()
        for ours, theirs in zip(pair["csv"]["schema"]["fields"], pair["parquet"]["schema"]["fields"], strict=True)
    )
    print(f"       frictionless skips bytes and hashes of {len(unhashed)} resources, which `tidings verify` checks,")
    print(f"       and reads {floats} integer columns with gaps as numbers, from Parquet")

    verified = subprocess.run([binary, "verify", str(out)], capture_output=True, text=True, check=False)
    checks.check("hashes (tidings verify)", [verified.stderr.strip()] if verified.returncode else [])


def by_table(descriptor):
    """Resources of each table, by format."""
    tables = {}
    for resource in descriptor["resources"]:
        name = resource["name"].removesuffix("_parquet")
        tables.setdefault(name, {})[resource["format"]] = resource
    return tables


def main(out, binary):
    checks = Checks()
    package(out, binary, checks)
    tables = by_table(json.loads((out / "datapackage.json").read_text(encoding="utf-8")))
    readers.run(out, tables, checks)
    with tempfile.TemporaryDirectory() as scratch:
        panels.run(out, binary, tables, Path(scratch), checks)
    state = "FAILED" if checks.failed else "ok"
    # As cargo ends a test run, so that one line of awk counts both.
    print(f"\ntest result: {state}. {checks.passed} passed; {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
