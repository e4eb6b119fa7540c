// Package bigqueryexport is the connector of the billing export that Google Cloud writes into BigQuery: standard, detailed
// and FOCUS. It hides where exports lie in a dataset, what is asked of BigQuery and in which forms it answers.
//
// The bills of an invoice month of a table are one file, which is made from the rows of a query. How many rows a month has, the
// newest export time and what they cost say whether it has changed, so that usage that is reported late is noticed. Queries are tried
// without being charged (dry run) first, read only the partitions that a month lies in, and are refused beyond a limit.
//
// The rows of a result come page by page over REST, or, where there are more than a page of them and it is allowed, by a session of the Storage
// Read API over gRPC. Both ways make values (rows.go), which are written in one way. What was written is kept in parts until the month is whole
// (month.go), so that a run that was ended goes on there; parts of the two ways, or of two sessions, are never mixed. docs/sync.md has the rest.
package bigqueryexport
