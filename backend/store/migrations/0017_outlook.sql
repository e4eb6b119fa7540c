-- What a person said of an anomaly; name is its id, content JSON: state and note.
CREATE TABLE anomaly_mark (
    key        TEXT PRIMARY KEY, -- the name in lower case
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL, -- 1 at first, raised by every change
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Rules that mute anomalies; content is JSON: the values of levels and the kind.
CREATE TABLE anomaly_mute (
    key        TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How far a day must be off to be an anomaly; name is that of a scope, * for all usage, content JSON: low, medium or high.
CREATE TABLE anomaly_sensitivity (
    key        TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The anomalies that were found the last time, with the state of the ledger (see DB.LedgerVersion) and of the sensitivity: one row.
CREATE TABLE anomaly_report (
    id       INTEGER PRIMARY KEY, -- 1
    ledger   INTEGER NOT NULL,
    settings TEXT NOT NULL,
    content  TEXT NOT NULL -- JSON
) STRICT;

-- Changes of costs that are planned; content is JSON, see forecast.Plan.
CREATE TABLE planned_change (
    key        TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Forecasts that are kept to be compared with what came; content is JSON: the question and the months.
CREATE TABLE frozen_forecast (
    key        TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
