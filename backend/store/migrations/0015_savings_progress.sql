-- What a person decided about a finding of savings (content is JSON, see Savings.Progress), with the finding as it was found the last
-- time that they changed it. measured is what the bills of a state of the ledger say about one that is done.
CREATE TABLE finding_progress (
    finding         TEXT PRIMARY KEY, -- its id
    content         TEXT NOT NULL,
    found           TEXT NOT NULL, -- JSON
    version         INTEGER NOT NULL,
    changed_at      TEXT NOT NULL,
    changed_by      TEXT NOT NULL,
    measured        TEXT NOT NULL, -- JSON; '' = not measured yet
    measured_ledger INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The totals of what could be saved, for each state of the ledger for which they were found.
CREATE TABLE savings_history (
    ledger   INTEGER PRIMARY KEY,
    found_at TEXT NOT NULL,
    as_of    TEXT NOT NULL, -- day; '' = there was no usage
    content  TEXT NOT NULL  -- JSON
) STRICT;
