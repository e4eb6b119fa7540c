// Command pricetables makes the tables of the price book from a folder of CSV files: it checks them as the program would, and writes
// them packed. build/prices runs it.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"cloud-intelligence/backend/pricebook"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: pricetables FROM TO")
		os.Exit(2)
	}
	if err := pack(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func pack(from, to string) error {
	book, err := pricebook.Open(from)
	if err != nil {
		return err
	}
	size := 0
	for name, columns := range book.Tables() {
		packed, err := packTable(filepath.Join(from, name+".csv"), columns)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, name+".csv.gz"), packed, 0o644); err != nil {
			return fmt.Errorf("write the table %s: %w", name, err)
		}
		size += len(packed)
	}
	fmt.Printf("Version %s: %d tables, %d bytes.\n", book.Version(), len(book.Tables()), size)
	return nil
}

// packTable keeps the columns that the program reads.
func packTable(path string, columns []string) ([]byte, error) {
	fail := func(err error) ([]byte, error) { return nil, fmt.Errorf("pack %s: %w", path, err) }
	text, err := os.ReadFile(path)
	if err != nil {
		return fail(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return fail(err)
	}
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return fail(err)
	}
	w := csv.NewWriter(z)
	kept := make([]string, len(columns))
	for _, row := range rows {
		for i, column := range columns {
			kept[i] = row[slices.Index(rows[0], column)]
		}
		if err := w.Write(kept); err != nil {
			return fail(err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return fail(err)
	}
	if err := z.Close(); err != nil {
		return fail(err)
	}
	return out.Bytes(), nil
}
