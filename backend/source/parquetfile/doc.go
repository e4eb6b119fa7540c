// Package parquetfile reads any Parquet file, also one inside a .zip, and yields its
// records as text in source.Batch, one field per top-level column. It hides physical and
// logical types, encodings, compression and nesting: integers and decimals are printed
// exactly (decimals without the zeros that only their type adds), floating-point numbers
// in their shortest exact form, dates and times in ISO 8601, nested values as compact
// JSON; a null stays a null. Split yields members of a structure as fields of their own.
//
// The library opens files, and decompresses and decodes what is rare; pages are taken
// apart here (chunk.go). Of each column a reader holds the bytes of one page and of the
// dictionary; levels and codes stay packed until their rows are asked for, so that a
// report of 200 columns needs little memory. A text of a dictionary, and a nested value
// like one before, is printed once.
//
// Writer is the way back: it writes a Parquet file of flat columns, whose row groups
// Encoders pack, one on each core (encode.go; docs/adr/0023-parquet-writing.md). Fit finds
// the types that hold the values of a column exactly.
//
// It knows nothing about billing. The file is not trusted: sizes that its metadata
// claim are checked before memory is taken, and a panic of the decoder becomes an
// error of class corrupt.
package parquetfile
