package desktop

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLedger_FindsWhatTheTextIsIn(t *testing.T) {
	h := filled(t)
	found, err := h.ledger.Find("ec")
	require.NoError(t, err)
	require.NotEmpty(t, found)
	assert.Equal(t, []any{"ServiceName", "EC2", int64(2), []string{"EUR"}}, []any{found[0].Column, found[0].Value, found[0].Lines, found[0].Currencies})
	found, err = h.ledger.Find("  ")
	require.NoError(t, err)
	assert.Equal(t, []Found{}, found)
	require.NoError(t, h.workspaces.Close())
	_, err = h.ledger.Find("ec")
	assert.Equal(t, "not_found", code(err))
}

func TestFinder_ANewerSearchCancelsTheOneBefore(t *testing.T) {
	var f finder
	first, endFirst := f.begin(t.Context())
	second, endSecond := f.begin(t.Context())
	require.ErrorIs(t, first.Err(), context.Canceled)
	require.NoError(t, second.Err())
	endFirst()
	require.NoError(t, second.Err(), "an older search that ends leaves the newer one alone")
	endSecond()
	require.Error(t, second.Err())
}

func TestApp_OpensTheLog(t *testing.T) {
	var shown string
	fail := error(nil)
	h := newDesktop(t, func(o *Options) {
		o.LogFile = "/data/cloud-intelligence.log"
		o.Reveal = func(path string) error { shown = path; return fail }
	})
	a := &App{h.Desktop}
	require.NoError(t, a.OpenLog())
	assert.Equal(t, "/data/cloud-intelligence.log", shown)
	fail = errors.New("no file manager")
	failure, ok := h.FormatError(a.OpenLog()).(Failure)
	require.True(t, ok)
	assert.Equal(t, []any{"unavailable", "The file manager could not be opened. The log is at /data/cloud-intelligence.log."}, []any{string(failure.Code), failure.Message})
	h = newDesktop(t, nil)
	assert.Equal(t, "unavailable", code((&App{h.Desktop}).OpenLog()))
}
