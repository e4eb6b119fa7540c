// Package rules is what a virtual dimension says: an ordered list of rules, each a filter
// and the value of the charges that match it. It reads, checks and prints the JSON that
// people edit and workspaces keep (docs/dimensions.md), and takes values out of columns.
// Package engine finds out what the rules say of the charges of a ledger.
package rules
