// Package storetest reads workspace files with plain SQL, past package store, so that
// tests can compare what a workspace holds before and after, and what other tools see
// in it. Any test may import it, nothing else may.
package storetest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"hash"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the driver
)

// Open opens a workspace file for reading with plain SQL; the caller closes it.
func Open(t testing.TB, path string) *sql.DB {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatalf("resolve %s: %v", path, err)
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: "_pragma=query_only(1)&_pragma=busy_timeout(5000)"}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		t.Fatalf("open %s: %v", path, err)
	}
	db.SetMaxOpenConns(1)
	return db
}

// Dump returns the content of a workspace by table: the number of rows and a hash of all
// values in order. The definitions of tables, indexes and views are under
// "sqlite_schema". Two dumps are equal exactly when the workspaces hold the same.
func Dump(t testing.TB, path string) map[string]string {
	t.Helper()
	db := Open(t, path)
	defer closeDB(t, db)
	dump := map[string]string{}
	for _, table := range Strings(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name") {
		dump[table] = content(t, db, `SELECT * FROM "`+table+`"`)
	}
	dump["sqlite_schema"] = strings.Join(Schema(t, db), "\n")
	return dump
}

// Schema returns the definitions of tables, indexes and views, ordered by name, with
// blanks and comments as written.
func Schema(t testing.TB, db *sql.DB) []string {
	t.Helper()
	return Strings(t, db, "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
}

// Strings returns the first column of a query.
func Strings(t testing.TB, db *sql.DB, query string) []string {
	t.Helper()
	var list []string
	_, err := each(db, query, func(row []any) {
		text, ok := row[0].(string)
		if !ok {
			t.Fatalf("%s: %T is no text", query, row[0])
		}
		list = append(list, text)
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return list
}

// View returns the rows of the view focus in the order of the lines, and its columns.
func View(t testing.TB, path string) (columns []string, rows [][]*string) {
	t.Helper()
	db := Open(t, path)
	defer closeDB(t, db)
	columns, err := each(db, "SELECT * FROM focus ORDER BY x_LineId", func(row []any) {
		texts := make([]*string, len(row))
		for i, v := range row {
			if v != nil {
				text := fmt.Sprint(v)
				texts[i] = &text
			}
		}
		rows = append(rows, texts)
	})
	if err != nil {
		t.Fatalf("read the view focus: %v", err)
	}
	return columns, rows
}

// Tamper changes a workspace file with plain SQL, behind the back of the program.
func Tamper(t testing.TB, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatalf("open %s: %v", path, err)
	}
	defer closeDB(t, db)
	r, err := db.ExecContext(context.Background(), statement)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		t.Fatalf("%s: changed nothing (%v)", statement, err)
	}
}

func content(t testing.TB, db *sql.DB, query string) string {
	t.Helper()
	sum, n := sha256.New(), 0
	columns, err := each(db, query, func(row []any) {
		n++
		for _, v := range row {
			write(sum, v)
		}
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return fmt.Sprintf("%d rows of %s: %x", n, strings.Join(columns, ","), sum.Sum(nil)[:8])
}

func write(sum hash.Hash, v any) {
	text := fmt.Sprintf("%T %v", v, v)
	_, _ = fmt.Fprintf(sum, "%d:%s", len(text), text) // a hash never fails
}

func each(db *sql.DB, query string, fn func(row []any)) (columns []string, err error) {
	rows, err := db.QueryContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if columns, err = rows.Columns(); err != nil {
		return nil, err
	}
	row, places := make([]any, len(columns)), make([]any, len(columns))
	for i := range row {
		places[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return nil, err
		}
		fn(row)
	}
	return columns, rows.Err()
}

func closeDB(t testing.TB, db *sql.DB) {
	t.Helper()
	if err := db.Close(); err != nil {
		t.Fatalf("close the workspace: %v", err)
	}
}
