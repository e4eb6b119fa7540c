package service

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

// TestConflict_TheLaterOneSeesBothValues lets two people change the same value from the same version: the later one is refused with both
// values, and can then store their own in place of the version that they saw in the conflict.
func TestConflict_TheLaterOneSeesBothValues(t *testing.T) {
	w := newWorkspace(t)
	ctx := t.Context()
	pack := filepath.Join(t.TempDir(), "own")
	require.NoError(t, os.Mkdir(pack, 0o700))
	rule, err := os.ReadFile("../analysis/savings/catalogue/A-NET-07.yaml")
	require.NoError(t, err)
	writePack := func(title string) {
		text := strings.Replace(string(rule), "title: ", "title: "+title+" ", 1)
		require.NoError(t, os.WriteFile(filepath.Join(pack, "A-NET-07.yaml"), []byte(text), 0o600))
	}
	for _, kind := range []struct {
		name         string
		change       func(value string, seen int64) error
		first, later string
		have, want   string // what both sides say
		begin        int64  // version at first
	}{
		{"numbers of a rule", func(value string, seen int64) error {
			_, err := w.Savings.SetRule(ctx, "A-NET-07", map[string]string{"daysAbove": value}, seen)
			return err
		}, "13", "20", "On\ndaysAbove = 13", "On\ndaysAbove = 20", 0},
		{"switch of a rule", func(value string, seen int64) error {
			_, err := w.Savings.SwitchRule(ctx, "A-NET-08", value == "on", seen)
			return err
		}, "off", "on", "Off", "On", 0},
		{"pack of rules", func(value string, seen int64) error {
			writePack(value)
			_, err := w.Savings.AddPack(ctx, pack, seen)
			return err
		}, "First", "Later", ": First ", ": Later ", 0},
		{"name", func(value string, seen int64) error { return w.Rename(ctx, value, seen) }, "Acme", "Acme Corp", "Acme", "Acme Corp", 1},
		{"fiscal year", func(value string, seen int64) error {
			return w.SetFiscalStart(ctx, time.Month(len(value)), seen)
		}, "1234", "1234567", "April", "July", 0},
		{"network", func(value string, seen int64) error {
			s := NetworkSettings{}
			s.Proxy = value
			_, err := w.Connections.SetNetwork(ctx, s, seen)
			return err
		}, "http://one:3128", "http://two:3128", "Proxy: http://one:3128", "Proxy: http://two:3128", 0},
	} {
		t.Run(kind.name, func(t *testing.T) {
			require.NoError(t, kind.change(kind.first, kind.begin))
			before, err := w.Audit.List(ctx, 0)
			require.NoError(t, err)
			err = kind.change(kind.later, kind.begin)
			require.Equal(t, finops.CodeConflict, finops.CodeOf(err))
			both := ConflictOf(err)
			require.NotNil(t, both)
			assert.Contains(t, both.Have.Text, kind.have)
			assert.Contains(t, both.Want.Text, kind.want)
			assert.Equal(t, "Tester", both.Have.ChangedBy)
			assert.NotEmpty(t, both.Have.ChangedAt)
			after, err := w.Audit.List(ctx, 0)
			require.NoError(t, err)
			assert.Equal(t, before, after, "nothing was changed")
			require.NoError(t, kind.change(kind.later, both.Have.Version))
			require.Equal(t, finops.CodeConflict, finops.CodeOf(kind.change(kind.first, both.Have.Version)))
			require.NoError(t, kind.change(kind.first, AnyVersion))
		})
	}
}
