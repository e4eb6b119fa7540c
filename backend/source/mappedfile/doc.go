// Package mappedfile is the source "mapping": tables that no other source recognises, read
// by a Mapping that a person made once and saved. A Mapping says for each FOCUS column which
// column of the table it is, or which text it always is, and how the table spells dates and
// numbers; it is kept as JSON, in the workspace or in a file of its own.
//
// Look reads the header and a sample of any CSV, JSON or Parquet table. Suggest matches the
// columns to FOCUS by name and by what their values look like, with a reason for each match;
// what can be read in two ways is asked, never guessed. Source recognises the tables that a
// saved Mapping fits and yields FOCUS columns followed by those of the table that no FOCUS
// column took.
//
// Invariants: a value that is no date or no number of the chosen spelling makes a Reject with
// a sentence, never another value; amounts are exact decimal text; a recognition is less
// confident than that of any source that knows its format.
//
// The rules are written down in docs/sources/mapping.md.
package mappedfile
