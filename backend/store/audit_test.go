package store_test

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
	"cloud-intelligence/backend/store/storetest"
)

// TestAudit_AnyChangeIsFound makes a log of entries with any texts and then changes, removes,
// exchanges or adds entries in any way: unless the log is as it was, the check must name it.
func TestAudit_AnyChangeIsFound(t *testing.T) {
	text := rapid.SampledFrom([]string{"", "a", "1:a", "-", "a-", "é\x00'", "12:"})
	value := rapid.OneOf(rapid.Just[*string](nil), rapid.Map(text, func(s string) *string { return &s }))
	rapid.Check(t, func(rt *rapid.T) {
		var log []store.AuditEntry
		for range rapid.IntRange(1, 6).Draw(rt, "entries") {
			log = append(log, store.AuditEntry{
				At: text.Draw(rt, "at"), User: text.Draw(rt, "user"), Action: text.Draw(rt, "action"), Subject: text.Draw(rt, "subject"),
				Before: value.Draw(rt, "before"), After: value.Draw(rt, "after"),
			})
		}
		head := store.Chain(log)
		if last, err := store.CheckChain(log, head); err != nil || *last != log[len(log)-1] {
			rt.Fatalf("the log itself: %v", err)
		}
		changed, changedHead := slices.Clone(log), head
		for range rapid.IntRange(1, 3).Draw(rt, "changes") {
			if len(changed) == 0 {
				break
			}
			i := rapid.IntRange(0, len(changed)-1).Draw(rt, "entry")
			j := rapid.IntRange(0, len(changed)-1).Draw(rt, "other")
			e := &changed[i]
			switch rapid.IntRange(0, 9).Draw(rt, "change") {
			case 0:
				changed = slices.Delete(changed, i, i+1)
			case 1:
				changed[i], changed[j] = changed[j], changed[i]
			case 2: // the contents change places, the numbers stay
				id, other := e.ID, changed[j].ID
				changed[i], changed[j] = changed[j], changed[i]
				changed[i].ID, changed[j].ID = id, other
			case 3:
				changed = slices.Insert(changed, i, changed[j])
			case 4:
				e.User = text.Draw(rt, "new user")
			case 5:
				e.Action, e.Subject = e.Subject, e.Action
			case 6:
				e.Before, e.After = e.After, e.Before
			case 7:
				e.After = value.Draw(rt, "new after")
			case 8:
				e.At = text.Draw(rt, "new at")
			case 9: // with a hash that fits
				e.Subject = text.Draw(rt, "new subject")
				one := []store.AuditEntry{*e}
				store.Chain(one)
				e.Hash = one[0].Hash
			}
		}
		_, err := store.CheckChain(changed, changedHead)
		if same(log, changed) != (err == nil) {
			rt.Fatalf("%v\nwas changed to\n%v\nand the check says %v", words(log), words(changed), err)
		}
		if err != nil && (finops.CodeOf(err) != finops.CodeCorrupt || !strings.Contains(strings.ToLower(finops.MessageOf(err)), "entry ")) {
			rt.Fatalf("%v names no entry", err)
		}
	})
}

func same(a, b []store.AuditEntry) bool { return slices.Equal(words(a), words(b)) }

// words spells entries so that they can be compared.
func words(entries []store.AuditEntry) []string {
	spell := func(s *string) string {
		if s == nil {
			return "none"
		}
		return fmt.Sprintf("%q", *s)
	}
	list := make([]string, len(entries))
	for i, e := range entries {
		list[i] = fmt.Sprintf("%d %q %q %q %q %s %s %s", e.ID, e.At, e.User, e.Action, e.Subject, spell(e.Before), spell(e.After), e.Hash)
	}
	return list
}

// TestAudit_Canonical pins the hash that docs/adr/0012 describes: other tools calculate it too.
func TestAudit_Canonical(t *testing.T) {
	after := `{"a":1}`
	log := []store.AuditEntry{{At: "2026-11-28T00:00:00Z", User: "Ann", Action: "set name", Subject: "workspace", After: &after}}
	assert.Equal(t, "1 "+sha("0:1:120:2026-11-28T00:00:00Z3:Ann8:set name9:workspace-7:{\"a\":1}"), store.Chain(log))
}

// TestMigrate_ChainsTheAuditLog carries over the entries of a version without hashes.
func TestMigrate_ChainsTheAuditLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "client.cloudintel")
	const before = 6
	old, err := store.CreateOld(t.Context(), path, "Client", before)
	require.NoError(t, err)
	closed(t, old)
	storetest.Tamper(t, path, "INSERT INTO audit (id, at, user, action, detail) VALUES (1, 'then', 'Ann', 'import', 'import 1: 5 lines'), (4, 'later', 'Ben', 'undo', 'import 1')")
	storetest.Tamper(t, path, "INSERT INTO mapping (key, name, content, changed_at) VALUES ('a', 'A', '{}', '')")
	db, err := store.Open(t.Context(), path)
	require.NoError(t, err)
	defer closed(t, db)
	entries, err := db.Audit(t.Context(), 0)
	require.NoError(t, err)
	require.Len(t, entries, 2)
	last, err := db.CheckAudit(t.Context())
	require.NoError(t, err)
	assert.Equal(t, entries[0], *last)
	assert.Equal(t, store.AuditEntry{ID: 4, At: "later", User: "Ben", Action: "undo", Subject: "import 1", Hash: last.Hash}, *last)
	mappings, err := db.SavedMappings(t.Context())
	require.NoError(t, err)
	assert.EqualValues(t, 1, mappings[0].Version)

	require.NoError(t, db.SetSetting(t.Context(), "a", "b", "Ann", time.Now()))
	last, err = db.CheckAudit(t.Context())
	require.NoError(t, err)
	assert.EqualValues(t, 5, last.ID)
}

// TestForeignKeys_AreEnforced looks at both connections that write.
func TestForeignKeys_AreEnforced(t *testing.T) {
	db := create(t)
	defer closed(t, db)
	fill(t, db)
	aborted(t, db)
	require.NoError(t, db.ForeignKeysEnforced(t.Context()))
	plain := storetest.Open(t, db.Path())
	defer func() { require.NoError(t, plain.Close()) }()
	assert.Empty(t, storetest.Strings(t, plain, `SELECT "table" FROM pragma_foreign_key_check`), "after imports, an undo and an import that was taken back")
}

func sha(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }
