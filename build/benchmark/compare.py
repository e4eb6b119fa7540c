"""Times DuckDB on the same file and questions as the benchmark; prints JSON lines.

Usage: compare.py DATABASE CSV RUNS < questions.json
Costs are DECIMAL(38,15), every other column is text: DuckDB then sniffs nothing and
keeps all values, as the ledger does.
"""
import json
import sys
import time

import duckdb

database, path, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
questions = json.load(sys.stdin)
con = duckdb.connect(database)
with open(path, encoding="utf-8") as f:
    header = f.readline().strip().split(",")
costs = {"BilledCost", "EffectiveCost", "ListCost", "ContractedCost"}
types = ", ".join(
    "'%s': '%s'" % (c, "DECIMAL(38,15)" if c in costs else "DATE" if c == "ChargePeriodStart" else "VARCHAR") for c in header
)
start = time.perf_counter()
con.execute("CREATE TABLE t AS SELECT * FROM read_csv('%s', header=true, columns={%s})" % (path, types.replace("DATE", "TIMESTAMP")))
con.execute("CHECKPOINT")
print(json.dumps({"name": "import", "seconds": time.perf_counter() - start}), flush=True)
for q in questions:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        rows = con.execute(q["sql"]).fetchall()
        times.append(time.perf_counter() - start)
    print(json.dumps({"name": q["name"], "times": times, "rows": len(rows)}), flush=True)
