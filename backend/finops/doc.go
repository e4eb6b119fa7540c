// Package finops is the vocabulary of Cloud Intelligence: exact amounts, billing
// days, the columns of the FOCUS specification, questions asked of a ledger and
// their answers, and the error codes that every layer uses.
//
// It is the ground layer: it imports nothing of the project and knows no
// database, file format or screen. Its invariants:
//
//   - an Amount or a Sum is exact; no floating-point number ever holds money;
//   - a Day is a civil date in UTC, the billing day of every supported provider;
//   - column names are those of the FOCUS specification (https://focus.finops.org),
//     and older spellings are translated once, by CanonicalColumn.
package finops
