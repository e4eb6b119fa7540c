// Package report turns tables into files: comma-separated text and Excel workbooks. It
// hides both formats. A Table says what its columns hold and yields its rows as exact text;
// WriteCSV and WriteXLSX decide how that is spelled.
//
// Rows are streamed: neither writer holds more than a few hundred of them. Text that a
// spreadsheet would run as a formula is made harmless, since a bill is written by others.
// CSV has every digit; Excel holds 15 of a number, so a workbook lists the amounts that
// have more (docs/adr/0014-tables-as-files.md).
//
// The package knows no database. The use cases make the tables, the faces write them.
package report
