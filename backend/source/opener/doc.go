// Package opener opens files as tables. It hides how a file is packed and in which encoding it
// is: CSV, JSON or Parquet, plain, in a .gz or in a .zip. Look opens a file once and shows its
// beginning to everyone who asks; Open opens it again to read it whole. Nothing else opens the
// files of a person.
package opener
