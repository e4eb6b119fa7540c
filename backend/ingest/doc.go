// Package ingest turns recognised billing files into charges of the ledger.
//
// It reads records of raw text from a source, settles what they mean (amounts, days,
// no-value words, odd spellings), gives every repeated combination of values its id,
// and hands blocks of numbers to package store. On the way it keeps the control totals,
// the daily rollup, the packed segments and a sketch of every slice, by which newer states
// of a bill are distinguished from other parts of it (docs/adr/0009-what-counts.md): Decide says what
// counts of all that is held, whatever the order of the imports.
//
// An import is all or nothing: Run either makes all files count, after the stored lines
// were read back and compared with the control totals, or leaves the workspace as it was.
package ingest
