package service

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// extraOf is a document that a place answers with the text of a moment, or an error.
func extraOf(name, file string, answer func() (string, error)) source.Extra {
	return source.Extra{Switch: "Inventories", DataSet: name, File: file, Holds: source.Documents, Ask: func(_ context.Context, w io.Writer, _ bool) error {
		text, err := answer()
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		return err
	}}
}

// TestSync_BudgetsOfTheProvider keeps what the provider budgets, as it stands today, beside the budgets of the workspace.
func TestSync_BudgetsOfTheProvider(t *testing.T) {
	root := t.TempDir()
	path, opts := placeWorkspace(t, root)
	delivery(t, root, "1", "2026-10", 2, "r")
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	opts.Now = func() time.Time { return now }
	text := `[{"provider":"AWS","account":"1","name":"Web","every":"quarter","amount":"1500.500","spent":"12","currency":"USD"},{"provider":"AWS","account":"1","name":"All","every":"","basis":"as the period before"}]`
	extra := extraOf(source.ProviderBudgets, "budgets.json", func() (string, error) { return text, nil })
	extra.Holds = source.Budgets
	w := withPlace(t, path, place{extras: []source.Extra{extra}}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	list, err := w.Budgets.OfProviders(t.Context())
	require.NoError(t, err)
	assert.Empty(t, list)
	_, err = syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	list, err = w.Budgets.OfProviders(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 2)
	assert.Equal(t, ProviderBudgetInfo{Provider: "AWS", Account: "1", Name: "Web", Every: "quarter", Amount: "1500.500", Spent: "12", Currency: "USD", Connection: "Main", ReadAt: "2026-11-20T09:00:00Z", Period: "2026-Q4"}, list[1])
	own, err := w.Budgets.List(t.Context())
	require.NoError(t, err)
	assert.Empty(t, own, "they are none of the workspace")

	now, text = now.AddDate(0, 0, 1), `[{"provider":"AWS","name":"Web","amount":"a lot"}]`
	r, err := syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	assert.Contains(t, r.Skipped[0], `has the amount "a lot"`)
	list, err = w.Budgets.OfProviders(t.Context())
	require.NoError(t, err)
	assert.Len(t, list, 2, "what was read before stays")
	c, err := w.Connections.ByName(t.Context(), "Main")
	require.NoError(t, err)
	require.NoError(t, w.Connections.Remove(t.Context(), "Main", c.Version))
	list, err = w.Budgets.OfProviders(t.Context())
	require.NoError(t, err)
	assert.Empty(t, list, "they go with their connection")
}

const (
	freeVolume = `{"AccountId":"111122223333","Volumes":[{"VolumeId":"vol-0a1","State":"available","AvailabilityZone":"eu-central-1a","Attachments":[]}]}`
	usedVolume = `{"AccountId":"111122223333","Volumes":[{"VolumeId":"vol-0a1","State":"in-use","AvailabilityZone":"eu-central-1a","Attachments":[{"InstanceId":"i-0a1","State":"attached"}]}]}`
)

// TestSync_Documents keeps what is read beside bills as documents, each in place of the one before, and does without what is refused.
func TestSync_Documents(t *testing.T) {
	root := t.TempDir()
	path, opts := placeWorkspace(t, root)
	delivery(t, root, "1", "2026-10", 2, "r")
	now, text, asked := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC), freeVolume, 0
	opts.Now = func() time.Time { return now }
	refused := finops.Errorf(finops.CodeDenied, "The permission rds:DescribeDBInstances on * is missing.")
	w := withPlace(t, path, place{extras: []source.Extra{
		extraOf("EBS volumes", "describe-volumes.json", func() (string, error) { asked++; return text, nil }),
		extraOf("RDS instances", "rds.json", func() (string, error) { return "", refused }),
		extraOf("Snapshots", "snapshots.json", func() (string, error) { return "<html>", nil }),
	}}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	r, err := syncMain(t, w, SyncOptions{})
	require.NoError(t, err, "bills are up to date without them")
	assert.Equal(t, []string{"EBS volumes"}, r.Extras)
	assert.Equal(t, "Imported Oct 2026 of account-1. Read EBS volumes. Not read: RDS instances: The permission rds:DescribeDBInstances on * is missing. Snapshots: snapshots.json is not a client document that this program reads. What it reads is listed with the scripts that make it.", r.Run.Note)
	only := func() Document {
		list, err := w.Documents.List(t.Context())
		require.NoError(t, err)
		require.Len(t, list, 1)
		return list[0]
	}
	first := only()
	assert.Equal(t, "Main describe-volumes.json", first.Name)
	assert.Equal(t, []string{"111122223333"}, first.Accounts)
	assert.Equal(t, "2026-11-20", first.Day.String())
	assert.True(t, first.Info().Fetched)

	_, err = syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	assert.Equal(t, 1, asked, "once a day")
	now, text = now.AddDate(0, 0, 1), usedVolume
	_, err = syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	second := only()
	assert.Equal(t, first.Name, second.Name)
	assert.NotEqual(t, first.Hash, second.Hash)
	assert.Equal(t, "2026-11-21", second.Day.String())
	_, read, err := w.Documents.ByName(t.Context(), second.Name)
	require.NoError(t, err)
	assert.NotEmpty(t, read.Things[0].On, "the newer file is read")
	c, err := w.Connections.ByName(t.Context(), "Main")
	require.NoError(t, err)
	require.Len(t, c.Extras, 1)
	assert.Equal(t, "EBS volumes", c.Extras[0].DataSet)
	assert.Len(t, c.Months, 1, "a document is no month of bills")

	now = now.AddDate(0, 0, 1)
	_, err = syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	assert.Equal(t, "2026-11-22", only().Day.String(), "the same file says the same of another day")
	now, text = now.AddDate(0, 0, 1), "[]\n"
	_, err = syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	list, err := w.Documents.List(t.Context())
	require.NoError(t, err)
	assert.Empty(t, list, "what it listed is there no more")
	noSecret(t, filepath.Dir(path))
}

// TestSync_DocumentThatAPersonAdded keeps the document of the person, which is as new as the sync that found the same.
func TestSync_DocumentThatAPersonAdded(t *testing.T) {
	root := t.TempDir()
	path, opts := placeWorkspace(t, root)
	delivery(t, root, "1", "2026-10", 2, "r")
	opts.Now = func() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) }
	w := withPlace(t, path, place{extras: []source.Extra{extraOf("EBS volumes", "describe-volumes.json", func() (string, error) { return freeVolume, nil })}}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	file := filepath.Join(t.TempDir(), "volumes.json")
	require.NoError(t, os.WriteFile(file, []byte(freeVolume), 0o600))
	day, err := finops.ParseDay("2026-10-01")
	require.NoError(t, err)
	_, err = w.Documents.Add(t.Context(), []string{file}, DocumentChange{Day: &day})
	require.NoError(t, err)
	_, err = syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	list, err := w.Documents.List(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 1)
	assert.Equal(t, "volumes.json", list[0].Name)
	assert.Equal(t, "2026-11-20", list[0].Day.String())
}

// TestSync_DocumentsDecideAsFilesDo syncs the documents of the estate and wants of its candidates what they come to where a person adds the files.
func TestSync_DocumentsDecideAsFilesDo(t *testing.T) {
	long(t)
	list := readExpected(t)
	files, err := filepath.Glob(filepath.Join(estate, "aws", "*.json"))
	require.NoError(t, err)
	var extras []source.Extra
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		extras = append(extras, extraOf(filepath.Base(file), filepath.Base(file), func() (string, error) { return string(text), nil }))
	}
	groups, err := filepath.Glob(filepath.Join(estate, "aws", "elbv2-describe-target-health", "*.json"))
	require.NoError(t, err)
	var health strings.Builder // a sync writes a line for each group, and names it there
	for _, file := range groups {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		name := strings.Replace(strings.TrimSuffix(filepath.Base(file), ".json"), "__", "/", 1)
		health.WriteString(`{"TargetGroupArn":"arn:aws:elasticloadbalancing:eu-west-1:444455556666:targetgroup/` + name + `",` + strings.TrimPrefix(string(text), "{"))
	}
	extras = append(extras, extraOf("Health of targets", "health.jsonl", func() (string, error) { return health.String(), nil }))
	added := estateWorkspace(t, "aws-focus-1.2.csv")
	_, err = added.Documents.Add(t.Context(), []string{filepath.Join(estate, "aws")}, DocumentChange{})
	require.NoError(t, err)

	root := t.TempDir()
	bill, err := os.ReadFile(filepath.Join(estate, "bills", "aws-focus-1.2.csv"))
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(root, "aws", "2026-10"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(root, "aws", "2026-10", "bill.csv"), bill, 0o600))
	path, opts := placeWorkspace(t, root)
	synced := withPlace(t, path, place{extras: extras}, opts)
	t.Cleanup(func() { require.NoError(t, synced.Close()) })
	_, err = syncMain(t, synced, SyncOptions{})
	require.NoError(t, err)
	want, got := find(t, added), find(t, synced)
	compared := 0
	for _, e := range list {
		if e.Provider != "AWS" {
			continue
		}
		a, b := findIn(want, e.Rule, e.ResourceID), findIn(got, e.Rule, e.ResourceID)
		assert.Equal(t, stood(a), stood(b), "%s of %s", e.Rule, e.ResourceID)
		if a != nil && b != nil && a.Gross != nil {
			compared++
			assert.Equal(t, a.Gross.String(), b.Gross.String(), "%s of %s", e.Rule, e.ResourceID)
			assert.Len(t, b.Documents, len(a.Documents), "%s of %s", e.Rule, e.ResourceID)
		}
	}
	assert.Positive(t, compared)
}
