// Package budget knows what a budget is: amounts for periods of a calendar, with thresholds; and how one stands: what
// was to be spent until a day (the pace), whether a threshold is reached, and since which day. docs/budgets.md describes the rules.
//
// It is pure and exact: amounts are sums, shares are fractions; only the result of a division is rounded, to two digits
// more than the currency has. Package service asks the ledger and keeps budgets.
package budget
