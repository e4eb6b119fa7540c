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
	packed, err := f.pack(n.Name)
	if err != nil {
		return err
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
		return tx.putDocument(ctx, n, f.Hash, packed, "add document", nil)
	})
}

// ReplaceDocument keeps a document and its file in place of the one of the name, where there is one. It answers CodeConflict when another one
// has the same file.
func (db *DB) ReplaceDocument(ctx context.Context, n Named, f DocumentFile) error {
	packed, err := f.pack(n.Name)
	if err != nil {
		return err
	}
	return db.UserWrite(ctx, n.ChangedBy, n.ChangedAt, func(tx *UserTx) error {
		have, found, err := documentTable.find(ctx, tx.tx, n.Name)
		if err != nil {
			return err
		}
		var before any
		if found {
			before = json.RawMessage(have.Content)
			if _, err := tx.tx.ExecContext(ctx, "DELETE FROM document WHERE key = ?", namedKey(n.Name)); err != nil { // its file goes with it
				return err
			}
		}
		n.Version = have.Version + 1
		return tx.putDocument(ctx, n, f.Hash, packed, "fetch document", before)
	})
}

func (f DocumentFile) pack(name string) ([]byte, error) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(f.Data); err != nil {
		return nil, finops.WrapError(finops.CodeInternal, err, "The document %q cannot be packed.", name)
	}
	if err := z.Close(); err != nil {
		return nil, finops.WrapError(finops.CodeInternal, err, "The document %q cannot be packed.", name)
	}
	return packed.Bytes(), nil
}

// putDocument adds the rows of a document of which there is none, and the entry of the audit log. It answers CodeConflict when another one has the
// same file.
func (tx *UserTx) putDocument(ctx context.Context, n Named, hash string, packed []byte, action string, before any) error {
	var other string
	err := tx.tx.QueryRowContext(ctx, "SELECT d.name FROM document_file f JOIN document d ON d.key = f.document WHERE f.hash = ?", hash).Scan(&other)
	if err == nil {
		return finops.Errorf(finops.CodeConflict, "The document %q is the same file.", other)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("look for the same document: %w", err)
	}
	_, err = tx.tx.ExecContext(ctx, "INSERT INTO document (key, "+namedColumns+") VALUES (?, ?, ?, ?, ?, ?)",
		namedKey(n.Name), n.Name, n.Content, n.Version, n.ChangedAt.UTC().Format(time.RFC3339Nano), n.ChangedBy)
	if err != nil {
		return fmt.Errorf("add a document: %w", err)
	}
	if _, err = tx.tx.ExecContext(ctx, "INSERT INTO document_file (document, hash, data) VALUES (?, ?, ?)", namedKey(n.Name), hash, packed); err != nil {
		return fmt.Errorf("add the file of a document: %w", err)
	}
	return tx.Audit(ctx, action, n.Name, before, json.RawMessage(n.Content))
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
