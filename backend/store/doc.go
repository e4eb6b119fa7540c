// Package store keeps one workspace in one SQLite file and hides the database from
// the rest of the program.
//
// A workspace holds the ledger of one client: every line of every bill as a row of
// the table charge, whose repeated columns are kept once in the tables bill, sku,
// resource and extra; daily rollups; and packed column segments for the question
// engine (docs/adr/0002-ledger-and-rollups.md). The view focus shows the lines with
// FOCUS column names to any SQLite tool.
//
// Invariants: one process imports at a time (whoever holds the lock file beside the
// workspace), and only into the file that is at its path; the person's own data is written
// meanwhile in short transactions (DB.UserWrite); reading needs no lock; an import becomes
// visible in one transaction or not at all; whatever a killed process left behind is removed
// before the next import; each change has an entry in the audit log, in the same transaction.
// docs/adr/0010-one-writer-any-reader.md, docs/adr/0012-the-persons-own-data.md.
//
// Packages ingest, engine and service use it; nothing below imports it.
package store
