-- Rules that raise alerts beside budgets; content is JSON: the kind, its threshold and the scope.
CREATE TABLE alert_rule (
    key        TEXT PRIMARY KEY, -- the name in lower case
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL, -- 1 at first, raised by every change
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- An alert is raised by a budget, or by a rule: then rule is its key, and period says what it is about. Of each there is at most one row, ever.
CREATE TABLE alert_new (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    rule       TEXT NOT NULL, -- key of the alert rule; '' = a budget raised it
    budget_id  INTEGER NOT NULL, -- 0 = a rule raised it
    version    INTEGER NOT NULL, -- of the budget, or of the rule
    period     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    percent    TEXT NOT NULL, -- '' = a rule raised it
    name       TEXT NOT NULL, -- of the budget, or of the rule, then
    crossed_at TEXT NOT NULL, -- day
    seen_at    TEXT NOT NULL,
    silent     INTEGER NOT NULL, -- it was reached already when the budget or the rule was changed, so that nobody is told
    message    TEXT NOT NULL
) STRICT;
INSERT INTO alert_new SELECT id, '', budget_id, version, period, kind, percent, budget, crossed_at, seen_at, silent, message FROM alert;
DROP TABLE alert;
ALTER TABLE alert_new RENAME TO alert;
CREATE UNIQUE INDEX alert_of_budget ON alert (budget_id, version, period, kind, percent) WHERE rule = '';
CREATE UNIQUE INDEX alert_of_rule ON alert (rule, period) WHERE rule <> '';
