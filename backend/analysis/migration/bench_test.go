package migration_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// estate makes a profile with so many different lines.
func estate(n int) []byte {
	engines := []string{"none", "none", "none", "postgresql", "mysql"}
	systems := []string{"linux", "linux", "windows", "linux"}
	var lines []map[string]any
	for i := range n {
		line := map[string]any{
			"name": fmt.Sprintf("line %d", i), "type": []string{"web", "api", "batch", "erp"}[i%4], "environment": []string{"prod", "test"}[i%2], "count": 1 + i%7,
			"vcpu": 1 + i%16, "memory_gib": 2 + i%60, "cpu_p95": 5 + i%90, "mem_p95": 10 + i%80, "os": systems[i%4], "block_gib": 50 + i%900,
			"egress_gb_month": i % 50, "object_gib": i % 100, "db_engine": engines[i%5], "growth_pct_year": i % 20, "eastwest_gb_month": i % 30,
		}
		if engines[i%5] != "none" {
			line["db_storage_gib"] = 100 + i
		}
		if i%3 == 1 {
			line["depends_on"] = []string{fmt.Sprintf("line %d", i-1)}
		}
		lines = append(lines, line)
	}
	text, _ := json.Marshal(map[string]any{
		"organization": map[string]any{"name": "Estate", "countries": []string{"DE"}, "current_infrastructure": "cloud", "source_provider": []string{"aws"}, "current_monthly_cost": 500_000, "team_size": 40},
		"workloads":    lines, "requirements": map[string]any{"residency": []string{"EU"}},
	})
	return text
}

func benchmark(b *testing.B, lines int) {
	book, err := pricebook.BuiltIn()
	require.NoError(b, err)
	text := estate(lines)
	for b.Loop() {
		p, err := migration.Decode(text, book, finops.NewDay(2026, 11, 22))
		require.NoError(b, err)
		r := migration.Assess(p, book, finops.NewDay(2026, 11, 22))
		_, err = json.Marshal(r)
		require.NoError(b, err)
	}
}

// To reach: 500 lines in 1 s, 5,000 in 5 s.
func BenchmarkAssess500(b *testing.B)  { benchmark(b, 500) }
func BenchmarkAssess5000(b *testing.B) { benchmark(b, 5000) }
