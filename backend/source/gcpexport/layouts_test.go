package gcpexport_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// flatten writes the members of a record under dotted names. Repeated members, and the
// objects in them, stay together.
func flatten(out map[string]any, prefix string, object map[string]any) {
	for name, value := range object {
		if nested, ok := value.(map[string]any); ok && prefix+name != "credits" {
			flatten(out, prefix+name+".", nested)
			continue
		}
		out[prefix+name] = value
	}
}

// asText prints a member as scripts write it into CSV: as JSON, or as Python does.
func asText(t *testing.T, value any, python bool) string {
	t.Helper()
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	}
	if python {
		return pythonText(value)
	}
	text, err := json.Marshal(value)
	require.NoError(t, err)
	return string(text)
}

func pythonText(value any) string {
	switch v := value.(type) {
	case nil:
		return "None"
	case bool:
		if v {
			return "True"
		}
		return "False"
	case string:
		return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(v) + "'"
	case []any:
		var parts []string
		for _, e := range v {
			parts = append(parts, pythonText(e))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		var parts []string
		for _, name := range slices.Sorted(mapKeys(v)) {
			parts = append(parts, pythonText(name)+": "+pythonText(v[name]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return fmt.Sprint(value)
}

func mapKeys(m map[string]any) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range m {
			if !yield(name) {
				return
			}
		}
	}
}

// decoded reads records of one object per line, with their numbers as text.
func decoded(t *testing.T, lines string) (all []map[string]any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(lines))
	d.UseNumber()
	for d.More() {
		var object map[string]any
		require.NoError(t, d.Decode(&object))
		all = append(all, object)
	}
	return all
}

// asCSV writes records as a table with a column for each member, those of resource before
// the last one as the detailed export has them.
func asCSV(t *testing.T, lines string, python bool) string {
	t.Helper()
	var rows []map[string]any
	names := map[string]any{}
	for _, object := range decoded(t, lines) {
		row := map[string]any{"partition_date": "2026-09-05"}
		flatten(row, "", object)
		for name := range row {
			names[name] = nil
		}
		rows = append(rows, row)
	}
	header := slices.SortedFunc(mapKeys(names), func(a, b string) int { return strings.Compare(columnOrder(a)+a, columnOrder(b)+b) })
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	require.NoError(t, w.Write(header))
	for _, row := range rows {
		fields := make([]string, len(header))
		for i, name := range header {
			fields[i] = asText(t, row[name], python)
		}
		require.NoError(t, w.Write(fields))
	}
	w.Flush()
	require.NoError(t, w.Error())
	return b.String()
}

func columnOrder(name string) string {
	switch {
	case name == "partition_date":
		return "2"
	case strings.HasPrefix(name, "resource."):
		return "1"
	}
	return "0"
}

// quoted makes strings of all numbers, as BigQuery does with INT64 and NUMERIC.
func quoted(value any) any {
	switch v := value.(type) {
	case json.Number:
		return v.String()
	case []any:
		for i := range v {
			v[i] = quoted(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = quoted(v[name])
		}
	}
	return value
}

// focusOnly is what FOCUS columns a record has.
func focusOnly(r source.Recognition, l line) string {
	var b strings.Builder
	for _, c := range r.Columns {
		if v, ok := l[c.Name]; ok && c.Focus {
			b.WriteString(c.Name + "=" + v + "\n")
		}
	}
	return b.String()
}

// TestLayouts_SameRecords reads the same records from files that tools have written in
// different ways.
func TestLayouts_SameRecords(t *testing.T) {
	records := detailedUsage + "\n" + commitments + "\n" + credits
	var strs, nulls, indented []string
	for _, object := range decoded(t, records) {
		text, err := json.MarshalIndent(object, "", "  ")
		require.NoError(t, err)
		indented = append(indented, string(text))
		for name, null := range map[string]any{"seller_name": nil, "adjustment_info": map[string]any{"id": nil, "type": nil}} {
			if _, has := object[name]; !has {
				object[name] = null
			}
		}
		text, err = json.Marshal(object)
		require.NoError(t, err)
		nulls = append(nulls, string(text))
		text, err = json.Marshal(quoted(object))
		require.NoError(t, err)
		strs = append(strs, string(text))
	}
	f := write(t, "f.json", records)
	r := recognised(t, f)
	lines, rejects := linesOf(t, f)
	require.Empty(t, rejects)
	require.Len(t, lines, len(strs))
	for name, text := range map[string]string{
		"numbers as strings":   strings.Join(strs, "\n"),
		"nulls written out":    strings.Join(nulls, "\n"),
		"array":                "[" + strings.ReplaceAll(records, "\n", ",\n") + "]\n",
		"array over lines":     "[\n" + strings.Join(indented, ",\n") + "\n]",
		"objects over lines":   strings.Join(indented, "\n"),
		"CR LF and LF":         strings.Replace(records, "\n", "\r\n", 3) + "\r\n",
		"byte order mark":      "\ufeff" + records,
		"gzip":                 gzipped(t, records),
		"CSV with JSON":        asCSV(t, records, false),
		"CSV with Python":      asCSV(t, records, true),
		"CSV, gzip, CR LF":     gzipped(t, strings.ReplaceAll(asCSV(t, records, false), "\n", "\r\n")),
		"CSV, underscores":     underscored(asCSV(t, records, false)),
		"timestamps with zone": strings.ReplaceAll(records, " UTC", "+00:00"),
		"timestamps of ISO":    strings.NewReplacer(":00 UTC", ":00.000Z", "2026-09-05 ", "2026-09-05T").Replace(records),
	} {
		got, rejects := linesOf(t, write(t, "f", text))
		assert.Empty(t, rejects, name)
		if assert.Len(t, got, len(lines), name) {
			for i := range got {
				assert.Equal(t, focusOnly(r, lines[i]), focusOnly(r, got[i]), "%s, record %d", name, i+1)
			}
		}
	}
}

// underscored changes the dots of a header.
func underscored(text string) string {
	header, records, _ := strings.Cut(text, "\n")
	return strings.ReplaceAll(header, ".", "_") + "\n" + records
}

// TestLayouts_Empty accepts an export of no charges.
func TestLayouts_Empty(t *testing.T) {
	for _, text := range []string{csvHeader, strings.TrimSpace(csvHeader), "\ufeff" + strings.ReplaceAll(csvHeader, "\n", "\r\n")} {
		lines, rejects := linesOf(t, write(t, "f.csv", text))
		assert.Empty(t, lines)
		assert.Empty(t, rejects)
	}
}

// TestCharge_FOCUSRules checks what FOCUS says of every charge, whatever its kind.
func TestCharge_FOCUSRules(t *testing.T) {
	lines, _ := linesOf(t, write(t, "f.json", detailedUsage+"\n"+commitments+"\n"+credits+"\n"+oddities))
	require.Greater(t, len(lines), 25)
	for i, l := range lines {
		at := fmt.Sprintf("record %d, %s", i+1, l["ChargeDescription"])
		for _, column := range []string{"BilledCost", "EffectiveCost", "ContractedCost", "BillingAccountId", "BillingCurrency", "BillingPeriodStart", "BillingPeriodEnd", "ChargeCategory", "ChargePeriodStart"} {
			assert.Contains(t, l, column, at)
		}
		usage := l["ChargeCategory"] == "Usage"
		assert.Equal(t, usage && l["CommitmentDiscountId"] != "", l["CommitmentDiscountStatus"] != "", at)
		if l["CommitmentDiscountStatus"] != "" {
			assert.Equal(t, "Committed", l["PricingCategory"], at)
		}
		if l["ChargeCategory"] == "Purchase" {
			assert.NotEqual(t, "Committed", l["PricingCategory"], at)
			assert.NotEqual(t, "Usage-Based", l["ChargeFrequency"], at)
		}
		if !usage || l["CommitmentDiscountStatus"] == "Unused" {
			assert.NotContains(t, l, "ConsumedQuantity", at)
			assert.NotContains(t, l, "ConsumedUnit", at)
		}
		for _, pair := range [][2]string{{"CommitmentDiscountQuantity", "CommitmentDiscountUnit"}, {"CapacityReservationId", "CapacityReservationStatus"}, {"SubAccountId", "SubAccountType"}} {
			assert.Equal(t, l[pair[0]] != "", l[pair[1]] != "", "%s: %s", at, pair[0])
		}
		if l["ContractedUnitPrice"] != "" && l["PricingQuantity"] != "" && l["cost_at_effective_price_default"] != "" {
			product, ok := amount(t, l["ContractedUnitPrice"]).Mul(amount(t, l["PricingQuantity"]))
			require.True(t, ok)
			assert.Zero(t, product.Cmp(amount(t, l["ContractedCost"])), at)
		}
	}
}

func amount(t *testing.T, text string) finops.Amount {
	t.Helper()
	a, err := finops.ParseAmount([]byte(text))
	require.NoError(t, err)
	return a
}
