-- Virtual dimensions (content is the JSON of their rules) and scopes (content is a filter as
-- text in its normal form). version is 1 at first and raised by every change.
CREATE TABLE dimension (
    key        TEXT PRIMARY KEY, -- the name in lower case
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scope (
    key        TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
