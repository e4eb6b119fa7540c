// Package gcpexport is the source "gcp-export": Google Cloud's standard and detailed
// billing exports from BigQuery, as CSV, JSON (one object per line, or an array) or
// Parquet. It recognises them by their columns and maps every record to one FOCUS 1.2
// charge; what FOCUS has no column for follows as columns of its own.
//
// docs/sources/gcp.md has the mapping column by column, with its sources and with what
// the export cannot say.
package gcpexport
