package service

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

// countingSource counts how often files are looked at, and how often their records are read: of each look the first ones, which costs no opening
// (ADR 20), and of each opening to import all.
type countingSource struct {
	focusfile.Source

	looks, reads *atomic.Int64
}

func (c countingSource) Recognize(ctx context.Context, l *source.Look) (source.Recognition, bool, error) {
	c.looks.Add(1)
	return c.Source.Recognize(ctx, l)
}

func (c countingSource) Read(ctx context.Context, r source.Recognition, t *source.Table) (source.Reader, error) {
	c.reads.Add(1)
	return c.Source.Read(ctx, r, t)
}

// TestImports_FilesAreLookedAtAndReadOnce counts what an import does with its file: one look and one reading, also where it replaces a bill and
// shows before what would change. A preview to the end of a file is one reading more (ADR 26).
func TestImports_FilesAreLookedAtAndReadOnce(t *testing.T) {
	counting := countingSource{looks: &atomic.Int64{}, reads: &atomic.Int64{}}
	opts := testOptions
	opts.Sources, opts.Asks = source.Registry{counting}, true
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "client.cloudintel"), "Client", opts)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	counted := func() []int64 { return []int64{counting.looks.Swap(0), counting.reads.Swap(0)} }
	bill := func(name, cost string) string { return newTable().lines(200, "r", "BilledCost", cost).file(t, name) }

	plan, err := w.Imports.Plan(t.Context(), []string{bill("first.csv", "1")})
	require.NoError(t, err)
	assert.Equal(t, []int64{1, 1}, counted(), "looked at, with the first records")
	_, err = w.Imports.Run(t.Context(), plan, ImportOptions{})
	require.NoError(t, err)
	assert.Equal(t, []int64{0, 1}, counted(), "read without another look")

	j, question := begin(t, w, ImportOptions{Review: ingest.ReviewRestated}, bill("newer.csv", "2"))
	require.True(t, question.NeedsReview)
	require.Len(t, question.Changes, 1, "what changes line by line is known")
	assert.Equal(t, []int64{1, 2}, counted())
	require.NoError(t, w.Imports.Answer(j.ID, nil))
	require.Len(t, ended(t, w, j).Replaced, 1)
	assert.Equal(t, []int64{0, 0}, counted(), "the answer costs no second reading")
	assert.Equal(t, "200 400", billed(t, w))

	seen := looked(t, w, bill("newest.csv", "3"))
	assert.Equal(t, []int64{1, 2}, counted(), "a preview reads to the end")
	_, err = w.Imports.Run(t.Context(), seen, ImportOptions{})
	require.NoError(t, err)
	assert.Equal(t, []int64{0, 1}, counted(), "the import reads again and does not look again")
}
