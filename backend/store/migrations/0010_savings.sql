-- What a person changed about the rules of savings: a parameter of a rule, or, with parameter '', whether
-- the rule is on.
CREATE TABLE rule_setting (
    rule       TEXT NOT NULL,
    parameter  TEXT NOT NULL,
    value      TEXT NOT NULL, -- a decimal; 'off' where parameter is ''
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (rule, parameter)
) STRICT, WITHOUT ROWID;

-- Rules that were added to those of the program, or take their place.
CREATE TABLE rule_pack (
    key        TEXT PRIMARY KEY, -- the name in lower case
    name       TEXT NOT NULL,
    content    TEXT NOT NULL, -- JSON: the text of each rule by id
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the rules found the last time, with the state of the ledger (see DB.LedgerVersion) and of the rules: one row.
CREATE TABLE findings (
    id      INTEGER PRIMARY KEY, -- 1
    ledger  INTEGER NOT NULL,
    rules   TEXT NOT NULL,
    content TEXT NOT NULL -- JSON
) STRICT;
