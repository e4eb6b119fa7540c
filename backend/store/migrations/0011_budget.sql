-- Budgets (content is JSON, see package budget) with every version that they had. version is 1 at first and
-- raised by every change; numbers are never used again, since alerts refer to them.
CREATE TABLE budget (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    key        TEXT NOT NULL UNIQUE, -- the name in lower case
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    made_at    TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    reason     TEXT NOT NULL
) STRICT;

CREATE TABLE budget_version (
    budget_id  INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    content    TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    reason     TEXT NOT NULL,
    PRIMARY KEY (budget_id, version)
) STRICT, WITHOUT ROWID;

-- What the pace of a period is measured by, from what was known when it began.
CREATE TABLE budget_basis (
    budget_id INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    period    TEXT NOT NULL,
    content   TEXT NOT NULL, -- JSON
    PRIMARY KEY (budget_id, version, period)
) STRICT, WITHOUT ROWID;

-- A threshold that was reached: at most one row for each version, period and threshold, ever.
CREATE TABLE alert (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    budget_id  INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    period     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    percent    TEXT NOT NULL,
    budget     TEXT NOT NULL, -- its name then
    crossed_at TEXT NOT NULL, -- day
    seen_at    TEXT NOT NULL,
    silent     INTEGER NOT NULL, -- it was reached already when the budget was changed, so that nobody is told
    message    TEXT NOT NULL,
    UNIQUE (budget_id, version, period, kind, percent)
) STRICT;

-- Where alerts are sent to, without secrets: those are in the keychain of the system.
CREATE TABLE alert_channel (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    key        TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL, -- smtp, slack, teams, json
    content    TEXT NOT NULL, -- JSON
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;

-- What was tried to send. channel is its name, which stays when the channel is removed.
CREATE TABLE alert_delivery (
    alert_id   INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    channel    TEXT NOT NULL,
    state      TEXT NOT NULL, -- sending, sent, waiting, failed
    attempts   INTEGER NOT NULL,
    next_at    TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    error      TEXT NOT NULL,
    PRIMARY KEY (alert_id, channel_id)
) STRICT, WITHOUT ROWID;
