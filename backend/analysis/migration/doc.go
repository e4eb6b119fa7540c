// Package migration says what workloads would cost on AWS, Azure and Google Cloud, which of them suits it best, what the
// move costs and how it would go.
//
// Decode reads a profile (the fields of the wizard) and answers either a Profile or every field that is wrong, by one table of
// rules (Rules). Assess prices it with a price book: regions, a target for each line with the reason and the runner-up, every
// component of the monthly cost on four terms, one-off cost, plan, cash flow, score and sensitivity. docs/migration.md describes
// each step.
//
// All money is USD list price. Calculations are exact fractions; each line and component is rounded once, half to even at six
// decimals, and totals are sums of what was rounded. Growth and discount factors, which are roots, have 40 decimals. What has no
// price is unknown: its line is listed and takes no part in any total. The package is pure: one profile, one book and one day
// always give one result, byte for byte.
package migration
