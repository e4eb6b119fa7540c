package service

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestHistories_Views imports the actual and the amortized view of a month in random states and
// orders, takes some back, and compares what counts with what the newest states of both say.
func TestHistories_Views(t *testing.T) {
	long(t)
	t.Parallel()
	const machines = 3
	seed := uint64(1)
	if os.Getenv("CI_HISTORIES") != "" {
		seed = rand.Uint64()
	}
	rng := rand.New(rand.NewPCG(seed, 1))
	for range 12 {
		w := newMixed(t)
		type imported struct {
			id        int64
			amortized bool
			days      int
		}
		var present []imported
		var log []string
		for range 6 {
			if len(present) > 0 && rng.IntN(4) == 0 {
				i := rng.IntN(len(present))
				log = append(log, fmt.Sprintf("undo %+v", present[i]))
				require.NoError(t, w.Imports.Undo(t.Context(), present[i].id))
				present = append(present[:i], present[i+1:]...)
			} else {
				next := imported{amortized: rng.IntN(2) == 0, days: 4 + rng.IntN(27)}
				log = append(log, fmt.Sprintf("import %+v", next))
				res, err := importWith(t.Context(), w, ImportOptions{}, azureFile(t, fmt.Sprintf("%t-%d.csv", next.amortized, next.days), machines, next.days, next.amortized))
				require.NoError(t, err)
				require.Empty(t, res.Conflicts, "seed %d: %v", seed, log)
				if next.id = res.ImportID; next.id != 0 {
					present = append(present, next)
				}
			}
			var actual, amortized int
			for _, i := range present {
				if i.amortized {
					amortized = max(amortized, i.days)
				} else {
					actual = max(actual, i.days)
				}
			}
			require.Equal(t, viewsTotal(machines, actual, amortized), costs(t, w), "seed %d: %v", seed, log)
		}
		requireSound(t, w)
	}
}

// viewsTotal says what the files of azureFile cost, from the days that each view reaches: the view
// that reaches further counts, and the purchase of the reservation wherever it is.
func viewsTotal(machines, actual, amortized int) string {
	var lines, billed, effective int
	switch {
	case actual == 0 && amortized == 0:
		return "nothing"
	case amortized >= actual:
		lines = (machines + 2) * amortized
		billed = 10 * machines * amortized
		effective = billed + 5*amortized
	default:
		lines = (machines + 1) * actual
		billed = 10 * machines * actual
		effective = billed
	}
	if actual > 0 {
		lines++
		billed += 150
	}
	return fmt.Sprintf("%d lines %d %d", lines, billed, effective)
}
