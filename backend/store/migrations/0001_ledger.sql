-- The ledger of one workspace. docs/adr/0002-ledger-and-rollups.md explains it.

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every text of the ledger, once. raw is what the file said where that differs from
-- value: "NULL" for no value, "usage-based" for Usage-Based.
CREATE TABLE text (
    id    INTEGER PRIMARY KEY,
    value TEXT,
    raw   TEXT
) STRICT;

-- An import: one act of a person, one or more files, one transaction for a reader.
-- first_line..last_line is its range of charge.id; the *_before columns are the highest
-- ids before it began, so that an import that died can be removed without a trace.
CREATE TABLE import (
    id              INTEGER PRIMARY KEY,
    state           TEXT NOT NULL CHECK (state IN ('writing', 'done', 'undone')),
    started_at      TEXT NOT NULL,
    finished_at     TEXT,
    duration_ms     INTEGER NOT NULL DEFAULT 0,
    user            TEXT NOT NULL,
    lines           INTEGER NOT NULL DEFAULT 0,
    rejects         INTEGER NOT NULL DEFAULT 0,
    first_line      INTEGER NOT NULL,
    last_line       INTEGER NOT NULL DEFAULT 0,
    marks           TEXT NOT NULL
) STRICT;

CREATE TABLE import_file (
    id         INTEGER PRIMARY KEY,
    import_id  INTEGER NOT NULL REFERENCES import (id),
    path       TEXT NOT NULL,
    format     TEXT NOT NULL,
    version    TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    bytes      INTEGER NOT NULL,
    lines      INTEGER NOT NULL,
    rejects    INTEGER NOT NULL,
    columns    TEXT NOT NULL, -- JSON: the header as written
    totals     TEXT NOT NULL  -- JSON: exact sums by currency, month and metric
) STRICT;
CREATE INDEX import_file_sha256 ON import_file (sha256);

CREATE TABLE reject (
    id      INTEGER PRIMARY KEY,
    file_id INTEGER NOT NULL REFERENCES import_file (id),
    line    INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    text    TEXT NOT NULL
) STRICT;
CREATE INDEX reject_file ON reject (file_id);

-- A slice is what one import holds of one bill: provider, billing account, billing
-- month. It is the unit that a newer export replaces. Only the lines of active
-- slices count.
CREATE TABLE slice (
    id              INTEGER PRIMARY KEY,
    import_id       INTEGER NOT NULL REFERENCES import (id),
    provider        TEXT NOT NULL,
    billing_account TEXT NOT NULL,
    month           TEXT NOT NULL, -- YYYY-MM
    state           TEXT NOT NULL CHECK (state IN ('writing', 'active', 'superseded', 'undone')),
    replaced_by     INTEGER, -- the import that superseded it
    lines           INTEGER NOT NULL DEFAULT 0,
    first_day       TEXT NOT NULL DEFAULT '',
    last_day        TEXT NOT NULL DEFAULT '',
    sketch          BLOB
) STRICT;
CREATE INDEX slice_key ON slice (provider, billing_account, month);

-- The control totals: what the files said, kept apart from the lines so that the
-- lines can be checked against them at any time.
CREATE TABLE control_total (
    slice_id INTEGER NOT NULL REFERENCES slice (id),
    currency TEXT NOT NULL,
    metric   TEXT NOT NULL,
    lines    INTEGER NOT NULL, -- lines of the slice in the currency
    known    INTEGER NOT NULL, -- of these, lines with a value
    amount   TEXT NOT NULL,    -- exact decimal
    PRIMARY KEY (slice_id, currency, metric)
) STRICT, WITHOUT ROWID;

CREATE TABLE period (
    id                  INTEGER PRIMARY KEY,
    "ChargePeriodStart" INTEGER, -- text.id
    "ChargePeriodEnd"   INTEGER, -- text.id
    start               INTEGER NOT NULL, -- Unix seconds
    day                 INTEGER NOT NULL  -- days since 1970-01-01
) STRICT;

-- Columns below are text.id; NULL where the file has no such column.
CREATE TABLE bill (
    id INTEGER PRIMARY KEY,
    slice_id INTEGER NOT NULL REFERENCES slice (id),
    "ProviderName" INTEGER,
    "PublisherName" INTEGER,
    "InvoiceIssuerName" INTEGER,
    "ServiceProviderName" INTEGER,
    "HostProviderName" INTEGER,
    "BillingAccountId" INTEGER,
    "BillingAccountName" INTEGER,
    "BillingAccountType" INTEGER,
    "BillingCurrency" INTEGER,
    "BillingPeriodStart" INTEGER,
    "BillingPeriodEnd" INTEGER,
    "InvoiceId" INTEGER
) STRICT;

CREATE TABLE sku (
    id INTEGER PRIMARY KEY,
    facet_id INTEGER NOT NULL,
    "ServiceCategory" INTEGER,
    "ServiceName" INTEGER,
    "ServiceSubcategory" INTEGER,
    "SkuId" INTEGER,
    "SkuMeter" INTEGER,
    "SkuPriceId" INTEGER,
    "SkuPriceDetails" INTEGER,
    "ChargeCategory" INTEGER,
    "ChargeClass" INTEGER,
    "ChargeDescription" INTEGER,
    "ChargeFrequency" INTEGER,
    "PricingCategory" INTEGER,
    "PricingUnit" INTEGER,
    "PricingCurrency" INTEGER,
    "ListUnitPrice" INTEGER,
    "ContractedUnitPrice" INTEGER,
    "PricingCurrencyListUnitPrice" INTEGER,
    "PricingCurrencyContractedUnitPrice" INTEGER,
    "ConsumedUnit" INTEGER,
    "CommitmentDiscountCategory" INTEGER,
    "CommitmentDiscountId" INTEGER,
    "CommitmentDiscountName" INTEGER,
    "CommitmentDiscountStatus" INTEGER,
    "CommitmentDiscountType" INTEGER,
    "CommitmentDiscountUnit" INTEGER,
    "CommitmentProgramEligibilityDetails" INTEGER
) STRICT;

CREATE TABLE resource (
    id INTEGER PRIMARY KEY,
    facet_id INTEGER NOT NULL,
    "ResourceId" INTEGER,
    "ResourceName" INTEGER,
    "ResourceType" INTEGER,
    "RegionId" INTEGER,
    "RegionName" INTEGER,
    "AvailabilityZone" INTEGER,
    "SubAccountId" INTEGER,
    "SubAccountName" INTEGER,
    "SubAccountType" INTEGER,
    "Tags" INTEGER,
    "CapacityReservationId" INTEGER,
    "CapacityReservationStatus" INTEGER,
    "AllocatedResourceId" INTEGER,
    "AllocatedResourceName" INTEGER,
    "AllocatedTags" INTEGER,
    "AllocatedMethodId" INTEGER,
    "AllocatedMethodDetails" INTEGER
) STRICT;

-- Columns that FOCUS does not have (x_… and unknown ones). Their values are in the table
-- extra, where the column of custom_column n is called cn; it is added when it is met.
CREATE TABLE custom_column (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE extra (
    id INTEGER PRIMARY KEY,
    "InvoiceDetailId" INTEGER,
    "ContractApplied" INTEGER
) STRICT;

-- Columns that have values in charge.own.
CREATE TABLE own_column (
    name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- One row for every line of every bill. An amount is an INTEGER, coefficient * 32 +
-- scale, or the TEXT of the file where it does not fit (docs/adr/0001-money.md).
CREATE TABLE charge (
    id          INTEGER PRIMARY KEY,
    period_id   INTEGER NOT NULL,
    bill_id     INTEGER NOT NULL,
    sku_id      INTEGER NOT NULL,
    resource_id INTEGER NOT NULL,
    extra_id    INTEGER,
    "BilledCost",
    "EffectiveCost",
    "ListCost",
    "ContractedCost",
    "PricingQuantity",
    "ConsumedQuantity",
    "CommitmentDiscountQuantity",
    "PricingCurrencyEffectiveCost",
    own         TEXT -- JSON object of provider columns whose values hardly repeat
);

-- The facets: the few columns that the daily rollup keeps.
CREATE TABLE sku_facet (
    id INTEGER PRIMARY KEY,
    "ServiceCategory" INTEGER,
    "ServiceName" INTEGER,
    "ServiceSubcategory" INTEGER,
    "ChargeCategory" INTEGER,
    "ChargeClass" INTEGER,
    "ChargeFrequency" INTEGER,
    "PricingCategory" INTEGER,
    "CommitmentDiscountCategory" INTEGER,
    "CommitmentDiscountStatus" INTEGER,
    "CommitmentDiscountType" INTEGER
) STRICT;
CREATE TABLE resource_facet (
    id INTEGER PRIMARY KEY,
    "SubAccountId" INTEGER,
    "SubAccountName" INTEGER,
    "RegionId" INTEGER,
    "RegionName" INTEGER,
    tagged INTEGER NOT NULL
) STRICT;

CREATE TABLE rollup (
    bill_id           INTEGER NOT NULL,
    sku_facet_id      INTEGER NOT NULL,
    resource_facet_id INTEGER NOT NULL,
    day               INTEGER NOT NULL,
    lines             INTEGER NOT NULL,
    "BilledCost", "EffectiveCost", "ListCost", "ContractedCost" -- amounts as in charge; NULL = unknown
);

-- Columns of consecutive charges, packed for reading into memory.
CREATE TABLE segment (
    first_line INTEGER NOT NULL,
    column     TEXT NOT NULL,
    lines      INTEGER NOT NULL,
    data       BLOB NOT NULL,
    PRIMARY KEY (first_line, column)
) STRICT;

CREATE TABLE audit (
    id     INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    user   TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
