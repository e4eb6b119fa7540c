package service

import (
	"context"
	"slices"

	"cloud-intelligence/backend/store"
)

// Alerts is the area of what somebody is to be told.
type Alerts struct{ *workspace }

// List lists the alerts that were raised, the newest first.
func (w Alerts) List(ctx context.Context) ([]store.Alert, error) {
	list, err := w.db.Alerts(ctx)
	return slices.DeleteFunc(list, func(a store.Alert) bool { return a.Silent }), err
}
