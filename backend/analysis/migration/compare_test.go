package migration_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/migration"
)

func TestCompare(t *testing.T) {
	profile := func(lines string) string {
		return `{"organization":{"name":"x","countries":["US"]},"workloads":[` + lines + `],"requirements":{"candidate_providers":["gcp"]}}`
	}
	before := assess(t, profile(`{"name":"a","type":"other"},{"name":"b","type":"other"},{"name":"c","type":"other","environment":"test"}`))
	assert.Empty(t, migration.Compare(before, before))

	after := assess(t, profile(`{"name":"a","type":"other","vcpu":4},{"name":"b","type":"other"},{"name":"d","type":"other"}`))
	changes := migration.Compare(before, after)
	require.Len(t, changes, 3)
	assert.Equal(t, "a", changes[0].Name)
	assert.Equal(t, "e2-standard-2", *changes[0].TargetBefore)
	assert.NotEqual(t, *changes[0].TargetBefore, *changes[0].TargetAfter)
	assert.Equal(t, "d", changes[1].Name)
	assert.Nil(t, changes[1].MonthlyBefore)
	assert.Equal(t, "c", changes[2].Name)
	assert.Nil(t, changes[2].MonthlyAfter)
}
