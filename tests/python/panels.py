"""Panels counted anew: `tidings panel` against SQL over `dyads` and `events`.

The SQL says what docs/tables.md says and shares nothing with tidings: no order of rows, no streams, only DISTINCT
and GROUP BY.
"""
import csv
import datetime
import math
import subprocess
from dataclasses import dataclass

from readers import duckdb_connection, quoted

LABELS = {
    "day": "strftime(period_start, '%Y-%m-%d')",
    "week": "strftime(period_start, '%G-W%V')",
    "month": "strftime(period_start, '%Y-%m')",
    "quarter": "strftime(period_start, '%Y') || '-Q' || quarter(period_start)",
    "year": "strftime(period_start, '%Y')",
}
STEPS = {"day": "1 DAY", "week": "7 DAY", "month": "1 MONTH", "quarter": "3 MONTH", "year": "1 YEAR"}
# First and last day of a dyad row.
DATES = {
    "event": (
        "CASE WHEN date_end IS NOT NULL THEN date_start END",
        "CASE WHEN date_start IS NOT NULL THEN date_end END",
    ),
    "published": ("d.published_at", "d.published_at"),
    "event-or-published": (
        "CASE WHEN date_start IS NULL OR date_end IS NULL THEN d.published_at ELSE date_start END",
        "CASE WHEN date_start IS NULL OR date_end IS NULL THEN d.published_at ELSE date_end END",
    ),
}
MEASURES_OF_FLOATS = {"n_weighted", "goldstein_sum", "goldstein_mean", "plover_sum"}
# What `dyads` repeats from `events`.
REPEATED = (
    "event_date", "date_precision", "published_at", "event_type", "status", "polarity", "quad_class", "cameo_code",
    "goldstein", "plover_score", "doc_id", "story_event_id", "reciprocal",
)


@dataclass
class Panel:
    """One panel to compare."""

    unit: str = "dyad"
    by: str = "month"
    date: str = "event"
    start: str | None = None
    end: str | None = None
    complete: bool = False
    countries: tuple = ()
    statuses: tuple = ("past",)
    polarities: tuple = ("affirmative",)
    statements: bool = False
    groups: bool = True
    min_confidence: float = 0.0

    def keys(self):
        return ["source_country", "target_country"] if self.unit == "dyad" else ["country"]

    def arguments(self):
        arguments = ["--unit", self.unit, "--by", self.by, "--date", self.date]
        arguments += ["--from", self.start] if self.start else []
        arguments += ["--to", self.end] if self.end else []
        arguments += ["--complete"] if self.complete else []
        arguments += ["--countries", ",".join(self.countries)] if self.countries else []
        arguments += ["--status", ",".join(self.statuses), "--polarity", ",".join(self.polarities)]
        arguments += ["--statements"] if self.statements else []
        arguments += [] if self.groups else ["--no-groups"]
        return arguments + ["--min-confidence", str(self.min_confidence)]

    def name(self):
        default = Panel()
        parts = [f"{self.unit}/{self.by}"]
        parts += ["complete"] if self.complete else []
        parts += [f"countries {','.join(self.countries)}"] if self.countries else []
        parts += [f"{self.start or ''} to {self.end or ''}"] if self.start or self.end else []
        parts += [f"dated by {self.date}"] if self.date != default.date else []
        parts += ["any status and polarity"] if self.statuses != default.statuses else []
        parts += ["with statements"] if self.statements else []
        parts += [] if self.groups else ["without groups"]
        parts += [f"confidence {self.min_confidence}"] if self.min_confidence else []
        return ", ".join(parts)


def texts(values):
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)


def sql(panel, types):
    """The panel as a query."""
    keys = panel.keys()
    unit = ["source_country", "target_country"] if panel.unit == "dyad" else ["source_country AS country"]
    first, last = DATES[panel.date]
    where = [f"status IN ({texts(panel.statuses)})", f"polarity IN ({texts(panel.polarities)})"]
    where += [] if panel.statements else ["event_type <> 'STATEMENT'"]
    where += [] if panel.groups else ["expansion <> 'group'"]
    where += [f"confidence >= {panel.min_confidence}"]
    if panel.countries:
        sides = ["source_country", "target_country"] if panel.unit == "dyad" else ["source_country"]
        where += [f"{side} IN ({texts(panel.countries)})" for side in sides]

    def period(day):
        return f"date_trunc('{panel.by}', {day})"

    def bound(day, best):
        return period(f"DATE '{day}'") if day else f"(SELECT {best}(period_start) FROM kept)"

    inside = [f"{period('first')} = {period('last')}"]
    inside += [f"{period('first')} >= {bound(panel.start, 'min')}"] if panel.start else []
    inside += [f"{period('first')} <= {bound(panel.end, 'max')}"] if panel.end else []
    counts = [f"coalesce(count(*) FILTER (event_type = '{name}'), 0) AS n_{name.lower()}" for name in types]
    counts += [f"count(*) FILTER (quad_class = {quad}) AS n_quad{quad}" for quad in range(1, 5)]
    measures = ["n_events", "n_events_oad", "n_docs", "n_weighted"]
    measures += [f"n_{name.lower()}" for name in types] + [f"n_quad{quad}" for quad in range(1, 5)]
    measures += ["goldstein_sum", "goldstein_mean", "plover_sum"]
    by_unit = ", ".join(keys)
    if panel.complete and panel.countries and panel.unit == "dyad":
        code = f"unnest([{texts(panel.countries)}])"
        units = (
            f"SELECT a.code AS source_country, b.code AS target_country FROM (SELECT DISTINCT {code} AS code) a,"
            f" (SELECT DISTINCT {code} AS code) b WHERE a.code <> b.code"
        )
    elif panel.complete and panel.countries:
        units = f"SELECT DISTINCT unnest([{texts(panel.countries)}]) AS country"
    else:
        units = f"SELECT DISTINCT {by_unit} FROM kept"
    if panel.complete:
        start, end = bound(panel.start, "min"), bound(panel.end, "max")
        series = f"generate_series({start}::TIMESTAMP, {end}::TIMESTAMP, INTERVAL '{STEPS[panel.by]}')"
        cells = f"SELECT u.*, p::DATE AS period_start FROM units u, (SELECT unnest({series}) AS p)"
    else:
        cells = f"SELECT DISTINCT {by_unit}, period_start FROM kept"
    return f"""
        WITH told AS (
            SELECT {", ".join(unit)}, d.event_id, d.doc_id, d.event_type, d.quad_class, d.goldstein, d.plover_score,
                   d.weight, {first} AS first, {last} AS last
            FROM dyads d JOIN (SELECT event_id, date_start, date_end, confidence FROM events) e USING (event_id)
            WHERE {" AND ".join(where)}
        ), kept AS (
            SELECT *, date_trunc('{panel.by}', first)::DATE AS period_start FROM told WHERE {" AND ".join(inside)}
        ), units AS ({units}), cells AS ({cells}), weights AS (
            SELECT {by_unit}, period_start, fsum(weight) AS n_weighted FROM kept GROUP BY ALL
        ), once AS (
            SELECT DISTINCT {by_unit}, period_start, event_id, doc_id, event_type, quad_class, goldstein, plover_score,
                   first, last
            FROM kept
        ), counts AS (
            SELECT {by_unit}, period_start, count(DISTINCT event_id) AS n_events,
                   count(DISTINCT (event_type, first, last)) AS n_events_oad, count(DISTINCT doc_id) AS n_docs,
                   {", ".join(counts)}, sum(goldstein::DECIMAL(18, 4)) AS goldstein_sum,
                   sum(goldstein::DECIMAL(18, 4))::DOUBLE / count(goldstein) AS goldstein_mean,
                   sum(plover_score::DECIMAL(18, 4)) AS plover_sum
            FROM once GROUP BY ALL
        )
        SELECT {by_unit}, {LABELS[panel.by]} AS period, period_start,
               (period_start + INTERVAL '{STEPS[panel.by]}' - INTERVAL '1 DAY')::DATE AS period_end,
               {", ".join(name if name == "goldstein_mean" else f"coalesce({name}, 0) AS {name}" for name in measures)}
        FROM cells LEFT JOIN counts USING ({by_unit}, period_start) LEFT JOIN weights USING ({by_unit}, period_start)
        ORDER BY {by_unit}, period_start
    """


def same(column, ours, theirs):
    """Is what stands in the file what SQL has? Numbers with a fraction are written to six decimals."""
    if theirs is None or ours == "":
        return theirs is None and ours == ""
    if column in MEASURES_OF_FLOATS:
        return math.isclose(float(ours), float(theirs), rel_tol=1e-12, abs_tol=5.01e-7)
    if isinstance(theirs, datetime.date):
        return ours == theirs.isoformat()
    return ours == str(theirs)


def compare(columns, ours, header, theirs, keys):
    if header != columns:
        yield f"columns {header}, in SQL {columns}"
        return
    at = [columns.index(key) for key in [*keys, "period"]]
    mine = {tuple(row[i] for i in at): row for row in ours}
    other = {tuple(row[i] for i in at): row for row in theirs}
    if len(mine) != len(ours):
        yield "a unit has two rows for one period"
    for key in sorted(mine.keys() ^ other.keys()):
        yield f"{'/'.join(key)}: only {'in tidings' if key in mine else 'in SQL'}"
    for key in sorted(mine.keys() & other.keys()):
        for column, a, b in zip(columns, mine[key], other[key], strict=True):
            if not same(column, a, b):
                yield f"{'/'.join(key)} {column}: {a or 'empty'}, in SQL {b}"


def of_binary(out, binary, panel, path):
    command = [binary, "panel", str(out), *panel.arguments(), "--file", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else [f"exit status {done.returncode}: {done.stderr.strip()}"]


def periods(by, first, last):
    """Number of periods from the one of `first` to the one of `last`, without a calendar library."""
    if by == "day":
        return (last - first).days + 1
    if by == "week":
        monday = lambda day: day - datetime.timedelta(days=day.weekday())
        return (monday(last) - monday(first)).days // 7 + 1
    index = {
        "month": lambda day: day.year * 12 + day.month,
        "quarter": lambda day: day.year * 4 + (day.month - 1) // 3,
        "year": lambda day: day.year,
    }[by]
    return index(last) - index(first) + 1


def unbalanced(panel, header, rows):
    """Has a complete panel as many rows as it has units times periods?"""
    column = lambda name: [row[header.index(name)] for row in rows]
    starts = [datetime.date.fromisoformat(day) for day in column("period_start")]
    first = datetime.date.fromisoformat(panel.start) if panel.start else min(starts)
    last = datetime.date.fromisoformat(panel.end) if panel.end else max(starts)
    n = len(set(panel.countries))
    if n == 0:
        units = len(set(zip(*(column(key) for key in panel.keys()), strict=True)))
    else:
        units = n * (n - 1) if panel.unit == "dyad" else n
    expected = units * periods(panel.by, first, last)
    note = f"{units} units x {periods(panel.by, first, last)} periods"
    return [] if len(rows) == expected else [f"{len(rows)} rows, not {note}"], note


def variants(db):
    """Panels of every unit, period, date and filter, with countries and days that occur."""
    busiest = "SELECT code FROM (SELECT source_country AS code FROM dyads) GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 4"
    countries = tuple(code for (code,) in db.sql(busiest).fetchall())
    [(first, last)] = db.sql("SELECT min(published_at)::VARCHAR, max(published_at)::VARCHAR FROM dyads").fetchall()
    everything = {
        "statuses": tuple(s for (s,) in db.sql("SELECT DISTINCT status FROM dyads ORDER BY 1").fetchall()),
        "polarities": tuple(p for (p,) in db.sql("SELECT DISTINCT polarity FROM dyads ORDER BY 1").fetchall()),
        "statements": True,
    }
    yield Panel()
    yield Panel(unit="country", by="year")
    yield Panel(complete=True)
    yield Panel(unit="country", by="year", complete=True)
    yield Panel(complete=True, countries=countries, start=first, end=last, date="event-or-published")
    yield Panel(unit="country", by="year", complete=True, countries=(*countries, "ISL"), start=first, end=last)
    for by in STEPS:
        yield Panel(by=by, date="event-or-published", **everything)
        yield Panel(unit="country", by=by, date="published", complete=by != "day", **everything)
    yield Panel(by="day")
    yield Panel(by="quarter", groups=False, min_confidence=0.5, date="published")
    yield Panel(unit="country", by="week", countries=countries[:2], start=first, end=last)


def run(out, binary, tables, scratch, checks):
    """Checks `dyads`, and panels of all kinds over it."""
    db = duckdb_connection()
    for name in ("dyads", "events"):
        db.execute(f"CREATE TABLE {name} AS SELECT * FROM '{quoted(out / tables[name]['parquet']['path'])}'")

    found = db.sql("SELECT event_id, fsum(weight) AS total FROM dyads GROUP BY 1").fetchall()
    faults = [f"{event}: {total}" for event, total in found if abs(total - 1) > 1e-9]
    weights = db.sql("SELECT event_id, weight FROM dyads").fetchall()
    faults += [f"{event}: weight {weight}" for event, weight in weights if not 0 < weight <= 1]
    checks.check("weights of an event sum to 1", faults if found else ["no dyads"], f"{len(found)} events")

    lost = db.sql("SELECT event_id FROM dyads ANTI JOIN events USING (event_id)").fetchall()
    faults = [f"{event}: no such event" for (event,) in lost]
    faults += [
        f"{event}: a country with itself"
        for (event,) in db.sql("SELECT event_id FROM dyads WHERE source_country = target_country").fetchall()
    ]
    for column in REPEATED:
        both = "SELECT d.event_id FROM dyads d JOIN events e USING (event_id)"
        query = f"{both} WHERE d.{column} IS DISTINCT FROM e.{column}"
        faults += [f"{event}: {column} is not that of the event" for (event,) in db.sql(query).fetchall()]
    checks.check("dyads repeat their events", faults, f"{len(REPEATED)} columns")

    fields = {declared["name"]: declared for declared in tables["events"]["csv"]["schema"]["fields"]}
    types = fields["event_type"]["constraints"]["enum"]
    for nth, panel in enumerate(variants(db)):
        path = scratch / f"{nth}.csv"
        faults = of_binary(out, binary, panel, path)
        note = ""
        if not faults:
            with open(path, newline="", encoding="utf-8") as file:
                header, *rows = csv.reader(file)
            answer = db.sql(sql(panel, types))
            faults = list(compare(answer.columns, rows, header, answer.fetchall(), panel.keys()))
            events = sum(int(row[header.index("n_events")]) for row in rows)
            note = f"{len(rows)} rows, {len(header)} columns, {events} events"
            if not rows:
                faults.append("no rows, so nothing was compared")
            elif panel.complete:
                uneven, balance = unbalanced(panel, header, rows)
                faults += uneven
                note += f", {balance}"
        checks.check(f"panel {panel.name()}", faults, note)

    # The same panel from CSV alone, and as Parquet.
    alone = scratch / "alone"
    alone.mkdir()
    (alone / "csv").symlink_to((out / "csv").resolve())
    faults = of_binary(alone, binary, Panel(), scratch / "alone.csv")
    if not faults and (scratch / "alone.csv").read_bytes() != (scratch / "0.csv").read_bytes():
        faults = ["other bytes than from Parquet"]
    checks.check("panel from CSV alone", faults)
    faults = of_binary(out, binary, Panel(), scratch / "0.parquet")
    if not faults:
        answer = db.sql(f"SELECT * FROM '{quoted(scratch / '0.parquet')}'")
        with open(scratch / "0.csv", newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        faults = list(compare(answer.columns, rows, header, answer.fetchall(), Panel().keys()))
    checks.check("panel as Parquet", faults)
