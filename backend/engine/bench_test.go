package engine_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/finops"
)

// BenchmarkAsk asks for built-in dimensions beside the columns that they are made of, from
// the rollup and from the lines ("of lines"), with everything in memory.
func BenchmarkAsk(b *testing.B) {
	dir := b.TempDir()
	_, err := demo.Write(b.Context(), dir, demo.Options{Lines: 1_000_000, Months: 13})
	require.NoError(b, err)
	_, e := importFiles(b, dir)
	for _, groupBy := range [][]string{{"ProviderName"}, {finops.DimProvider}, {"SubAccountId"}, {finops.DimAccount}, {"BillingAccountId"}, {finops.DimBillingAccount}} {
		for name, more := range map[string][]string{"": nil, " of lines": {"ResourceType"}} {
			q := finops.Question{Metrics: finops.Metrics[:1], GroupBy: append(more, groupBy...)}
			b.Run(groupBy[0]+name, func(b *testing.B) {
				for b.Loop() {
					_, err := e.Ask(b.Context(), q)
					require.NoError(b, err)
				}
			})
		}
		q := finops.Question{Metrics: finops.Metrics[:1], GroupBy: groupBy}
		b.Run(groupBy[0]+" after opening", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				e.Reload()
				_, err := e.State(b.Context())
				require.NoError(b, err)
				b.StartTimer()
				_, err = e.Ask(b.Context(), q)
				require.NoError(b, err)
			}
		})
	}
}
