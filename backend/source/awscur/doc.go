// Package awscur is the source "aws-cur": AWS Cost and Usage Reports, the legacy kind
// (CSV, gzip, ZIP, Parquet, also with the column names of Athena) and CUR 2.0 of AWS Data
// Exports (CSV with maps as JSON, Parquet with MAP columns). It recognises them by their
// columns alone and yields FOCUS 1.2 columns, followed by the columns that FOCUS does not
// have, under the names the file gives them.
//
// One record of the report is one record here, so that control totals stay comparable:
// the rules that turn a fee with a used and an unused part into one row, and all other
// mappings, are written down in docs/sources/aws.md. Invariants: no amount passes
// through a float; what the report does not say is null, never 0; a column is found by
// its name, never by its position.
//
// Manifest reads the list of files that AWS delivers beside a report, and
// SelectAssemblies picks the newest complete delivery of each billing period.
package awscur
