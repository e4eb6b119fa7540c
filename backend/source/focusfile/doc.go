// Package focusfile is the source "focus": files in the FOCUS Cost and Usage format,
// versions 0.5 to 1.4, as CSV or Parquet. It recognises them by their columns alone,
// never by name or extension, and gives every column its FOCUS name.
//
// Describe says in a few words what a file seems to be that is not recognised.
package focusfile
