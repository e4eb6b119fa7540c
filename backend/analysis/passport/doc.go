// Package passport judges how far the bills of a workspace can be relied on. It turns
// facts that were counted over the charge lines into measures, findings in plain words
// and a table that says which analyses the data allows.
//
// A passport is made for every data set (what one provider exports of one billing account
// in one family of formats) and for the workspace as a whole. The rules, thresholds and
// their reasons are in docs/data-quality.md; all of them are in this package and none
// depends on a provider.
//
// It is pure: it reads no clock and no database. Package service counts the facts and
// hands them to Build; it imports package finops only. Its invariants: a share lies
// between 0 and 1; the days of a span are either held or missing; amounts of different
// currencies are never added.
package passport
