package awscur_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/housetest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
)

// dictionary2 are the product columns that CUR 2.0 keeps beside its map.
var dictionary2 = map[string]bool{"product/regionCode": true, "product/sku": true, "product/instanceType": true, "product/productFamily": true}

// asCUR2 spells a legacy report as Data Exports do: fixed columns, the others in maps.
func asCUR2(r *report) (header []string, rows [][]string, maps []map[string]map[string]string) {
	for _, name := range r.header {
		switch category, _, _ := strings.Cut(name, "/"); {
		case category == "product" && !dictionary2[name], category == "resourceTags", category == "costCategory":
		default:
			header = append(header, athenaName(name))
		}
	}
	header = append(header, "bill_payer_account_name", "line_item_usage_account_name")
	for _, values := range r.values() {
		var row []string
		m := map[string]map[string]string{"product": {}, "resource_tags": {}, "tags": {}, "cost_category": {}}
		for i, name := range r.header {
			category, key, _ := strings.Cut(name, "/")
			target := map[string]string{"product": "product", "resourceTags": "resource_tags", "costCategory": "cost_category"}[category]
			if target == "" || dictionary2[name] {
				row = append(row, values[i])
			} else if values[i] != "" {
				m[target][strings.TrimPrefix(athenaName("x/"+key), "x_")] = values[i]
				if category != "product" {
					m["tags"][name] = values[i]
				}
			}
		}
		rows = append(rows, append(row, "Payer", "Team"))
		maps = append(maps, m)
	}
	return header, rows, maps
}

var mapNames = []string{"product", "resource_tags", "tags", "cost_category"}

func cur2CSV(t testing.TB, r *report) source.File {
	t.Helper()
	header, rows, all := asCUR2(r)
	var b strings.Builder
	w := csv.NewWriter(&b)
	require.NoError(t, w.Write(append(header, mapNames...)))
	for i, row := range rows {
		for _, name := range mapNames {
			text, err := json.Marshal(all[i][name])
			require.NoError(t, err)
			row = append(row, string(text))
		}
		require.NoError(t, w.Write(row))
	}
	w.Flush()
	require.NoError(t, w.Error())
	return write(t, "cur2.csv", []byte(b.String()))
}

// tableParquet writes texts, and the maps of CUR 2.0 as columns of type MAP where given;
// an empty text is a null.
func tableParquet(t testing.TB, header []string, rows [][]string, all []map[string]map[string]string) source.File {
	t.Helper()
	group := parquet.Group{}
	for _, name := range header {
		group[name] = parquet.Optional(parquet.String())
	}
	for _, name := range mapNames {
		if all != nil {
			group[name] = parquet.Map(parquet.String(), parquet.Optional(parquet.String()))
		}
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[map[string]any](&b, parquet.NewSchema("report", group))
	for i, row := range rows {
		record := map[string]any{}
		for c, name := range header {
			if row[c] != "" {
				record[name] = row[c]
			}
		}
		if all != nil {
			for _, name := range mapNames {
				values := map[string]any{}
				for k, v := range all[i][name] {
					values[k] = v
				}
				record[name] = values
			}
		}
		_, err := w.Write([]map[string]any{record})
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return write(t, "report.parquet", b.Bytes())
}

// TestGolden_Layouts reads one report, which has all kinds of lines, in the four layouts
// in which AWS delivers it. What FOCUS says of a line must not depend on the layout, but
// for the keys of tags that AWS spells its own way and the names only CUR 2.0 has.
func TestGolden_Layouts(t *testing.T) {
	legacy := commitments()
	athena := make([]string, len(legacy.header))
	for i, name := range legacy.header {
		athena[i] = athenaName(name)
	}
	header2, rows2, maps2 := asCUR2(legacy)
	want := read(t, write(t, "report.csv", []byte(legacy.csv(t))))
	housetest.Golden(t, "commitments.txt", dump(want))
	for _, layout := range []struct {
		format, golden string
		file           source.File
		keys           bool // of tags are as people spell them
	}{
		{awscur.FormatLegacyParquet, "legacy-parquet.txt", tableParquet(t, athena, legacy.values(), nil), false},
		{awscur.Format2CSV, "cur2-csv.txt", cur2CSV(t, legacy), true},
		{awscur.Format2Parquet, "cur2-parquet.txt", tableParquet(t, header2, rows2, maps2), true},
	} {
		t.Run(layout.format, func(t *testing.T) {
			got := read(t, layout.file)
			require.Empty(t, got.rejects)
			require.Equal(t, layout.format, got.recognition.Format)
			for _, row := range got.rows { // a map of Parquet has no order
				sortKeys(t, row, "product")
			}
			housetest.Golden(t, layout.golden, dump(got))
			require.Len(t, got.rows, len(want.rows))
			for i := range got.rows {
				assert.Equal(t, focusOnly(want, i, layout.keys), focusOnly(got, i, layout.keys), "line %d", i+1)
			}
		})
	}
}

func sortKeys(t testing.TB, row map[string]string, column string) {
	t.Helper()
	if row[column] == "" {
		return
	}
	var all map[string]string
	require.NoError(t, json.Unmarshal([]byte(row[column]), &all))
	text, err := json.Marshal(all)
	require.NoError(t, err)
	row[column] = string(text)
}

// focusOnly are the FOCUS columns of a record that every layout can fill.
func focusOnly(r records, i int, tags bool) map[string]string {
	out := maps.Clone(r.rows[i])
	for name := range out {
		_, focus := finops.ColumnByName(name)
		if !focus || name == "BillingAccountName" || name == "SubAccountName" || (name == "Tags" && !tags) {
			delete(out, name)
		}
	}
	return out
}
