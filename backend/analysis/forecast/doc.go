// Package forecast says what a cost will come to: it takes the daily costs of a scope up to a day
// and answers days and months after it, with bands, and what the same method was off in the past.
//
// Fees and other charges with a date of their own are repeated by rules (Split, the deterministic
// part). The rest is forecast by several simple models, which count by what they were off in a
// rolling back-test (the statistical part). docs/forecast.md describes both with their sources.
//
// Amounts come in exactly and leave exactly: parts and days add up to the month. In between the
// models use float64, as statistics do.
//
// The package is pure: one input always gives one result. Package service asks it.
package forecast
