// Package anomaly finds days on which usage cost something else than it should have: it takes the
// daily costs of leaves (Provider × SubAccountId × ServiceName × RegionId) and answers spikes, shifts, drops
// and drifts, each named by the smallest subtree that explains it. docs/anomalies.md describes the rules.
//
// Every day is judged from earlier days only, see judge.go; what later days add is how long an anomaly
// lasted and of which kind it is. Costs are float64, as statistics are: what an anomaly came to exactly is
// asked of the ledger by whoever shows it.
//
// The package is pure: one input always gives one result. Package service asks it.
package anomaly
