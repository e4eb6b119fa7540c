package source_test

import (
	"context"
	"errors"
	"io"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

func TestAhead_SameRecords(t *testing.T) {
	before := runtime.NumGoroutine()
	inner := &batches{left: []*source.Batch{batch(1, []string{"a", "1"}), batch(2, []string{"b", "2"})}, warnings: []string{"odd"}}
	r := source.Ahead(inner)
	for _, want := range []string{"a|1", "b|2"} {
		b, err := r.Next(t.Context())
		require.NoError(t, err)
		assert.Equal(t, want, fields(b, 0))
		b.Release()
	}
	for range 2 {
		_, err := r.Next(t.Context())
		require.ErrorIs(t, err, io.EOF)
	}
	assert.Equal(t, "hash", r.SHA256())
	assert.Equal(t, int64(7), r.Progress())
	w, ok := r.(interface{ Warnings() []string })
	require.True(t, ok)
	assert.Equal(t, []string{"odd"}, w.Warnings())
	require.NoError(t, r.Close())
	assert.LessOrEqual(t, runtime.NumGoroutine(), before+1)
}

// blocked waits for its context.
type blocked struct{ batches }

func (r *blocked) Next(ctx context.Context) (*source.Batch, error) {
	<-ctx.Done()
	return nil, context.Cause(ctx)
}

func TestAhead_CancelAndClose(t *testing.T) {
	stop := errors.New("stop")
	ctx, cancel := context.WithCancelCause(t.Context())
	r := source.Ahead(&blocked{})
	time.AfterFunc(10*time.Millisecond, func() { cancel(stop) })
	_, err := r.Next(ctx)
	require.ErrorIs(t, err, stop)
	_, err = r.Next(ctx)
	require.ErrorIs(t, err, stop)
	require.NoError(t, r.Close())
	require.NoError(t, r.Close())
	_, err = r.Next(t.Context())
	assert.Equal(t, finops.CodeInternal, finops.CodeOf(err))
}

// TestAhead_Abandoned is closed with a batch read ahead that nobody took.
func TestAhead_Abandoned(t *testing.T) {
	inner := &batches{left: []*source.Batch{batch(1, []string{"a", "1"}), batch(2, []string{"b", "2"})}}
	r := source.Ahead(inner)
	b, err := r.Next(t.Context())
	require.NoError(t, err)
	require.NoError(t, r.Close())
	b.Release()
	assert.Equal(t, 2, inner.released)

	never := source.Ahead(&blocked{})
	require.NoError(t, never.Close(), "nothing was read")
}

type broken struct{ batches }

func (*broken) Next(context.Context) (*source.Batch, error) {
	return nil, finops.Errorf(finops.CodeCorrupt, "The file is damaged.")
}

func TestAhead_ErrorStays(t *testing.T) {
	r := source.Ahead(&broken{})
	for range 2 {
		_, err := r.Next(t.Context())
		assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
	}
	require.NoError(t, r.Close())
}
