"""Every table, read by pandas, Polars, PyArrow and DuckDB from CSV and from Parquet.

All must get the declared types, and all the same rows. From CSV the types are given, as the codebook asks; from
Parquet nothing is given, for the file has to say them itself.
"""
import duckdb
import pandas
import polars
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
}
PANDAS = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
POLARS = {
    "string": polars.String,
    "integer": polars.Int64,
    "number": polars.Float64,
    "boolean": polars.Boolean,
    "date": polars.Date,
    "datetime": polars.Datetime("us", "UTC"),
}
DUCKDB = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMPTZ",
}


def pandas_csv(path, kinds):
    frame = pandas.read_csv(
        path,
        dtype={name: PANDAS.get(kind, "string") for name, kind in kinds.items()},
        keep_default_na=False,
        na_values=[""],
        true_values=["true"],
        false_values=["false"],
    )
    for name, kind in kinds.items():
        if kind == "date":
            # Text to days by Arrow: pandas' own times end in the year 2262.
            frame[name] = frame[name].astype(pandas.ArrowDtype(pa.date32()))
        elif kind == "datetime":
            frame[name] = pandas.to_datetime(frame[name], utc=True, format="ISO8601").astype("datetime64[us, UTC]")
    return pa.Table.from_pandas(frame, preserve_index=False)


def pandas_parquet(path, _kinds):
    frame = pandas.read_parquet(path, dtype_backend="pyarrow")
    return pa.Table.from_pandas(frame, preserve_index=False)


def polars_csv(path, kinds):
    return polars.read_csv(path, schema={name: POLARS[kind] for name, kind in kinds.items()}).to_arrow()


def polars_parquet(path, _kinds):
    return polars.read_parquet(path).to_arrow()


def pyarrow_csv(path, kinds):
    options = pa.csv.ConvertOptions(
        column_types={name: ARROW[kind] for name, kind in kinds.items()},
        null_values=[""],
        strings_can_be_null=True,
        true_values=["true"],
        false_values=["false"],
    )
    # Titles and sentences may hold line ends.
    return pa.csv.read_csv(path, convert_options=options, parse_options=pa.csv.ParseOptions(newlines_in_values=True))


def pyarrow_parquet(path, _kinds):
    return pa.parquet.read_table(path)


def duckdb_connection():
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def duckdb_csv(path, kinds):
    columns = ", ".join(f"'{name}': '{DUCKDB[kind]}'" for name, kind in kinds.items())
    form = "header = true, delim = ',', quote = '\"'"
    query = f"SELECT * FROM read_csv('{quoted(path)}', {form}, columns = {{{columns}}})"
    return duckdb_connection().sql(query).to_arrow_table()


def duckdb_parquet(path, _kinds):
    return duckdb_connection().sql(f"SELECT * FROM '{quoted(path)}'").to_arrow_table()


def quoted(path):
    return str(path).replace("'", "''")


READERS = {
    "pandas": {"csv": pandas_csv, "parquet": pandas_parquet},
    "Polars": {"csv": polars_csv, "parquet": polars_parquet},
    "PyArrow": {"csv": pyarrow_csv, "parquet": pyarrow_parquet},
    "DuckDB": {"csv": duckdb_csv, "parquet": duckdb_parquet},
}


def kind_of(arrow):
    """The declared type that an Arrow type is a form of; none where it is a form of none."""
    if pa.types.is_string(arrow) or pa.types.is_large_string(arrow) or arrow == pa.string_view():
        return "string"
    if pa.types.is_timestamp(arrow):
        return "datetime" if arrow.tz in {"UTC", "Etc/UTC"} and arrow.unit == "us" else None
    return next((kind for kind, known in ARROW.items() if known == arrow), None)


def faults_of(name, table, kinds, expected):
    """What is wrong with a table as somebody read it."""
    if table.column_names != list(kinds):
        return [f"{name}: columns are not those declared"]
    # A table without rows has columns of the type null in pandas; that says nothing of the file.
    found = {field.name: field.type for field in table.schema}
    wrong = [
        f"{name}.{column}: {found[column]}, declared {kind}"
        for column, kind in kinds.items()
        if kind_of(found[column]) != kind and not (pa.types.is_null(found[column]) and table.num_rows == 0)
    ]
    if wrong:
        return wrong
    table = table.cast(pa.schema([(column, ARROW[kind]) for column, kind in kinds.items()]))
    if table.num_rows != expected.num_rows:
        return [f"{name}: {table.num_rows} rows, not {expected.num_rows}"]
    return [
        f"{name}.{column}: other values than in Parquet"
        for column in kinds
        if table[column].combine_chunks() != expected[column].combine_chunks()
    ]


def run(out, tables, checks):
    """Checks all readers on all tables."""
    kinds = {
        name: {field["name"]: field["type"] for field in pair["csv"]["schema"]["fields"]}
        for name, pair in tables.items()
    }
    texts = sum(kind == "string" for table in kinds.values() for kind in table.values())
    columns = sum(map(len, kinds.values()))
    expected = {}
    for name, pair in tables.items():
        read = pa.parquet.read_table(out / pair["parquet"]["path"])
        target = pa.schema([(column, ARROW[kind]) for column, kind in kinds[name].items()])
        expected[name] = read.cast(target)
        fields = pair["csv"]["schema"]["fields"]
        required = [field["name"] for field in fields if field.get("constraints", {}).get("required")]
        holes = [f"{name}.{column}: empty cells" for column in required if expected[name][column].null_count]
        blank = [
            f"{name}.{column}: empty text"
            for column, kind in kinds[name].items()
            if kind == "string" and "" in expected[name][column].unique().to_pylist()
        ]
        if holes or blank:
            checks.check(f"empty cells of {name}", holes + blank)

    for reader, forms in READERS.items():
        for form, read in forms.items():
            faults, rows = [], 0
            for name, pair in tables.items():
                try:
                    table = read(out / pair[form]["path"], kinds[name])
                except Exception as error:  # whatever a reader raises is a fault of ours
                    faults.append(f"{name}: {type(error).__name__}: {error}")
                    continue
                rows += table.num_rows
                faults += faults_of(name, table, kinds[name], expected[name])
            note = f"{len(tables)} tables, {rows} rows, {columns} columns, {texts} of them text"
            checks.check(f"{reader} reads {form}", faults, note)

    codes = [
        (f"{name}.{column}", expected[name][column].drop_null().to_pylist())
        for name in tables
        for column in kinds[name]
        if column in {"cameo_code", "cameo_root"}
    ]
    width = {"cameo_root": {2}, "cameo_code": {3, 4}}
    faults = [
        f"{where}: {code}"
        for where, found in codes
        for code in found
        if not (code.isdigit() and len(code) in width[where.rpartition(".")[2]])
    ]
    zeros = sum(code.startswith("0") for _, found in codes for code in found)
    if zeros == 0:
        faults.append("no code begins with a zero, so nothing was tried")
    number = sum(len(found) for _, found in codes)
    checks.check("CAMEO codes stay text", faults, f"{number} codes, {zeros} begin with a zero")
