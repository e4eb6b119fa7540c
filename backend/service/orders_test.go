package service

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/gcpexport"
	"cloud-intelligence/backend/source/ocireport"
)

// orders returns in how many orders files are imported; CI_ORDERS sets it for long runs.
func orders(usual int) int {
	if n := longOrders(); n > 0 {
		return n
	}
	return usual
}

func longOrders() int {
	n, err := strconv.Atoi(os.Getenv("CI_ORDERS"))
	if err != nil {
		return 0
	}
	return n
}

// largeBytes is the size of a file that takes seconds to import.
const largeBytes = 1 << 20

// TestOrders_AllPublishedFiles imports every published bill, in one import and one file at a
// time: what counts must be the same in every order.
func TestOrders_AllPublishedFiles(t *testing.T) {
	if longOrders() == 0 {
		t.Skip("The large files have no bill in common with another, and take a minute: set CI_ORDERS to the number of orders.")
	}
	requireSameInOrders(t, publishedBills(t, math.MaxInt64), longOrders(), longOrders())
}

// TestOrders_SmallPublishedFiles does as TestOrders_AllPublishedFiles in every run. It leaves
// out a few large files, of which none has a bill in common with another.
func TestOrders_SmallPublishedFiles(t *testing.T) {
	together, single := orders(2), orders(1)
	if testing.Short() {
		together, single = 1, 0
	}
	requireSameInOrders(t, publishedBills(t, largeBytes), together, single)
}

// requireSameInOrders imports files as they are listed, then shuffled: some times in one
// import, and some times one file at a time.
func requireSameInOrders(t *testing.T, paths []string, together, single int) {
	t.Helper()
	want := importOrder(t, paths, false)
	seed := uint64(1) // the same orders in usual runs, others each time in long ones
	if os.Getenv("CI_ORDERS") != "" {
		seed = rand.Uint64()
	}
	for i := range together + single {
		order, one := slices.Clone(paths), i >= together
		rand.New(rand.NewPCG(seed, uint64(i))).Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
		t.Run(map[bool]string{false: "together", true: "one by one"}[one], func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, want, importOrder(t, order, one), "seed %d, order %d", seed, i)
		})
	}
}

// publishedBills lists the files under real that hold charges, up to a size.
func publishedBills(t *testing.T, most int64) []string {
	t.Helper()
	return slices.DeleteFunc(sharedFiles(t, "real"), func(path string) bool {
		info, err := os.Stat(path)
		require.NoError(t, err)
		_, refuse := refusal(path)
		return refuse || info.Size() > most
	})
}

// importOrder imports files in an order and returns what counts, a line for each month and
// currency.
func importOrder(t *testing.T, paths []string, oneByOne bool) []string {
	t.Helper()
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "client.cloudintel"), "Client", Options{
		Sources: source.Registry{focusfile.Source{}, awscur.Source{}, azureexport.Source{}, gcpexport.Source{}, ocireport.Source{}}, User: "Tester",
	})
	require.NoError(t, err)
	defer func() { require.NoError(t, w.Close()) }()
	imports := [][]string{paths}
	if oneByOne {
		imports = slices.Collect(slices.Chunk(paths, 1))
	}
	for _, paths := range imports {
		importAnswering(t, w, paths)
	}
	requireSound(t, w)
	answer, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: finops.Metrics, Grain: finops.GrainMonth, Sort: finops.SortKeys})
	require.NoError(t, err)
	var list []string
	for _, row := range answer.Rows {
		text := row.Time + " " + row.Currency + ", " + strconv.FormatInt(row.Lines, 10) + " lines"
		for i, amount := range row.Amounts {
			if amount != nil {
				text += ", " + string(finops.Metrics[i]) + " " + amount.String()
			}
		}
		list = append(list, text)
	}
	slices.Sort(list)
	return list
}

// importAnswering imports files, and answers a question so that both files count, which is
// the same in any order. It answers for the file that is asked about and no other.
func importAnswering(t *testing.T, w *Workspace, paths []string) {
	t.Helper()
	opts := ImportOptions{Answers: map[string]ingest.Overlap{}}
	for {
		res, err := importWith(t.Context(), w, opts, paths...)
		require.NoError(t, err)
		if len(res.Conflicts) == 0 {
			return
		}
		for _, c := range res.Conflicts {
			require.NotContains(t, opts.Answers, c.File, "the answer was not accepted: %s", c.Reason)
			t.Logf("asked: %v, %s beside %s: %s", c.Bill, filepath.Base(c.File), filepath.Base(c.ExistingFile), c.Reason)
		}
		for _, c := range res.Conflicts {
			opts.Answers[c.File] = ingest.OverlapAdd
		}
	}
}
