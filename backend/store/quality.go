package store

import "context"

// RejectReason counts the kept rejects of a file with one reason.
type RejectReason struct {
	FileID int64
	Reason string
	Lines  int64
}

// RejectReasons counts the rejects of all files by reason, most lines first.
func (db *DB) RejectReasons(ctx context.Context) ([]RejectReason, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT file_id, reason, count(*) FROM reject GROUP BY file_id, reason ORDER BY 3 DESC, file_id, reason")
	if err != nil {
		return nil, db.explain(err, "count the rejects")
	}
	reasons, err := scanAll(rows, func(r *RejectReason) []any { return []any{&r.FileID, &r.Reason, &r.Lines} })
	return reasons, db.explain(err, "count the rejects")
}
