package service

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/store/storetest"
)

// TestVerify_FindsTampering changes one thing behind the back of the program; verifying
// must name the check that finds it.
func TestVerify_FindsTampering(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable("x_A").lines(300, "r", "ListCost", "1").lines(20, "e", "BillingCurrency", "EUR", "BilledCost", "1e-20").file(t, "a.csv"))
	load(t, w, newTable("x_A", "SubAccountId", "InvoiceId").lines(330, "r", "BilledCost", "2").lines(20, "e", "BillingCurrency", "EUR").
		line("ServiceName", "Compute").line("ChargePeriodStart", "2026-05-07T00:00:00Z", "ChargePeriodEnd", "2026-05-08T00:00:00Z").
		line("SubAccountId", "7").line("InvoiceId", "I-1").file(t, "b.csv"))
	original := filepath.Join(t.TempDir(), "original.cloudintel")
	require.NoError(t, w.db.CopyTo(t.Context(), original))
	text, err := os.ReadFile(original)
	require.NoError(t, err)
	for check, statements := range map[string][]string{
		"ledger": {
			`UPDATE charge SET "BilledCost" = "BilledCost" + 32 WHERE id = 400`,
			`UPDATE charge SET "EffectiveCost" = NULL WHERE id = 401`,
			`UPDATE charge SET "BilledCost" = "BilledCost" + 32 WHERE id = 5`, // of the import that was replaced
			`DELETE FROM charge WHERE id = 402`,
			`DELETE FROM charge WHERE id = 7`,
			`UPDATE charge SET bill_id = (SELECT max(bill_id) FROM rollup WHERE lines = 20) WHERE id = 403`,
			`UPDATE control_total SET amount = '1' WHERE metric = 'BilledCost' AND currency = 'EUR'`,
			`UPDATE control_total SET lines = lines + 1`,
			`UPDATE charge SET "ListCost" = 'much' WHERE id = 404`,
		},
		"rollup": {
			`UPDATE rollup SET "BilledCost" = 32 WHERE bill_id = (SELECT max(bill_id) FROM rollup)`,
			`UPDATE rollup SET lines = lines - 1`,
			`DELETE FROM rollup WHERE bill_id = (SELECT max(bill_id) FROM rollup)`,
			// The totals of the currencies stay right.
			`UPDATE rollup SET day = day + 1 WHERE lines = 330`,
			`UPDATE rollup SET sku_facet_id = (SELECT max(id) FROM sku_facet) WHERE lines = 330`,
			`UPDATE rollup SET resource_facet_id = (SELECT max(id) FROM resource_facet) WHERE lines = 330`,
			`UPDATE rollup SET bill_id = (SELECT max(bill_id) FROM rollup) WHERE lines = 330`,
			`UPDATE rollup SET bill_id = 99999 WHERE lines = 300`, // of the import that was replaced
			`UPDATE rollup AS one SET "EffectiveCost" = other."EffectiveCost" FROM rollup AS other WHERE (one.lines = 330 AND other.rowid = (SELECT max(rowid) FROM rollup WHERE lines = 1))
 OR (other.lines = 330 AND one.rowid = (SELECT max(rowid) FROM rollup WHERE lines = 1))`,
			`UPDATE rollup AS one SET lines = 331 - one.lines WHERE one.lines = 330 OR one.rowid = (SELECT max(rowid) FROM rollup WHERE lines = 1)`,
			`UPDATE rollup SET "ContractedCost" = 0 WHERE lines = 330`,
			`UPDATE sku SET facet_id = (SELECT min(facet_id) FROM sku)`,
			`INSERT INTO rollup SELECT * FROM rollup WHERE lines = 330`,
		},
		"audit": {
			`UPDATE audit SET user = 'Nobody' WHERE id = 1`,
			`UPDATE audit SET before = '{}' WHERE id = 2`,
			`DELETE FROM audit WHERE id = 1`,
			`DELETE FROM audit WHERE id = 2`,
			`UPDATE audit SET id = -id`,
			`DELETE FROM audit`,
			`DELETE FROM setting WHERE key = 'audit_head'`,
		},
		"segments": {
			`UPDATE segment SET data = (SELECT data FROM segment s WHERE s.column = 'EffectiveCost' AND s.first_line = segment.first_line) WHERE column = 'BilledCost'`,
			`UPDATE segment SET data = substr(data, 1, 9)`,
			`DELETE FROM segment WHERE column = 'resource'`,
			// The totals stay right.
			`UPDATE segment SET data = (SELECT data FROM segment s WHERE s.column = 'resource' AND s.first_line = segment.first_line) WHERE column = 'sku'`,
			`UPDATE segment SET data = (SELECT data FROM segment s WHERE s.column = 'period' AND s.first_line = segment.first_line) WHERE column = 'extra'`,
			`DELETE FROM segment WHERE column = 'bill'`,
			`UPDATE charge SET "ConsumedQuantity" = 32 WHERE id = 404`,
			`UPDATE charge SET "PricingQuantity" = 'many' WHERE id = 5`,
			`UPDATE segment SET data = (SELECT data FROM segment s WHERE s.column = 'BilledCost' AND s.first_line = segment.first_line) WHERE column = 'CommitmentDiscountQuantity'`,
		},
		"periods": {
			`UPDATE period SET start = start + 3600 WHERE id = 1`,
			`UPDATE period SET day = day + 1 WHERE id = 2`,
			`UPDATE period SET "ChargePeriodStart" = NULL`,
			`UPDATE text SET value = 'soon' WHERE id = (SELECT "ChargePeriodStart" FROM period WHERE id = 1)`,
		},
	} {
		for _, statement := range statements {
			t.Run(statement, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "client.cloudintel")
				require.NoError(t, os.WriteFile(path, text, 0o600))
				storetest.Tamper(t, path, statement)
				tampered := reopen(t, path)
				report, err := tampered.Ledger.Verify(t.Context())
				require.NoError(t, err)
				assert.False(t, report.OK)
				found := map[string]bool{}
				for _, c := range report.Checks {
					if !c.OK {
						found[c.Name] = true
						assert.NotEmpty(t, c.Detail)
					}
				}
				assert.True(t, found[check], "%v", report.Checks)
			})
		}
	}
}
