package service

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
)

// estate is a small estate with its bills, what a client would export about it, and what that decides, counted by another program.
const estate = "../../../shared/data/documents"

// expected is a candidate before and after the documents of the estate.
type expected struct {
	Provider, Rule string
	ResourceID     string `json:"resourceId"`
	Before, After  struct {
		State        string
		MonthlyGross *string
		Confidence   string
	}
	UpperBound   string
	Documents    []string
	Acceptable   []string
	ProviderSays []struct {
		Document string
		Monthly  *string
	}
}

func readExpected(t *testing.T) []expected {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(estate, "EXPECTED.json"))
	if os.IsNotExist(err) {
		t.Skip("The documents with known results are not beside the checkout (../shared/data/documents).")
	}
	require.NoError(t, err)
	var file map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(text, &file))
	var list []expected
	for _, part := range file {
		if strings.Contains(string(part), `"upperBound"`) && part[0] == '[' {
			require.NoError(t, json.Unmarshal(part, &list))
		}
	}
	require.NotEmpty(t, list)
	return list
}

// stood is how a finding stands, in the words of the estate.
func stood(f *savings.Finding) string {
	switch {
	case f == nil:
		return "notExamined"
	case f.State == savings.Open && f.Class == savings.Candidate:
		return "candidate"
	case f.State == savings.Open:
		return "finding"
	}
	return string(f.State)
}

func findIn(r *savings.Result, rule, resource string) *savings.Finding {
	at := slices.IndexFunc(r.Findings, func(f *savings.Finding) bool { return f.Rule.ID == rule && f.ResourceID == resource })
	if at < 0 {
		return nil
	}
	return r.Findings[at]
}

func estateWorkspace(t *testing.T, bills ...string) *Workspace {
	t.Helper()
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "estate.cloudintel"), "Estate", everySource)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	for i, b := range bills {
		bills[i] = filepath.Join(estate, "bills", b)
	}
	load(t, w, bills...)
	return w
}

func find(t *testing.T, w *Workspace) *savings.Result {
	t.Helper()
	r, err := w.Savings.Find(t.Context(), SavingsQuestion{})
	require.NoError(t, err)
	return r
}

// TestDocuments_DecideWhatTheBillLeavesOpen adds the documents of the estate and wants of each candidate what is known of it: state, money
// and confidence, before and after, and that no amount is above its upper bound.
func TestDocuments_DecideWhatTheBillLeavesOpen(t *testing.T) {
	long(t)
	list := readExpected(t)
	for _, awsBill := range []string{"aws-focus-1.2.csv", "aws-cur-2.0.csv"} {
		t.Run(awsBill, func(t *testing.T) {
			w := estateWorkspace(t, awsBill, "azure-focus-1.2.csv", "gcp-detailed.csv")
			before := find(t, w)
			added, err := w.Documents.Add(t.Context(), []string{filepath.Join(estate, "aws"), filepath.Join(estate, "azure"), filepath.Join(estate, "gcp")}, DocumentChange{})
			require.NoError(t, err)
			for _, a := range added {
				require.NoError(t, a.Err, a.Path)
			}
			after := find(t, w)
			for _, e := range list {
				f := findIn(after, e.Rule, e.ResourceID)
				if state := stood(f); !slices.Contains(e.Acceptable, state) {
					assert.Equal(t, e.After.State, state, "%s of %s", e.Rule, e.ResourceID)
				}
				if e.Rule != "A-EC2-10" { // before, the bill does not know its resource
					assert.Equal(t, e.Before.State, stood(findIn(before, e.Rule, e.ResourceID)), "%s of %s", e.Rule, e.ResourceID)
				}
				requireAsExpected(t, e, f)
			}
			requireProven(t, w, after, all)
			requireWithinCost(t, after)
		})
	}
}

// requireAsExpected compares money, confidence, documents and the words of the provider.
func requireAsExpected(t *testing.T, e expected, f *savings.Finding) {
	t.Helper()
	if f == nil {
		return
	}
	bound, err := finops.ParseAmount([]byte(e.UpperBound))
	require.NoError(t, err)
	if f.Gross != nil {
		assert.LessOrEqual(t, f.Gross.Cmp(bound), 0, "%s of %s is above its upper bound", e.Rule, e.ResourceID)
	}
	if e.After.State == "finding" || e.After.State == "candidate" {
		assert.Equal(t, e.After.Confidence, f.Confidence, "%s of %s", e.Rule, e.ResourceID)
		require.NotNil(t, e.After.MonthlyGross)
		want, err := finops.ParseAmount([]byte(*e.After.MonthlyGross))
		require.NoError(t, err)
		assert.Equal(t, want.String(), f.Gross.String(), "%s of %s", e.Rule, e.ResourceID)
	}
	if f.State == savings.Refuted {
		assert.NotEmpty(t, f.Why)
		assert.NotEmpty(t, f.Documents, "%s of %s names no document", e.Rule, e.ResourceID)
	}
	for _, says := range e.ProviderSays {
		at := slices.IndexFunc(f.Advised, func(a savings.Advised) bool { return a.Document.Name == filepath.Base(says.Document) })
		if !assert.GreaterOrEqual(t, at, 0, "%s of %s: %s", e.Rule, e.ResourceID, says.Document) || says.Monthly == nil {
			continue
		}
		want, err := finops.ParseAmount([]byte(*says.Monthly))
		require.NoError(t, err)
		assert.Zero(t, want.Cmp(*f.Advised[at].Monthly), "%s of %s: %s", e.Rule, e.ResourceID, says.Document)
		assert.NotEmpty(t, f.Advised[at].Difference)
	}
}

// TestDocuments_NeverRaiseACandidate adds the documents of the estate one after another, and wants no candidate to become larger, and
// no resource to have more than one finding that takes its money.
func TestDocuments_NeverRaiseACandidate(t *testing.T) {
	long(t)
	readExpected(t)
	w := estateWorkspace(t, "aws-focus-1.2.csv")
	bound := map[string]finops.Amount{}
	for _, f := range find(t, w).Findings {
		if f.Gross != nil {
			bound[f.ID] = *f.Gross
		}
	}
	files, err := filepath.Glob(filepath.Join(estate, "aws", "*.json"))
	require.NoError(t, err)
	for _, file := range files {
		_, err := w.Documents.Add(t.Context(), []string{file}, DocumentChange{})
		require.NoError(t, err)
		r := find(t, w)
		for _, f := range r.Findings {
			if had, was := bound[f.ID]; was && f.Gross != nil {
				require.LessOrEqual(t, f.Gross.Cmp(had), 0, "%s after %s", f.Rule.ID, filepath.Base(file))
			}
			if f.Gross != nil {
				bound[f.ID] = *f.Gross
			}
		}
		requireWithinCost(t, r)
	}
}

func TestDocuments_AreKeptChangedAndRemoved(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	write("a/describe-volumes.json", `{"Volumes":[{"VolumeId":"vol-1","State":"available","AvailabilityZone":"eu-west-1a","Attachments":[]}]}`)
	write("b/describe-volumes.json", `{"Volumes":[{"VolumeId":"vol-2","State":"available","AvailabilityZone":"us-east-1a","Attachments":[]}],"NextToken":"more"}`)
	write("c/broken.json", `{"Volumes":[{"VolumeId":"vol-1"`)
	write("c/empty.json", "[]\n")
	w := newWorkspace(t)
	added, err := w.Documents.Add(t.Context(), []string{dir}, DocumentChange{Account: "444"})
	require.NoError(t, err)
	require.Len(t, added, 4)
	assert.Equal(t, "describe-volumes.json", added[0].Document.Name)
	assert.Equal(t, []string{"444"}, added[0].Document.Accounts)
	assert.Equal(t, []string{"eu-west-1"}, added[0].Document.Regions)
	assert.True(t, added[0].Document.Whole)
	assert.Equal(t, "describe-volumes (2).json", added[1].Document.Name)
	assert.False(t, added[1].Document.Whole)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(added[2].Err))
	assert.Contains(t, finops.MessageOf(added[2].Err), "broken.json cannot be read: it ends in the middle")
	assert.NotEmpty(t, added[3].Note)

	again, err := w.Documents.Add(t.Context(), []string{filepath.Join(dir, "a")}, DocumentChange{})
	require.NoError(t, err)
	assert.Equal(t, "describe-volumes.json", again[0].Already, "the same file is not added twice")

	day := finops.NewDay(2026, 5, 4)
	changed, err := w.Documents.Change(t.Context(), "DESCRIBE-volumes.json", DocumentChange{Day: &day}, 1)
	require.NoError(t, err)
	assert.Equal(t, int64(2), changed.Version)
	_, err = w.Documents.Change(t.Context(), "describe-volumes.json", DocumentChange{Account: "1"}, 1)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	conflict, ok := errors.AsType[*finops.ConflictError](err)
	require.True(t, ok)
	have, _ := conflict.Have.(Document)
	want, _ := conflict.Want.(Document)
	assert.Equal(t, []any{changed.Version, day, []string{"1"}}, []any{have.Version, have.Day, want.Accounts}, "both values")
	d, read, err := w.Documents.ByName(t.Context(), "describe-volumes.json")
	require.NoError(t, err)
	assert.Equal(t, day, d.Day)
	assert.Equal(t, document.AWSVolumes, read.Kind)
	assert.Len(t, read.Things, 1)

	require.NoError(t, w.Documents.Remove(t.Context(), "describe-volumes.json", AnyVersion))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(w.Documents.Remove(t.Context(), "describe-volumes.json", AnyVersion)))
	list, err := w.Documents.List(t.Context())
	require.NoError(t, err)
	assert.Len(t, list, 1)
	back, err := w.Documents.Add(t.Context(), []string{filepath.Join(dir, "a")}, DocumentChange{})
	require.NoError(t, err)
	assert.NotNil(t, back[0].Document, "a file that was removed can be added again")
	requireSound(t, w)
}
