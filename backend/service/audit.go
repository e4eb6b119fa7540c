package service

import (
	"context"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// Audit is the log of what persons did in a workspace.
type Audit struct{ *workspace }

// List returns the newest entries of the audit log, newest first; limit 0 = all.
func (w Audit) List(ctx context.Context, limit int) ([]store.AuditEntry, error) {
	return w.db.Audit(ctx, limit)
}

// Verify proves that no entry of the audit log was changed, removed or moved, and returns
// the last one, nil when there is none. It answers CodeCorrupt and names the entry otherwise.
func (w Audit) Verify(ctx context.Context) (*store.AuditEntry, error) {
	return w.db.CheckAudit(ctx)
}

func (v *verification) audit(ctx context.Context) error {
	_, err := Audit{v.w}.Verify(ctx)
	if err != nil && finops.CodeOf(err) != finops.CodeCorrupt {
		return err
	}
	v.check("audit", err == nil, "%s", orOK(finops.MessageOf(err), "No entry of the audit log was changed or removed."))
	return nil
}
