// Package parquetfile reads any Parquet file and yields its records as text in
// source.Batch, one field per top-level column. It hides physical and logical types,
// encodings, compression and nesting: decimals and integers are printed exactly,
// floating-point numbers in their shortest exact form, dates and times in ISO 8601,
// nested values as compact JSON; a null stays a null.
//
// It knows nothing about billing. The file is not trusted: sizes that its metadata
// claim are checked before memory is taken, and a panic of the decoder becomes an
// error of class corrupt.
package parquetfile
