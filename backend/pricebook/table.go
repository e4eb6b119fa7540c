package pricebook

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
)

// row is a record of a table that is being read. The first value that cannot be read is
// kept as the error of the table; later ones are empty.
type row struct {
	name    string   // of the file
	columns []string // the head
	places  map[string]int
	record  []string
	line    int
	first   bool // of the table
	err     error
	used    []int             // the places of the columns that were asked for, in this order
	same    map[string]string // one copy of each text, since they repeat
}

func (r *row) fail(column, why string) {
	if r.err == nil {
		r.err = finops.Errorf(finops.CodeInvalid, "%s, line %d, column %s: %s; correct the file and try again", r.name, r.line, column, why)
	}
}

// value is what the table says in a column, "" where it has no such column. It holds until the next record.
func (r *row) value(column string) string {
	at, ok := r.places[column]
	if !ok {
		return ""
	}
	if r.first {
		r.used = append(r.used, at)
	}
	return strings.TrimSpace(r.record[at])
}

// text is value, to be kept.
func (r *row) text(column string) string {
	v := r.value(column)
	kept, ok := r.same[v]
	if !ok {
		kept = strings.Clone(v)
		r.same[kept] = kept
	}
	return kept
}

func (r *row) list(column string) []string {
	v := r.text(column)
	if v == "" {
		return nil
	}
	list := strings.Split(v, ";")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

// number reads a figure that is not below zero.
func (r *row) number(column string) Number {
	v := r.value(column)
	if v == "" {
		return Number{}
	}
	a, err := finops.ParseAmount([]byte(v))
	if err != nil {
		r.fail(column, strconv.Quote(v)+" is not a number")
		return Number{}
	}
	n, ok := NewNumber(a.Trim())
	if !ok || a.Sign() < 0 {
		r.fail(column, strconv.Quote(v)+" cannot be a price")
	}
	return n
}

func (r *row) whole(column string) int {
	v := r.value(column)
	if v == "" {
		return 0
	}
	n, err := strconv.Atoi(v)
	if err != nil {
		r.fail(column, strconv.Quote(v)+" is not a whole number")
	}
	return n
}

func (r *row) origin() Origin {
	return Origin{Basis: Basis(r.text("price_basis")), Source: r.text("source_id"), AsOf: r.text("as_of")}
}

// open opens a table: NAME.csv, or NAME.csv.gz as the program carries it.
func open(files fs.FS, name string) (io.Reader, func(), error) {
	f, err := files.Open(name + ".csv")
	if err == nil {
		return f, func() { _ = f.Close() }, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, finops.WrapError(finops.CodeUnavailable, err, "The price table %s.csv cannot be read", name)
	}
	if f, err = files.Open(name + ".csv.gz"); err != nil {
		return nil, nil, finops.WrapError(finops.CodeNotFound, err, "The price table %s.csv is missing", name)
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		_ = f.Close()
		return nil, nil, finops.WrapError(finops.CodeInvalid, err, "The price table %s.csv.gz is damaged", name)
	}
	return z, func() { _ = f.Close() }, nil
}

// reading is what reading the tables of a book gathers.
type reading struct {
	files   fs.FS
	sum     hash.Hash           // of all values that were read
	columns map[string][]string // by table: the columns that were read
	err     error
}

// readTable reads a table that has at least the columns needed, and makes a T of each record.
func readTable[T any](in *reading, name string, needed []string, newT func(*row) T) (list []T) {
	if in.err != nil {
		return nil
	}
	file, closeFile, err := open(in.files, name)
	if err != nil {
		in.err = err
		return nil
	}
	defer closeFile()
	r := &row{name: name + ".csv", same: map[string]string{}}
	var values []byte
	in.err = r.each(file, needed, func() error {
		r.first = list == nil
		list = append(list, newT(r))
		values = values[:0]
		for _, at := range r.used {
			values = append(append(values, strings.TrimSpace(r.record[at])...), 0)
		}
		in.sum.Write(values)
		return r.err
	})
	for _, at := range r.used {
		in.columns[name] = append(in.columns[name], r.columns[at])
	}
	return list
}

// each reads the head of a table, and calls f with each record.
func (r *row) each(file io.Reader, needed []string, f func() error) (err error) {
	c := csv.NewReader(file)
	c.ReuseRecord = true
	for {
		if r.record, err = c.Read(); errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return finops.WrapError(finops.CodeInvalid, err, "The price table %s cannot be read", r.name)
		}
		r.line, _ = c.FieldPos(0)
		if r.places != nil {
			if err = f(); err != nil {
				return err
			}
			continue
		}
		r.places, r.columns = map[string]int{}, slices.Clone(r.record)
		for i, column := range r.record {
			r.places[strings.TrimPrefix(column, "\ufeff")] = i
		}
		if at := slices.IndexFunc(needed, func(column string) bool { _, ok := r.places[column]; return !ok }); at >= 0 {
			return finops.Errorf(finops.CodeInvalid, "The price table %s has no column %s", r.name, needed[at])
		}
	}
}

// index finds the rows of a key; rows of one key are in the order of the table.
func index[K comparable, T any](rows []T, key func(*T) K) map[K][]*T {
	m := map[K][]*T{}
	for i := range rows {
		k := key(&rows[i])
		m[k] = append(m[k], &rows[i])
	}
	return m
}

// unique is index for keys that occur once; name and text say which did not.
func unique[K comparable, T any](name string, rows []T, key func(*T) K) (map[K]*T, error) {
	m := make(map[K]*T, len(rows))
	for i := range rows {
		k := key(&rows[i])
		if m[k] != nil {
			return nil, finops.Errorf(finops.CodeInvalid, "The price table %s.csv has two rows for %s; remove one of them", name, strings.Trim(fmt.Sprint(k), "{}"))
		}
		m[k] = &rows[i]
	}
	return m, nil
}
