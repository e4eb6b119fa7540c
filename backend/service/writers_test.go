package service

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// compress packs a file with gzip.
func compress(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	require.NoError(t, err)
	out, err := os.Create(to)
	require.NoError(t, err)
	z := gzip.NewWriter(out)
	_, err = io.Copy(z, in)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	require.NoError(t, out.Close())
	require.NoError(t, in.Close())
}

// writeUnique writes lines whose values are all different.
func writeUnique(t *testing.T, path string, lines int) {
	t.Helper()
	f, err := os.Create(path)
	require.NoError(t, err)
	b := bufio.NewWriter(f)
	_, err = b.WriteString("ProviderName,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ServiceName,ResourceId,SkuId,ChargeDescription,Tags,x_A,BilledCost,EffectiveCost,PricingQuantity\n")
	require.NoError(t, err)
	for i := range lines {
		_, err := fmt.Fprintf(b, "AWS,1,USD,2026-05-01,2026-05-%02dT%02d:%02d:%02dZ,v%d,r%d,s%d,d%d,\"{\"\"k\"\":\"\"%d\"\"}\",a%d,%d.5,%d.25,%d\n",
			i%31+1, i%24, i%60, i%59, i, i, i, i, i, i, i, i, i)
		require.NoError(t, err)
	}
	require.NoError(t, b.Flush())
	require.NoError(t, f.Close())
}
