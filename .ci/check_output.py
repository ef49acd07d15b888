#!/usr/bin/env python3
"""check_output.py OUT: is a folder that `tidings run --format both` wrote whole?

Every file has the hash the manifest says, every table of the data package has unique keys, what points to another
table is there, and the tables of who did what to whom are not empty. Standard library only.
"""
import csv
import hashlib
import json
import sys
from pathlib import Path

# An archive with articles in it has rows in these.
NEVER_EMPTY = {"documents", "sentences", "mentions", "entities", "events", "event_participants", "dyads", "runs"}


def listed(value):
    return [value] if isinstance(value, str) else value


def main(out):
    faults = []
    manifest = json.loads((out / "manifest.json").read_text())
    for name, entry in manifest["files"].items():
        if hashlib.sha256((out / name).read_bytes()).hexdigest() != entry["sha256"]:
            faults.append(f"{name}: not what the manifest says")

    tables, schemas = {}, {}
    for resource in json.loads((out / "datapackage.json").read_text())["resources"]:
        path = resource["path"] if isinstance(resource["path"], str) else resource["path"][0]
        if path.endswith(".csv"):
            name = Path(path).stem
            with open(out / path, newline="", encoding="utf-8") as file:
                tables[name] = list(csv.DictReader(file))
            schemas[name] = resource["schema"]
            header = [field["name"] for field in resource["schema"]["fields"]]
            if tables[name] and list(tables[name][0]) != header:
                faults.append(f"{name}: columns are not those of the data package")

    def keys(name, columns):
        return [tuple(row[column] for column in columns) for row in tables[name]]

    for name, schema in schemas.items():
        found = keys(name, listed(schema["primaryKey"]))
        if len(found) != len(set(found)):
            faults.append(f"{name}: keys are not unique")
        for link in schema.get("foreignKeys", []):
            there = link["reference"]
            target = there["resource"] or name
            known = set(keys(target, listed(there["fields"])))
            lost = [key for key in keys(name, listed(link["fields"])) if any(key) and key not in known]
            if lost:
                faults.append(f"{name}: {len(lost)} rows point to no row of {target}, such as {lost[0]}")
        if name in NEVER_EMPTY and not tables[name]:
            faults.append(f"{name}: empty")
    faults.extend(f"{name}: missing" for name in NEVER_EMPTY - tables.keys())

    for fault in faults:
        print(fault)
    print(", ".join(f"{name} {len(rows)}" for name, rows in tables.items()))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
