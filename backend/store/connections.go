package store

import (
	"context"
	"encoding/json"
	"time"

	"cloud-intelligence/backend/finops"
)

var connectionTable = namedTable{table: "connection", what: "connection", json: true}

// Connections returns the connections of the workspace, ordered by name.
func (db *DB) Connections(ctx context.Context) ([]Named, error) {
	return db.named(ctx, connectionTable)
}

// SaveConnection is SaveDimension for a connection.
func (db *DB) SaveConnection(ctx context.Context, n Named, seen int64) (int64, error) {
	return db.saveNamed(ctx, connectionTable, n, seen)
}

// DeleteConnection is DeleteDimension for a connection. What was synced by it stays.
func (db *DB) DeleteConnection(ctx context.Context, name string, seen int64, user string, now time.Time) error {
	return db.deleteNamed(ctx, connectionTable, name, seen, user, now)
}

// StagePath is the folder beside a workspace for files that were fetched and are not imported yet.
func StagePath(path string) string { return path + "-sync" }

// Synced is what was last brought in of a month of a data set of a connection.
type Synced struct {
	Connection string // its id
	DataSet    string
	Month      string // YYYY-MM; "" = the place does not distinguish months
	State      string // the versions of the files
	ImportID   int64  // 0 = every file was known
	Files      int64
	Bytes      int64
	At         time.Time
}

// Synced returns what was brought in by a connection, by data set and month.
func (db *DB) Synced(ctx context.Context, connection string) ([]Synced, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT connection, data_set, month, state, import_id, files, bytes, synced_at FROM synced WHERE connection = ? ORDER BY data_set, month", connection)
	if err != nil {
		return nil, db.explain(err, "list what was synced")
	}
	type row struct {
		Synced
		at string
	}
	all, err := scanAll(rows, func(r *row) []any {
		return []any{&r.Connection, &r.DataSet, &r.Month, &r.State, &r.ImportID, &r.Files, &r.Bytes, &r.at}
	})
	list := make([]Synced, len(all))
	for i, r := range all {
		list[i] = r.Synced
		list[i].At, _ = time.Parse(time.RFC3339Nano, r.at) // zero time when unreadable: it is only shown
	}
	return list, db.explain(err, "list what was synced")
}

// KeepSynced keeps what was brought in of a month, in place of what was known of it.
func (db *DB) KeepSynced(ctx context.Context, s Synced, user string) error {
	return db.UserWrite(ctx, user, s.At, func(tx *UserTx) error {
		_, err := tx.tx.ExecContext(ctx, "INSERT OR REPLACE INTO synced (connection, data_set, month, state, import_id, files, bytes, synced_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			s.Connection, s.DataSet, s.Month, s.State, s.ImportID, s.Files, s.Bytes, s.At.UTC().Format(time.RFC3339Nano))
		return err
	})
}

// SyncRun is one attempt to sync a connection.
type SyncRun struct {
	ID         int64
	Connection string // its id
	StartedAt  time.Time
	EndedAt    time.Time // zero while it runs, and for ever where its process was killed
	State      string    // "running", "done", "failed", "unanswered" or "cancelled"
	Months     int64     // that were brought in
	Files      int64
	Lines      int64
	Calls      int64
	Retries    int64
	Received   int64  // bytes
	Note       string // what went wrong, or what was brought in
	Charged    string // what the provider charges for its calls: "$0.03 for 3 pages"; "" = nothing
	Changes    string // what it changed, as JSON; "" = not known
}

const (
	// runsKept is how many attempts of each connection the history holds.
	runsKept   = 400
	runColumns = "id, connection, started_at, ended_at, state, months, files, lines, calls, retries, received, note, charged, changes"
)

// SyncRuns returns the newest attempts, newest first; connection "" = of all, limit 0 = all.
func (db *DB) SyncRuns(ctx context.Context, connection string, limit int) ([]SyncRun, error) {
	if limit <= 0 {
		limit = -1
	}
	rows, err := db.read.QueryContext(ctx, "SELECT "+runColumns+" FROM sync_run WHERE ? IN ('', connection) ORDER BY id DESC LIMIT ?", connection, limit)
	if err != nil {
		return nil, db.explain(err, "list the syncs")
	}
	type row struct {
		SyncRun
		started, ended string
	}
	all, err := scanAll(rows, func(r *row) []any {
		return []any{&r.ID, &r.Connection, &r.started, &r.ended, &r.State, &r.Months, &r.Files, &r.Lines, &r.Calls, &r.Retries, &r.Received, &r.Note, &r.Charged, &r.Changes}
	})
	list := make([]SyncRun, len(all))
	for i, r := range all {
		list[i] = r.SyncRun
		list[i].StartedAt, _ = time.Parse(time.RFC3339Nano, r.started) // zero time when unreadable: it is only shown
		list[i].EndedAt, _ = time.Parse(time.RFC3339Nano, r.ended)
	}
	return list, db.explain(err, "list the syncs")
}

// BeginSyncRun keeps that an attempt has begun and returns its number.
func (db *DB) BeginSyncRun(ctx context.Context, connection, user string, now time.Time) (id int64, err error) {
	err = db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		r, err := tx.tx.ExecContext(ctx, "INSERT INTO sync_run (connection, started_at, ended_at, state, months, files, lines, calls, retries, received, note) VALUES (?, ?, '', 'running', 0, 0, 0, 0, 0, 0, '')",
			connection, now.UTC().Format(time.RFC3339Nano))
		if err != nil {
			return err
		}
		if id, err = r.LastInsertId(); err != nil {
			return err
		}
		_, err = tx.tx.ExecContext(ctx, "DELETE FROM sync_run WHERE connection = ? AND id <= (SELECT id FROM sync_run WHERE connection = ? ORDER BY id DESC LIMIT 1 OFFSET ?)", connection, connection, runsKept)
		return err
	})
	return id, err
}

// Contact is what was exchanged with one host for one purpose.
type Contact struct {
	Host     string
	Purpose  string
	Calls    int64
	Sent     int64 // bytes of bodies
	Received int64
	First    time.Time
	Last     time.Time
}

// KeepSyncRun keeps how far an attempt is, with whom it spoke since the last time.
func (db *DB) KeepSyncRun(ctx context.Context, r SyncRun, contacts []Contact, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		ended := ""
		if !r.EndedAt.IsZero() {
			ended = r.EndedAt.UTC().Format(time.RFC3339Nano)
		}
		_, err := tx.tx.ExecContext(ctx, "UPDATE sync_run SET ended_at = ?, state = ?, months = ?, files = ?, lines = ?, calls = ?, retries = ?, received = ?, note = ?, charged = ?, changes = ? WHERE id = ?",
			ended, r.State, r.Months, r.Files, r.Lines, r.Calls, r.Retries, r.Received, r.Note, r.Charged, r.Changes, r.ID)
		if err != nil {
			return err
		}
		return tx.keepContacts(ctx, contacts)
	})
}

// KeepContacts adds to what is known of the hosts that were contacted.
func (db *DB) KeepContacts(ctx context.Context, contacts []Contact, user string, now time.Time) error {
	if len(contacts) == 0 {
		return nil
	}
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error { return tx.keepContacts(ctx, contacts) })
}

func (tx *UserTx) keepContacts(ctx context.Context, contacts []Contact) error {
	for _, c := range contacts {
		_, err := tx.tx.ExecContext(ctx, "INSERT INTO contact (host, purpose, calls, sent, received, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?, ?) "+
			"ON CONFLICT (host, purpose) DO UPDATE SET calls = calls + excluded.calls, sent = sent + excluded.sent, received = received + excluded.received, last_at = excluded.last_at",
			c.Host, c.Purpose, c.Calls, c.Sent, c.Received, c.First.UTC().Format(time.RFC3339Nano), c.Last.UTC().Format(time.RFC3339Nano))
		if err != nil {
			return err
		}
	}
	return nil
}

// Contacts returns every host that was contacted, by host and purpose.
func (db *DB) Contacts(ctx context.Context) ([]Contact, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT host, purpose, calls, sent, received, first_at, last_at FROM contact ORDER BY host, purpose")
	if err != nil {
		return nil, db.explain(err, "list the hosts")
	}
	type row struct {
		Contact
		first, last string
	}
	all, err := scanAll(rows, func(r *row) []any {
		return []any{&r.Host, &r.Purpose, &r.Calls, &r.Sent, &r.Received, &r.first, &r.last}
	})
	list := make([]Contact, len(all))
	for i, r := range all {
		list[i] = r.Contact
		list[i].First, _ = time.Parse(time.RFC3339Nano, r.first) // zero time when unreadable: it is only shown
		list[i].Last, _ = time.Parse(time.RFC3339Nano, r.last)
	}
	return list, db.explain(err, "list the hosts")
}

// Network says how the workspace reaches the network; it is kept as one setting, as JSON.
type Network struct {
	Offline   bool   `json:"offline"`
	Proxy     string `json:"proxy"`
	CAFile    string `json:"caFile"`
	AtOpening bool   `json:"atOpening"` // the window syncs when the workspace is opened and when the computer wakes
}

const networkSetting = "network"

// Network returns how the workspace reaches the network, and the version of that; 0 when nothing was set.
func (db *DB) Network(ctx context.Context) (n Network, version int64, err error) {
	row, err := db.SettingRow(ctx, networkSetting)
	if err != nil || row.Version == 0 {
		return n, 0, err
	}
	n, err = ParseNetwork(row.Content)
	return n, row.Version, err
}

// ParseNetwork reads what a row of the setting holds. It answers CodeCorrupt for anything else.
func ParseNetwork(content string) (n Network, err error) {
	if err := json.Unmarshal([]byte(content), &n); err != nil {
		return n, finops.WrapError(finops.CodeCorrupt, err, "The network settings of the workspace cannot be read.")
	}
	return n, nil
}

// SetNetwork changes how the workspace reaches the network and returns the new version. It answers CodeConflict, with both values
// as Named, when what is stored is not of the version seen; 0 = nothing was set.
func (db *DB) SetNetwork(ctx context.Context, n Network, seen int64, user string, now time.Time) (int64, error) {
	content, err := json.Marshal(n)
	if err != nil {
		return 0, finops.WrapError(finops.CodeInternal, err, "The network settings cannot be written.")
	}
	return db.SaveSetting(ctx, Named{Name: networkSetting, Content: string(content), ChangedAt: now, ChangedBy: user}, seen)
}
