package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"cloud-intelligence/backend/finops"
)

var documentTable = namedTable{table: "document", what: "document", json: true}

// DocumentFile is the file of a document.
type DocumentFile struct {
	Hash string // SHA-256 of the file that was added, in hexadecimal
	Data []byte
}

// Documents returns the documents of the client, ordered by name. Content is JSON.
func (db *DB) Documents(ctx context.Context) ([]Named, error) { return db.named(ctx, documentTable) }

// AddDocument keeps a document and its file. It answers CodeConflict when there is one of the name, or one with the same file.
func (db *DB) AddDocument(ctx context.Context, n Named, f DocumentFile) error {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(f.Data); err != nil {
		return finops.WrapError(finops.CodeInternal, err, "The document %q cannot be packed.", n.Name)
	}
	if err := z.Close(); err != nil {
		return finops.WrapError(finops.CodeInternal, err, "The document %q cannot be packed.", n.Name)
	}
	n.Version = 1
	return db.UserWrite(ctx, n.ChangedBy, n.ChangedAt, func(tx *UserTx) error {
		have, found, err := documentTable.find(ctx, tx.tx, n.Name)
		if err != nil {
			return err
		}
		if found {
			return finops.WrapError(finops.CodeConflict, &finops.ConflictError{Have: have, Want: n}, "There is a document named %q already.", have.Name)
		}
		var other string
		err = tx.tx.QueryRowContext(ctx, "SELECT d.name FROM document_file f JOIN document d ON d.key = f.document WHERE f.hash = ?", f.Hash).Scan(&other)
		if err == nil {
			return finops.Errorf(finops.CodeConflict, "The document %q is the same file.", other)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		_, err = tx.tx.ExecContext(ctx, "INSERT INTO document (key, "+namedColumns+") VALUES (?, ?, ?, ?, ?, ?)",
			namedKey(n.Name), n.Name, n.Content, n.Version, n.ChangedAt.UTC().Format(time.RFC3339Nano), n.ChangedBy)
		if err != nil {
			return err
		}
		if _, err = tx.tx.ExecContext(ctx, "INSERT INTO document_file (document, hash, data) VALUES (?, ?, ?)", namedKey(n.Name), f.Hash, packed.Bytes()); err != nil {
			return err
		}
		return tx.Audit(ctx, "add document", n.Name, nil, json.RawMessage(n.Content))
	})
}

// SaveDocument changes what a person said of a document and returns its new version; see SaveDimension. Its file stays.
func (db *DB) SaveDocument(ctx context.Context, n Named, seen int64) (int64, error) {
	return db.saveNamed(ctx, documentTable, n, seen)
}

// DeleteDocument is DeleteDimension for a document; its file goes with it.
func (db *DB) DeleteDocument(ctx context.Context, name string, seen int64, user string, now time.Time) error {
	return db.deleteNamed(ctx, documentTable, name, seen, user, now)
}

// DocumentFile returns the file of a document. It answers CodeNotFound when there is none of the name, CodeCorrupt when its file cannot
// be unpacked.
func (db *DB) DocumentFile(ctx context.Context, name string) (f DocumentFile, err error) {
	var packed []byte
	err = db.read.QueryRowContext(ctx, "SELECT hash, data FROM document_file WHERE document = ?", namedKey(name)).Scan(&f.Hash, &packed)
	if errors.Is(err, sql.ErrNoRows) {
		return f, documentTable.missing(name)
	}
	if err != nil {
		return f, db.explain(err, "read a document")
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err == nil {
		f.Data, err = io.ReadAll(z)
	}
	if err != nil {
		return f, finops.WrapError(finops.CodeCorrupt, fmt.Errorf("unpack: %w", err), "The document %q is damaged. Remove it and add its file again.", name)
	}
	return f, nil
}
