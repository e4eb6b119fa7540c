package savings_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/savings"
)

func TestCatalogue_SamplesGiveWhatTheySay(t *testing.T) {
	c, err := savings.Embedded()
	require.NoError(t, err)
	for _, r := range c.Rules {
		t.Run(r.ID, func(t *testing.T) { require.NoError(t, r.Test(t.Context())) })
	}
}
