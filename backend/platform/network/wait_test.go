package network_test

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/platform/network"
)

// azureWaits are the headers by which Azure Cost Management says how long to wait, each for a quota of its own.
var azureWaits = []string{
	"Retry-After",
	"X-Ms-Ratelimit-Microsoft.Costmanagement-Qpu-Retry-After",
	"X-Ms-Ratelimit-Microsoft.Costmanagement-Entity-Retry-After",
	"X-Ms-Ratelimit-Microsoft.Costmanagement-Tenant-Retry-After",
	"X-Ms-Ratelimit-Microsoft.Costmanagement-Clienttype-Retry-After",
	"X-Ms-Ratelimit-Microsoft.Costmanagement-Client-Retry-After",
	"X-Ms-Ratelimit-Microsoft.Consumption-Retry-After",
}

// TestDo_WaitsForTheLongestOfAzure answers with all headers of Azure, of which each in turn asks for the longest wait.
func TestDo_WaitsForTheLongestOfAzure(t *testing.T) {
	for _, longest := range azureWaits {
		t.Run(longest, func(t *testing.T) {
			var header []string
			for i, name := range azureWaits {
				wait := map[bool]string{true: "77", false: string(rune('1' + i))}[name == longest]
				header = append(header, name, wait)
			}
			played(t, func(t *testing.T, s *script, _ *network.Lane, err error) {
				require.NoError(t, err)
				assert.GreaterOrEqual(t, s.at[1].Sub(s.at[0]), 77*time.Second)
				assert.LessOrEqual(t, s.at[1].Sub(s.at[0]), 78*time.Second)
			}, status(429, header...), status(200))
		})
	}
}

// TestDo_Storm throttles forty times in a row, each time for another while, and wants each wait obeyed and the call done.
func TestDo_Storm(t *testing.T) {
	var answers []func() (*http.Response, error)
	for i := range 40 {
		answers = append(answers, status(429, "Retry-After", strconv.Itoa(1+i%5)))
	}
	played(t, func(t *testing.T, s *script, l *network.Lane, err error) {
		require.NoError(t, err)
		require.Len(t, s.at, 41)
		for i := range 40 {
			assert.GreaterOrEqual(t, s.at[i+1].Sub(s.at[i]), time.Duration(1+i%5)*time.Second)
		}
		assert.EqualValues(t, 40, l.Usage().Retries)
	}, append(answers, status(200))...)
}

// TestDo_Jitter wants the pause before the fourth try to be any part of its four seconds, so that callers who failed together do not come back together.
func TestDo_Jitter(t *testing.T) {
	quarters := map[int]bool{}
	for range 200 {
		played(t, func(t *testing.T, s *script, _ *network.Lane, err error) {
			require.NoError(t, err)
			quarters[int(s.at[3].Sub(s.at[2])/time.Second)] = true
		}, broken, broken, broken, status(200))
	}
	assert.Equal(t, []int{0, 1, 2, 3}, slices.Sorted(maps.Keys(quarters)))
}
