package engine_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// blockRows reads the lines of q in blocks of size, and what each block was asked for.
func blockRows(t testing.TB, e *engine.Engine, q engine.LinesQuestion, size int) (rows [][]*string) {
	t.Helper()
	require.NoError(t, engine.EachBlock(t.Context(), e, q, size, func() func(*engine.Block) ([][]*string, error) {
		cells := make([]engine.Cells, len(q.Columns))
		return func(b *engine.Block) ([][]*string, error) {
			part := make([][]*string, b.Lines)
			for c := range cells {
				b.Cells(c, &cells[c])
				for line := range part {
					part[line] = append(part[line], cells[c].Text(line))
				}
			}
			return part, nil
		}
	}, func(part [][]*string) error {
		assert.LessOrEqual(t, len(part), size)
		rows = append(rows, part...)
		return nil
	}))
	return rows
}

// TestEachBlock_EqualsThePage has many blocks, of which several are read at a time.
func TestEachBlock_EqualsThePage(t *testing.T) {
	_, e := importFiles(t, odd(t))
	columns := []string{"ServiceName", "ResourceId", "EffectiveCost", "x_Few", "x_Unique"}
	for name, q := range map[string]engine.LinesQuestion{
		"AsInTheFiles": {},
		"SortedByCost": {SortBy: "EffectiveCost", SortDesc: true},
		"SortedByText": {SortBy: "x_Unique"},
		"PartOfThem":   {SortBy: "ResourceId", Offset: 77, Limit: 1234},
		"Filtered":     {Where: finops.Conditions(finops.Condition{Column: "x_Few", Values: []*string{ptr("f1")}}), SortBy: "EffectiveCost", Offset: 900},
		"PastTheEnd":   {Offset: 5000},
	} {
		t.Run(name, func(t *testing.T) {
			q.Columns = columns
			page, err := e.Lines(t.Context(), q)
			require.NoError(t, err)
			for _, size := range []int{1, 37, 4000} {
				if size == 1 && page.Total > 1000 {
					continue
				}
				rows := blockRows(t, e, q, size)
				require.Len(t, rows, len(page.Rows))
				for i, row := range rows {
					requireSameValues(t, page.Rows[i], row)
				}
			}
		})
	}
}

// requireSameValues compares values with those a file wrote: amounts may be written in another way.
func requireSameValues(t *testing.T, want, got []*string) {
	t.Helper()
	for c := range want {
		if want[c] == nil {
			if got[c] != nil {
				require.True(t, finops.IsNull([]byte(*got[c])), "%q is no way to write that there is no value", *got[c])
			}
			continue
		}
		require.NotNil(t, got[c])
		if *want[c] == *got[c] {
			continue
		}
		x, err := finops.ParseAmount([]byte(*want[c]))
		require.NoError(t, err)
		y, err := finops.ParseAmount([]byte(*got[c]))
		require.NoError(t, err)
		require.Zero(t, x.Cmp(y))
	}
}

func TestEachBlock_EndsWithTheFirstError(t *testing.T) {
	_, e := importFiles(t, odd(t))
	fault := errors.New("disk full")
	q := engine.LinesQuestion{Columns: []string{"ResourceId"}}
	nothing := func() func(*engine.Block) (int, error) {
		return func(b *engine.Block) (int, error) { return b.Lines, nil }
	}

	lines := 0
	err := engine.EachBlock(t.Context(), e, q, 10, nothing, func(n int) error {
		if lines += n; lines == 30 {
			return fault
		}
		return nil
	})
	require.ErrorIs(t, err, fault)
	assert.Equal(t, 30, lines, "nothing is done after an error")

	err = engine.EachBlock(t.Context(), e, q, 10, func() func(*engine.Block) (int, error) {
		return func(*engine.Block) (int, error) { return 0, fault }
	}, func(int) error { return nil })
	require.ErrorIs(t, err, fault)

	ctx, cancel := context.WithCancel(t.Context())
	err = engine.EachBlock(ctx, e, q, 10, nothing, func(int) error {
		cancel()
		return nil
	})
	require.ErrorIs(t, err, context.Canceled)
}
