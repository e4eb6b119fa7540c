package store_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
	"cloud-intelligence/backend/store/storetest"
)

// changed lists, by schema version, the tables whose content its migration changes on
// purpose; whoever adds a migration adds them here, with a test of the new content.
var changed = map[int][]string{2: {"slice", "import_file"}, 5: {"import_file"}, 6: {"slice", "import_file"}, 7: {"audit", "setting", "invoice", "mapping"}, 18: {"alert"}, 19: {"setting", "rule_pack", "rule_setting"}, 21: {"sync_run"}}

// TestMigrate_FilledWorkspaces upgrades a workspace of every schema version there was.
func TestMigrate_FilledWorkspaces(t *testing.T) {
	fresh := create(t)
	closed(t, fresh)
	for version := 1; version <= store.SchemaVersion(); version++ {
		t.Run(fmt.Sprint("Version", version), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "client.cloudintel")
			old, err := store.CreateOld(t.Context(), path, "Client", version)
			require.NoError(t, err)
			closed(t, old)
			schema(t, path, store.SchemaVersion() == version, fresh.Path())
			insertEverywhere(t, path)
			before := storetest.Dump(t, path)
			for table, content := range before {
				require.NotContains(t, content, "0 rows of", "%s: a table without rows proves nothing", table)
			}

			db, err := store.Open(t.Context(), path)
			require.NoError(t, err)
			closed(t, db)
			after := storetest.Dump(t, path)
			for table, content := range before {
				if table != "sqlite_schema" && !mayChange(version, table) {
					assert.Equal(t, content, after[table], "table %s", table)
				}
			}
			schema(t, path, true, fresh.Path())
		})
	}
}

func mayChange(from int, table string) bool {
	for version, tables := range changed {
		for _, name := range tables {
			if version > from && name == table {
				return true
			}
		}
	}
	return false
}

// schema compares the definitions of a workspace with those of a fresh one.
func schema(t *testing.T, path string, equal bool, fresh string) {
	t.Helper()
	have, want := storetest.Open(t, path), storetest.Open(t, fresh)
	defer func() {
		require.NoError(t, have.Close())
		require.NoError(t, want.Close())
	}()
	if equal {
		// The view shows the columns that providers added, which the filled workspace has.
		tables := func(db *sql.DB) string {
			return strings.Join(slices.DeleteFunc(storetest.Schema(t, db), func(s string) bool { return strings.HasPrefix(s, "view focus:") }), "\n")
		}
		assert.Equal(t, tables(want), tables(have))
		return
	}
	assert.NotEqual(t, storetest.Schema(t, want), storetest.Schema(t, have))
}

// insertEverywhere puts two rows with hostile texts and high ids into every table, in
// whatever columns it has.
func insertEverywhere(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	for _, table := range storetest.Strings(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table'") {
		names := storetest.Strings(t, db, "SELECT name FROM pragma_table_info('"+table+"')")
		types := storetest.Strings(t, db, "SELECT type FROM pragma_table_info('"+table+"')")
		for row := range 2 {
			var columns, marks []string
			var values []any
			for i, name := range names {
				columns, marks = append(columns, `"`+name+`"`), append(marks, "?")
				values = append(values, value(table, name, types[i], row))
			}
			_, err := db.ExecContext(t.Context(), "INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", values...)
			require.NoError(t, err, table)
		}
	}
}

func value(table, column, kind string, row int) any {
	switch {
	case column == "state" && table == "import":
		return []string{"done", "undone"}[row]
	case column == "state" && table == "slice":
		return []string{"active", "superseded"}[row]
	case column == "id":
		return 4_000_000 + row
	case kind == "BLOB":
		return []byte{0, 0xff, byte(row)}
	case kind == "TEXT":
		return fmt.Sprintf("%s \x00 ' %d é", column, row)
	}
	return 1<<60 + len(column)*10 + row
}

func TestMigrate_Steps(t *testing.T) {
	require.Positive(t, store.SchemaVersion())
	files, err := filepath.Glob("migrations/*.sql")
	require.NoError(t, err)
	require.Len(t, files, store.SchemaVersion())
	for i, f := range files {
		assert.True(t, strings.HasPrefix(filepath.Base(f), fmt.Sprintf("%04d_", i+1)), "%s is not number %d", f, i+1)
	}
}

// TestSchema_HasEveryFocusColumn finds a column that FOCUS has and the ledger does not.
func TestSchema_HasEveryFocusColumn(t *testing.T) {
	db := create(t)
	closed(t, db)
	plain := storetest.Open(t, db.Path())
	defer func() { require.NoError(t, plain.Close()) }()
	shown := storetest.Strings(t, plain, "SELECT name FROM pragma_table_info('focus')")[1:]
	var want []string
	for _, c := range finops.Columns() {
		want = append(want, c.Name)
		table := "charge"
		if g, ok := store.GroupOf(c.Name); ok {
			table = g.String()
		}
		assert.Contains(t, storetest.Strings(t, plain, "SELECT name FROM pragma_table_info('"+table+"')"), c.Name)
	}
	assert.Equal(t, want, shown)
}

// TestView_ReadsByIndex lets no table but the charges be read from end to end.
func TestView_ReadsByIndex(t *testing.T) {
	db := create(t)
	closed(t, db)
	plain := storetest.Open(t, db.Path())
	defer func() { require.NoError(t, plain.Close()) }()
	rows, err := plain.QueryContext(t.Context(), `EXPLAIN QUERY PLAN SELECT * FROM focus`)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	scans := 0
	for rows.Next() {
		var id, parent, unused int
		var detail string
		require.NoError(t, rows.Scan(&id, &parent, &unused, &detail))
		if strings.HasPrefix(detail, "SCAN") && !strings.Contains(detail, "CONSTANT") && !strings.Contains(detail, "subquery") {
			scans++
			assert.Equal(t, "SCAN c", detail)
		}
	}
	require.NoError(t, rows.Err())
	assert.Equal(t, 1, scans)
}

// TestSchema_WhatAPersonChangesHasAVersion finds a table that says who changed its rows, and has no version that a change could name.
func TestSchema_WhatAPersonChangesHasAVersion(t *testing.T) {
	db := create(t)
	closed(t, db)
	plain := storetest.Open(t, db.Path())
	defer func() { require.NoError(t, plain.Close()) }()
	tables := storetest.Strings(t, plain, "SELECT s.name FROM sqlite_schema s, pragma_table_info(s.name) c WHERE s.type = 'table' AND c.name = 'changed_by'")
	require.Greater(t, len(tables), 10)
	for _, table := range tables {
		assert.Contains(t, storetest.Strings(t, plain, "SELECT name FROM pragma_table_info('"+table+"')"), "version", table)
	}
}
