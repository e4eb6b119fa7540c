// Package spend makes what a person reads of a cost out of the answers of the ledger: the
// largest rows and the rest, shares, the comparison with another period over the days that both
// have, what changed most, and the series over time. It is pure: it knows neither the ledger nor
// the clock. Everything is in one currency and exact, and it ties: rows and rest are the total,
// the points of a series are the amount of its row, and all changes are the change of the total.
//
// An amount is nil where it is unknown, as none of its charges has a value; no charges cost 0.
package spend
