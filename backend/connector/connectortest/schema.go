package connectortest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Schema reads from records, one JSON object a line, which columns a table of BigQuery with them has.
func Schema(t *testing.T, r io.Reader) []BigQueryColumn {
	t.Helper()
	var columns []BigQueryColumn
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		d := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		d.UseNumber()
		var record map[string]any
		require.NoError(t, d.Decode(&record))
		columns = merge(columns, record)
	}
	require.NoError(t, lines.Err())
	return columns
}

func merge(columns []BigQueryColumn, record map[string]any) []BigQueryColumn {
	for name, v := range record {
		i := slices.IndexFunc(columns, func(c BigQueryColumn) bool { return c.Name == name })
		if i < 0 {
			i = len(columns)
			columns = append(columns, BigQueryColumn{Name: name, Type: "STRING"})
		}
		columns[i] = typed(columns[i], v)
	}
	slices.SortFunc(columns, func(a, b BigQueryColumn) int { return strings.Compare(a.Name, b.Name) })
	return columns
}

func typed(c BigQueryColumn, v any) BigQueryColumn {
	switch v := v.(type) {
	case map[string]any:
		c.Type, c.Fields = "RECORD", merge(c.Fields, v)
	case []any:
		c.Mode = "REPEATED"
		for _, x := range v {
			c = typed(c, x)
		}
	case json.Number:
		c.Type = "FLOAT"
	case bool:
		c.Type = "BOOLEAN"
	case string:
		if strings.HasSuffix(c.Name, "_time") {
			c.Type = "TIMESTAMP"
		}
	}
	return c
}
