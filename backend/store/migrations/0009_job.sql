-- Long work that is kept: what was asked for, how far it is and how it ended. version is raised by
-- every change of any row, so that the highest one says whether something changed.
CREATE TABLE job (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    title      TEXT NOT NULL,
    params     TEXT NOT NULL, -- JSON: what it is run from
    state      TEXT NOT NULL, -- running, paused, interrupted, done, failed, cancelled
    wanted     TEXT NOT NULL, -- what another process asks of the one that runs it: pause, run, cancel; '' = nothing
    attempts   INTEGER NOT NULL,
    done       INTEGER NOT NULL, -- of total, in the unit of the work
    total      INTEGER NOT NULL,
    lines      INTEGER NOT NULL,
    message    TEXT NOT NULL,
    checkpoint TEXT, -- JSON: from where it goes on
    outcome    TEXT, -- JSON: what it came to
    error_code TEXT NOT NULL,
    error      TEXT NOT NULL,
    user       TEXT NOT NULL,
    created_at TEXT NOT NULL,
    started_at TEXT NOT NULL, -- of the last attempt
    ended_at   TEXT NOT NULL  -- '' while it runs
) STRICT;
CREATE INDEX job_version ON job (version);

-- What the passport was counted from, with the state of the ledger (see DB.LedgerVersion): one row.
CREATE TABLE passport (
    id      INTEGER PRIMARY KEY, -- 1
    ledger  INTEGER NOT NULL,
    content TEXT NOT NULL -- JSON
) STRICT;
