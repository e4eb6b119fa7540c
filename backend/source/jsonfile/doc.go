// Package jsonfile reads records from JSON text: one object per line (NDJSON), an
// array of objects, or objects one after the other over several lines. It hides
// compression, record borders, nesting and the limits that keep a hostile file from
// filling memory.
//
// A caller names the members it wants as dotted paths ("service.id"); every path is
// a column of the batches, and members that no path names can be kept together in a
// last column. Open gives a Reader, Sniff only looks at the beginning, Paths reads a
// single JSON text that came from elsewhere.
//
// Invariants: an object is yielded either as a row or as a Reject, never neither;
// text is valid UTF-8; a null and a missing member are the same.
package jsonfile
