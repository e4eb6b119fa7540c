-- What invoices say, typed or imported by a person, to lay the ledger beside. Amounts are
-- decimal text; NULL = the invoice does not say.
CREATE TABLE invoice (
    id              INTEGER PRIMARY KEY,
    provider        TEXT NOT NULL,
    billing_account TEXT NOT NULL,
    month           TEXT NOT NULL, -- YYYY-MM
    invoice_id      TEXT NOT NULL, -- '' = the whole bill of the month
    currency        TEXT NOT NULL,
    total           TEXT NOT NULL,
    tax             TEXT,
    credits         TEXT,
    marketplace     TEXT,
    other           TEXT,
    note            TEXT NOT NULL,
    entered_at      TEXT NOT NULL,
    user            TEXT NOT NULL,
    UNIQUE (provider, billing_account, month, invoice_id, currency)
) STRICT;
