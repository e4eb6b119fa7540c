"""Times DuckDB on the same files and questions as the benchmark; prints JSON lines.

Usage: compare.py FOLDER PREFIX RUNS < questions.json
PREFIX.csv, PREFIX.folder, PREFIX.csv.gz and PREFIX.parquet are the files. Costs are DECIMAL(38,15),
every other column is text: DuckDB then sniffs nothing and keeps all values, as the
ledger does. The files of the folder differ in their columns, whose types it finds itself.
"""
import json
import os
import sys
import time

import duckdb

folder, prefix, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
questions = json.load(sys.stdin)


def seconds(sql):
    start = time.perf_counter()
    con.execute(sql)
    con.execute("CHECKPOINT")
    return time.perf_counter() - start


def say(name, times, rows=0):
    print(json.dumps({"name": name, "times": times, "rows": rows}), flush=True)


database = os.path.join(folder, "duck.db")
for left in (database, database + ".wal"):
    if os.path.exists(left):
        os.remove(left)
con = duckdb.connect(database)
with open(prefix + ".csv", encoding="utf-8") as f:
    header = f.readline().strip().split(",")
costs = {"BilledCost", "EffectiveCost", "ListCost", "ContractedCost"}
types = ", ".join(
    "'%s': '%s'" % (c, "DECIMAL(38,15)" if c in costs else "TIMESTAMP" if c == "ChargePeriodStart" else "VARCHAR")
    for c in header
)
read = "CREATE TABLE %s AS SELECT * FROM read_csv('%s', header=true, columns={%s})"
say("import CSV", [seconds(read % ("t", prefix + ".csv", types))])
say("import gzip -1", [seconds(read % ("g", prefix + ".csv.gz", types))])
con.execute("DROP TABLE g")
say("import folder", [seconds("CREATE TABLE f AS SELECT * FROM read_csv('%s.folder/*/*/*.csv', union_by_name=true)" % prefix)])
con.execute("DROP TABLE f")
say("import Parquet", [seconds("CREATE TABLE p AS SELECT * FROM read_parquet('%s.parquet')" % prefix)])
con.execute("DROP TABLE p")
for name, options in (("focus-csv", "FORMAT csv, HEADER"), ("focus-parquet", "FORMAT parquet, COMPRESSION zstd")):
    out = os.path.join(folder, "duck-export")
    say("export " + name, [seconds("COPY t TO '%s' (%s)" % (out, options))])
    os.remove(out)
enough = 5  # seconds: a question that takes long is asked fewer times
for q in questions:
    times = []
    while len(times) < runs and sum(times) < enough:
        if q["cold"]:
            con.close()
        start = time.perf_counter()
        try:
            if q["cold"]:
                con = duckdb.connect(database)
            rows = con.execute(q["sql"]).fetchall()
        except duckdb.OutOfMemoryException as err:
            print("DuckDB has no answer to %s: %s" % (q["name"], str(err).splitlines()[0]), file=sys.stderr)
            break
        times.append(time.perf_counter() - start)
    if times:
        say(q["name"], times, len(rows))
con.close()
