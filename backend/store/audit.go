package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// AuditEntry says who did what and when. Each entry has a hash that covers it and the hash of
// the entry before, so that one that was changed, removed or moved is found.
type AuditEntry struct {
	ID            int64
	At            string // RFC 3339, UTC
	User          string
	Action        string
	Subject       string
	Before, After *string // JSON, nil = nothing, or not kept
	Hash          string  // hexadecimal
}

// auditHead is the setting that holds the number and the hash of the last entry: without it
// nobody would miss entries at the end.
const auditHead = "audit_head"

// chained returns the hash of an entry that follows one with the hash before, "" for the first:
// SHA-256 over the fields in their order, each as its length in bytes, a colon and the bytes;
// "-" for no value.
func (e *AuditEntry) chained(before string) string {
	h := sha256.New()
	for _, field := range []*string{&before, new(strconv.FormatInt(e.ID, 10)), &e.At, &e.User, &e.Action, &e.Subject, e.Before, e.After} {
		if field == nil {
			_, _ = h.Write([]byte("-")) // a hash never fails
			continue
		}
		_, _ = fmt.Fprintf(h, "%d:%s", len(*field), *field)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// addAudit adds an entry after the last one. The transaction is a writing one from its first
// statement, so that no two entries follow the same one.
func addAudit(ctx context.Context, tx *sql.Tx, at time.Time, user, action, subject string, before, after any) error {
	e := AuditEntry{At: at.UTC().Format(time.RFC3339Nano), User: user, Action: action, Subject: subject}
	var err error
	if e.Before, err = auditValue(before); err != nil {
		return err
	}
	if e.After, err = auditValue(after); err != nil {
		return err
	}
	var last string
	err = tx.QueryRowContext(ctx, "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").Scan(&e.ID, &last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	e.ID++
	e.Hash = e.chained(last)
	_, err = tx.ExecContext(ctx, "INSERT INTO audit (id, at, user, action, subject, before, after, hash) VALUES (?,?,?,?,?,?,?,?)",
		e.ID, e.At, e.User, e.Action, e.Subject, e.Before, e.After, e.Hash)
	if err != nil {
		return err
	}
	return keepAuditHead(ctx, tx, e)
}

func auditValue(v any) (*string, error) {
	if v == nil {
		return nil, nil
	}
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("write a value for the audit log: %w", err)
	}
	return new(string(text)), nil
}

// lastChange is SQL for a column of the newest entry of the audit log that is of one of the actions and of the subject that a row has in the
// column named; the empty text where there is none.
func lastChange(column, subject string, actions ...string) string {
	return fmt.Sprintf("coalesce((SELECT %s FROM audit WHERE subject = %s AND action IN ('%s') ORDER BY id DESC LIMIT 1), '')", column, subject, strings.Join(actions, "', '"))
}

func (e *AuditEntry) head() string { return fmt.Sprintf("%d %s", e.ID, e.Hash) }

func keepAuditHead(ctx context.Context, tx *sql.Tx, last AuditEntry) error {
	return setSetting(ctx, tx, auditHead, last.head())
}

// chainAudit hashes the entries of versions that did not.
func chainAudit(ctx context.Context, tx *sql.Tx) error {
	entries, err := readAudit(ctx, tx, "ORDER BY id")
	if err != nil || len(entries) == 0 {
		return err
	}
	last := ""
	for i := range entries {
		e := &entries[i]
		e.Hash = e.chained(last)
		last = e.Hash
		if _, err := tx.ExecContext(ctx, "UPDATE audit SET hash = ? WHERE id = ?", e.Hash, e.ID); err != nil {
			return err
		}
	}
	return keepAuditHead(ctx, tx, entries[len(entries)-1])
}

func readAudit(ctx context.Context, q queryer, order string, args ...any) ([]AuditEntry, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, at, user, action, subject, before, after, hash FROM audit "+order, args...)
	if err != nil {
		return nil, err
	}
	return scanAll(rows, func(e *AuditEntry) []any {
		return []any{&e.ID, &e.At, &e.User, &e.Action, &e.Subject, &e.Before, &e.After, &e.Hash}
	})
}

// Audit returns the newest entries of the audit log, newest first; limit 0 = all.
func (db *DB) Audit(ctx context.Context, limit int) ([]AuditEntry, error) {
	if limit <= 0 {
		limit = -1
	}
	entries, err := readAudit(ctx, db.read, "ORDER BY id DESC LIMIT ?", limit)
	return entries, db.explain(err, "read the audit log")
}

// CheckAudit reads the audit log and returns its last entry, nil when it is empty. It answers
// CodeCorrupt, naming the entry, when one was changed, removed or moved.
func (db *DB) CheckAudit(ctx context.Context) (*AuditEntry, error) {
	tx, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // log and head as of one moment
	if err != nil {
		return nil, db.explain(err, "read the audit log")
	}
	defer func() { _ = tx.Rollback() }() // only read
	entries, err := readAudit(ctx, tx, "ORDER BY id")
	if err != nil {
		return nil, db.explain(err, "read the audit log")
	}
	var head string
	if err := tx.QueryRowContext(ctx, "SELECT coalesce((SELECT value FROM setting WHERE key = ?), '')", auditHead).Scan(&head); err != nil {
		return nil, db.explain(err, "read the audit log")
	}
	return checkChain(entries, head)
}

func checkChain(entries []AuditEntry, head string) (*AuditEntry, error) {
	var last AuditEntry
	for i := range entries {
		if entries[i].Hash != entries[i].chained(last.Hash) {
			return nil, finops.Errorf(finops.CodeCorrupt, "Entry %d of the audit log does not follow from the one before: it was changed, or an entry before it was removed or moved.", entries[i].ID)
		}
		last = entries[i]
	}
	if len(entries) == 0 && head == "" {
		return nil, nil
	}
	if head != last.head() {
		return nil, finops.Errorf(finops.CodeCorrupt, "The audit log ends with entry %d: entries after it were removed, or the record of the last entry was changed.", last.ID)
	}
	return &last, nil
}

// imported is what the audit log keeps of an import.
type imported struct {
	Lines           int64            `json:"lines"`
	Rejects         int64            `json:"rejects"`
	Files           []importedFile   `json:"files,omitempty"`
	SourcesOfRecord []SourceOfRecord `json:"choices,omitempty"` // made for it by the person
}

type importedFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

func importedOf(f Finish) imported {
	v := imported{Lines: f.Lines, Rejects: f.Rejects, Files: make([]importedFile, len(f.Files)), SourcesOfRecord: f.SourcesOfRecord}
	for i, file := range f.Files {
		v.Files[i] = importedFile{filepath.Base(file.Path), file.SHA256}
	}
	return v
}

func importName(id int64) string { return fmt.Sprintf("import %d", id) }
