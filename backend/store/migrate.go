package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"sort"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

type migration struct {
	name string
	sql  string
	then func(context.Context, *sql.Tx) error // what SQL cannot say; may be nil
}

// migrationThen holds the parts of migrations that are written in Go, by file.
var migrationThen = map[string]func(context.Context, *sql.Tx) error{"migrations/0007_audit_chain.sql": chainAudit}

// migrations lists the embedded migrations in order; the schema version of a
// workspace is the number of those it has run.
var migrations = func() []migration {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		panic("store: " + err.Error())
	}
	sort.Strings(names)
	var list []migration
	for _, name := range names {
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			panic("store: " + err.Error())
		}
		list = append(list, migration{name, string(text), migrationThen[name]})
	}
	return list
}()

func schemaVersion() int { return len(migrations) }

// migrate runs the migrations that the workspace has not seen, each in a transaction
// of its own, and makes the views anew. The caller holds the write lock.
func (db *DB) migrate(ctx context.Context) error {
	var version int
	if err := db.write.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return db.explain(err, "read the schema version")
	}
	for i := version; i < len(migrations); i++ {
		err := db.inTx(ctx, func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, migrations[i].sql); err != nil {
				return fmt.Errorf("run %s: %w", migrations[i].name, err)
			}
			if then := migrations[i].then; then != nil {
				if err := then(ctx, tx); err != nil {
					return fmt.Errorf("run %s: %w", migrations[i].name, err)
				}
			}
			_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", i+1))
			return err
		})
		if err != nil {
			return err
		}
	}
	if err := db.inTx(ctx, func(tx *sql.Tx) error { return createViews(ctx, tx) }); err != nil {
		return err
	}
	return db.checkpoint(ctx)
}

// checkpoint moves the write-ahead log into the file. After a migration the file's first
// page must say what it is to whoever opens it next, also after a crash.
func (db *DB) checkpoint(ctx context.Context) error {
	_, err := db.write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return db.explain(err, "write the log into the file")
}
