package service

import "testing"

// long leaves a test out of the short run, which is the one with the race detector:
// SQLite is Go code here and becomes some ten times slower by it.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("This test is left out of the short run; it would take minutes with the race detector.")
	}
}
