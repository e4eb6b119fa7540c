// Package reconcile lays the ledger beside an invoice: it builds the bridge from the billed
// cost of a bill's charge lines to the total that a person read from the invoice, down to
// 0.00 or to a rest that has a name. It is pure calculation: the ledger comes in as sums of
// lines that are alike (Cell), the invoice as a Figure, and nothing is read or written.
//
// NewLedger takes the sums, Ledger.Bridge makes the bridge of one invoice, Ledger.Report
// those of all. Every charge line of a bill belongs to exactly one step of a bridge, and the
// steps and differences add up without rounding, so a bridge cannot lose a cent.
// ReadFigures reads the figures of many invoices from a CSV file, ReadAmount one amount as
// a person types it.
//
// How lines are distinguished, and what counts as rounding, is in docs/reconciliation.md.
package reconcile
