// Command pricetables makes the tables of the price book from a folder of CSV files and from rows of its own, which more has: it checks
// them as the program would, and writes them packed. build/prices runs it.
package main

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
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

// more are the figures that the project found by itself, each with its source.
//
//go:embed more
var more embed.FS

// pack writes the tables of a folder, with the rows of more, into another.
func pack(folder, to string) error {
	from, err := os.MkdirTemp("", "prices")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(from) }()
	if err := withMore(folder, from); err != nil {
		return err
	}
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

// withMore copies the tables of a folder into another and adds the rows of more.
func withMore(folder, to string) error {
	if err := os.CopyFS(to, os.DirFS(folder)); err != nil {
		return fmt.Errorf("copy the tables: %w", err)
	}
	tables, err := more.ReadDir("more")
	if err != nil {
		return fmt.Errorf("list what is added: %w", err)
	}
	for _, table := range tables {
		path := filepath.Join(to, table.Name())
		text, err := os.ReadFile(path)
		added, other := fs.ReadFile(more, "more/"+table.Name())
		if err := errors.Join(err, other); err != nil {
			return fmt.Errorf("read %s: %w", table.Name(), err)
		}
		head, _, _ := bytes.Cut(text, []byte("\n"))
		own, rows, _ := bytes.Cut(added, []byte("\n"))
		if !bytes.Equal(bytes.TrimSpace(head), bytes.TrimSpace(own)) {
			return fmt.Errorf("%s has other columns than the rows that are added to it", table.Name())
		}
		if err := os.WriteFile(path, append(append(bytes.TrimRight(text, "\r\n"), '\n'), rows...), 0o600); err != nil {
			return fmt.Errorf("add to %s: %w", table.Name(), err)
		}
	}
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
