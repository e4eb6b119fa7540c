package service

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/gcpexport"
	"cloud-intelligence/backend/source/ocireport"
)

// refused says, by a part of the path, what the sentence of a file must tell that is no bill.
// The first part that fits counts.
var refused = []struct{ part, words string }{
	{"README.md", "text"}, {"REFERENCE.json", "JSON"}, {"USECASE-ANSWERS", "JSON"}, {"Manifest.json", "manifest"}, {"/prices/", "holds no charges"},
	{"aws-recommendations-csv", "recommendations"}, {"azure-open-data", "holds no charges"}, {"aws-cur-athena-ctas", "Ctrl-A"}, {"contract_commitment", "commitments, not charges"},
}

// TestSharedFiles_ImportOrSayWhatTheyAre imports every published file by itself, twice, or
// wants a sentence that says what it seems to be.
func TestSharedFiles_ImportOrSayWhatTheyAre(t *testing.T) {
	long(t)
	root := filepath.Join("..", "..", "..", "shared", "data")
	files := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		t.Run(strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(root)+"/"), func(t *testing.T) {
			w, err := Create(t.Context(), filepath.Join(t.TempDir(), "client.cloudintel"), "Client", Options{
				Sources: source.Registry{focusfile.Source{}, awscur.Source{}, azureexport.Source{}, gcpexport.Source{}, ocireport.Source{}}, User: "Tester",
			})
			require.NoError(t, err)
			defer func() { require.NoError(t, w.Close()) }()
			plan, err := w.Plan(t.Context(), []string{path})
			require.NoError(t, err)
			for _, r := range refused {
				if strings.Contains(filepath.ToSlash(path), r.part) {
					require.Empty(t, plan.Files)
					require.Len(t, plan.Skipped, 1)
					assert.Contains(t, plan.Skipped[0].Reason, r.words)
					return
				}
			}
			require.Len(t, plan.Files, 1, "%v", plan.Skipped)
			first, err := w.Import(t.Context(), plan, ImportOptions{})
			require.NoError(t, err)
			require.Empty(t, first.Conflicts)
			said := costsOf(t, w)
			again, err := importWith(t.Context(), w, ImportOptions{}, path)
			require.NoError(t, err)
			assert.Zero(t, again.ImportID, "importing it twice changes nothing")
			assert.Equal(t, said, costsOf(t, w))
			requirePassport(t, w, first.Lines)
		})
		return nil
	})
	if err != nil || files == 0 {
		t.Skip("The published billing files are not beside the checkout (../shared/data).")
	}
}

// requirePassport compares the passport with the ledger's own sums.
func requirePassport(t *testing.T, w *Workspace, lines int64) {
	t.Helper()
	p, err := w.Passport(t.Context())
	require.NoError(t, err)
	assert.Equal(t, lines, p.Whole.Lines)
	a, err := w.Ask(t.Context(), finops.Question{Metrics: finops.Metrics})
	require.NoError(t, err)
	for _, c := range p.Whole.Currencies {
		for _, total := range a.Totals {
			if total.Currency == c.Code && total.Amounts[0] != nil {
				require.NotNil(t, c.Billed)
				assert.Equal(t, total.Amounts[0].String(), c.Billed.String(), "BilledCost in %s", c.Code)
			}
		}
	}
}

func costsOf(t *testing.T, w *Workspace) []string {
	t.Helper()
	bills, err := w.Bills(t.Context())
	require.NoError(t, err)
	var list []string
	for _, b := range bills {
		for _, total := range b.Totals {
			list = append(list, b.Month.String()+" "+total.Currency+" "+string(total.Metric)+" "+total.Amount.String())
		}
	}
	return list
}
