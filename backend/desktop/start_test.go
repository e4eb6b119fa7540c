package desktop

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// restarted is the next start of the program of which h was the last.
func restarted(t *testing.T, h *house) *house {
	t.Helper()
	require.NoError(t, h.Stop(t.Context()))
	next := newDesktop(t, func(o *Options) { o.Library = h.opts.Library })
	next.Start(next.window)
	return next
}

func TestDesktop_StartOpensWhatWasOpen(t *testing.T) {
	h := filled(t)
	before, err := h.workspaces.Current()
	require.NoError(t, err)
	next := restarted(t, h)
	after, err := next.workspaces.Current()
	require.NoError(t, err)
	require.NotNil(t, after)
	assert.Equal(t, before.Path, after.Path)
	assert.Equal(t, int64(3), after.Lines)

	require.NoError(t, next.workspaces.Close())
	next = restarted(t, next)
	after, err = next.workspaces.Current()
	require.NoError(t, err)
	assert.Nil(t, after, "a workspace that was closed stays closed")
}

func TestApp_Print(t *testing.T) {
	h := openDesktop(t)
	require.NoError(t, h.app.Print())
	assert.Equal(t, 1, h.window.printed)
}

func TestDesktop_StartWithoutWhatWasOpen(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"Gone":    os.Remove,
		"Damaged": func(path string) error { return os.WriteFile(path, []byte("no workspace"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			h := filled(t)
			open, err := h.workspaces.Current()
			require.NoError(t, err)
			require.NoError(t, h.Stop(t.Context()))
			require.NoError(t, spoil(open.Path))
			next := newDesktop(t, func(o *Options) { o.Library = h.opts.Library })
			next.Start(next.window)
			now, err := next.workspaces.Current()
			require.NoError(t, err)
			assert.Nil(t, now)
			recent, err := next.workspaces.Recent()
			require.NoError(t, err)
			assert.Len(t, recent, 1, "the welcome page still lists it")
		})
	}
}
