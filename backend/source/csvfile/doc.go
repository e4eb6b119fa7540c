// Package csvfile reads delimited text files as fast as one processor core can and
// yields their records as source.Batch. It hides encodings (UTF-8, UTF-16, fields in
// Windows-1252), titles above the table, the delimiter, line ends, quoting, .gz and
// .zip, and the limits that keep a hostile file from filling memory or disk.
//
// It knows nothing about billing: the sources for FOCUS and for the native exports
// of the clouds are built on it. Open gives a Reader, Sniff only looks at the
// beginning, OpenAny takes also tables whose numbers have decimal commas, OpenStream
// gives the decompressed bytes to formats that are no CSV.
//
// Invariants: a record is yielded either as a row or as a Reject, never neither; a
// row has exactly as many fields as the header; text is valid UTF-8; line numbers
// are the physical lines on which records start; how a record is read does not depend
// on where the blocks of the file end.
package csvfile
