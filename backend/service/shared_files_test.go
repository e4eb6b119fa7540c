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

// refused says, by a part of the path, what the sentence of a file must tell that is no bill;
// of a document, only that there is a sentence. The first part that fits counts.
var refused = []struct{ part, words string }{
	{"README.md", "text"}, {"REFERENCE.json", "JSON"}, {"USECASE-ANSWERS", "JSON"}, {"Manifest.json", "manifest"}, {"/prices/", "holds no charges"},
	{"aws-recommendations-csv", "recommendations"}, {"azure-open-data", "holds no charges"}, {"aws-cur-athena-ctas", "Ctrl-A"}, {"contract_commitment", "commitments, not charges"},
	{"EXPECTED.json", "JSON"}, {"/documents/aws/", ""}, {"/documents/azure/", ""}, {"/documents/gcp/", ""},
}

// sharedFiles lists the files of some folders of the published ones; it skips the test where
// they are not beside the checkout.
func sharedFiles(t *testing.T, folders ...string) []string {
	t.Helper()
	var paths []string
	for _, folder := range folders {
		root := filepath.Join("..", "..", "..", "shared", "data", folder)
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				paths = append(paths, path)
			}
			return err
		})
		if err != nil {
			t.Skip("The published files are not beside the checkout (../shared/data/" + folder + ").")
		}
	}
	return paths
}

// refusal returns what the sentence must tell of a file that is no bill.
func refusal(path string) (words string, refuse bool) {
	for _, r := range refused {
		if strings.Contains(filepath.ToSlash(path), r.part) {
			return r.words, true
		}
	}
	return "", false
}

// TestSharedFiles_ImportOrSayWhatTheyAre imports every published bill by itself, twice, or
// wants a sentence that says what a file seems to be. Cases and answers of the providers'
// services have tests of their own.
func TestSharedFiles_ImportOrSayWhatTheyAre(t *testing.T) {
	long(t)
	for _, path := range sharedFiles(t, "real", "synthetic", "prices", "documents") {
		t.Run(strings.TrimPrefix(filepath.ToSlash(path), "../../../shared/data/"), func(t *testing.T) {
			t.Parallel()
			w, err := Create(t.Context(), filepath.Join(t.TempDir(), "client.cloudintel"), "Client", Options{
				Sources: source.Registry{focusfile.Source{}, awscur.Source{}, azureexport.Source{}, gcpexport.Source{}, ocireport.Source{}}, User: "Tester",
			})
			require.NoError(t, err)
			defer func() { require.NoError(t, w.Close()) }()
			plan, err := w.Imports.Plan(t.Context(), []string{path})
			require.NoError(t, err)
			if words, refuse := refusal(path); refuse {
				require.Empty(t, plan.Files)
				require.Len(t, plan.Skipped, 1)
				require.NotEmpty(t, plan.Skipped[0].Reason)
				assert.Contains(t, plan.Skipped[0].Reason, words)
				return
			}
			require.Len(t, plan.Files, 1, "%v", plan.Skipped)
			first, err := w.Imports.Run(t.Context(), plan, ImportOptions{})
			require.NoError(t, err)
			require.Empty(t, first.Conflicts)
			said := costsOf(t, w)
			again, err := importWith(t.Context(), w, ImportOptions{}, path)
			require.NoError(t, err)
			assert.Zero(t, again.ImportID, "importing it twice changes nothing")
			assert.Equal(t, said, costsOf(t, w))
			requirePassport(t, w, first.Lines)
		})
	}
}

// requirePassport compares the passport with the ledger's own sums.
func requirePassport(t *testing.T, w *Workspace, lines int64) {
	t.Helper()
	p, err := w.Quality.Passport(t.Context())
	require.NoError(t, err)
	assert.Equal(t, lines, p.Whole.Lines)
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: finops.Metrics})
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
	bills, err := w.Bills.List(t.Context())
	require.NoError(t, err)
	var list []string
	for _, b := range bills {
		for _, total := range b.Totals {
			list = append(list, b.Month.String()+" "+total.Currency+" "+string(total.Metric)+" "+total.Amount.String())
		}
	}
	return list
}
