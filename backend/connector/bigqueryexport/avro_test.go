package bigqueryexport_test

import (
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/connector/bigqueryexport"
	"cloud-intelligence/backend/connector/connectortest"
)

// spelled draws a value of a type as JSON has it, in any of the ways in which it can be spelled.
func spelled(r *rapid.T, kind string) any {
	decimal := func(whole, part int) string {
		limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(whole)), nil)
		n := new(big.Int).SetBytes(rapid.SliceOfN(rapid.Byte(), 0, 20).Draw(r, "whole"))
		text := n.Mod(n, limit).String()
		if rapid.Bool().Draw(r, "part") {
			text += "." + rapid.StringOfN(rapid.RuneFrom([]rune("0123456789")), 1, part, -1).Draw(r, "decimals")
		}
		if strings.Trim(text, "0.") != "" && rapid.Bool().Draw(r, "negative") {
			text = "-" + text
		}
		return text
	}
	fraction := func() string {
		return rapid.SampledFrom([]string{"", ".1", ".120000", ".000001", ".999999"}).Draw(r, "fraction")
	}
	at := time.UnixMicro(rapid.Int64Range(-62135596800_000000, 253402300799_999999).Draw(r, "at")).UTC()
	switch kind {
	case "INTEGER":
		return json.Number(strconv.FormatInt(rapid.Int64().Draw(r, "integer"), 10))
	case "FLOAT":
		f := rapid.Float64().Draw(r, "float")
		if word := rapid.SampledFrom([]string{"", "", "", "NaN", "Infinity", "-Infinity"}).Draw(r, "word"); word != "" {
			return word
		}
		return json.Number(strconv.FormatFloat(f, rapid.SampledFrom([]byte("gGeEf")).Draw(r, "form"), -1, 64))
	case "BOOLEAN":
		return rapid.Bool().Draw(r, "boolean")
	case "NUMERIC":
		return decimal(29, 9)
	case "BIGNUMERIC":
		return decimal(38, 38)
	case "BYTES":
		return base64.StdEncoding.EncodeToString(rapid.SliceOf(rapid.Byte()).Draw(r, "bytes"))
	case "DATE":
		return at.Format(time.DateOnly)
	case "TIME":
		return at.Format("15:04:05") + fraction()
	case "DATETIME":
		return at.Format("2006-01-02T15:04:05") + fraction()
	case "TIMESTAMP":
		return at.Format("2006-01-02 15:04:05.999999 UTC")
	default:
		return rapid.String().Draw(r, "text")
	}
}

// all are columns of all types, and a list of each.
func all() (columns []connectortest.BigQueryColumn) {
	for _, kind := range []string{"STRING", "JSON", "GEOGRAPHY", "INTEGER", "FLOAT", "BOOLEAN", "NUMERIC", "BIGNUMERIC", "BYTES", "DATE", "TIME", "DATETIME", "TIMESTAMP"} {
		columns = append(columns, connectortest.BigQueryColumn{Name: "one_" + kind, Type: kind}, connectortest.BigQueryColumn{Name: "list_" + kind, Type: kind, Mode: "REPEATED"}, connectortest.BigQueryColumn{Name: "must_" + kind, Type: kind, Mode: "REQUIRED"})
	}
	return columns
}

// values draws the values of columns.
func values(r *rapid.T, columns []connectortest.BigQueryColumn) map[string]any {
	record := map[string]any{}
	for _, c := range columns {
		one := func() any {
			if c.Type == "RECORD" {
				return values(r, c.Fields)
			}
			return spelled(r, c.Type)
		}
		switch {
		case c.Mode == "REPEATED":
			list := []any{}
			for range rapid.IntRange(0, 3).Draw(r, "elements") {
				list = append(list, one())
			}
			record[c.Name] = list
		case c.Mode == "REQUIRED", rapid.Bool().Draw(r, "there"):
			record[c.Name] = one()
		}
	}
	return record
}

// TestBothWaysGiveTheSame reads rows of all types page by page and by sessions: the files are the same to the byte.
func TestBothWaysGiveTheSame(t *testing.T) {
	p, query, _ := place(t)
	read := reads(t, &p, query)
	p.Values["tables"] = detailed
	columns := append(append(native(), all()...),
		connectortest.BigQueryColumn{Name: "record", Type: "RECORD", Fields: append(all(), connectortest.BigQueryColumn{Name: "deep", Type: "RECORD", Mode: "REPEATED", Fields: all()})},
		connectortest.BigQueryColumn{Name: "records", Type: "RECORD", Mode: "REPEATED", Fields: all()})
	query.Create(detailed, false, columns)
	rapid.Check(t, func(r *rapid.T) {
		var lines strings.Builder
		for range rapid.IntRange(2, 4).Draw(r, "rows") {
			record := values(r, columns[len(native()):])
			require.NoError(t, json.Unmarshal([]byte(row("202609", "2026-09-10 05:00:00 UTC", "1.5")), &record))
			text, err := json.Marshal(record)
			require.NoError(t, err)
			lines.Write(append(text, '\n'))
		}
		query.Put(t, sep, lines.String())
		paged := connectortest.Connect(t, bigqueryexport.Connector{}, p.Values, p.Reach)
		want, err := connectortest.Fetch(t, paged, sep)
		require.NoError(t, err)
		got, err := connectortest.Fetch(t, connectortest.Connect(t, bigqueryexport.Paged(1), p.Values, p.Reach), sep)
		require.NoError(t, err)
		require.Equal(t, want, got)
		last := read.Asked()[len(read.Asked())-1]
		require.Equal(t, strings.Count(want, "\n"), last.Sent, "it was read by a session")
		for line := range strings.Lines(want) {
			require.True(r, json.Valid([]byte(line)), line)
		}
	})
}

// TestBothWaysGiveTheSame_Focus is the same for a table in FOCUS format, which becomes CSV.
func TestBothWaysGiveTheSame_Focus(t *testing.T) {
	p, query, _ := place(t)
	read := reads(t, &p, query)
	p.Values["tables"] = focus
	query.Put(t, focusOct, "BilledCost,BillingPeriodStart,ServiceName\n1.10,2026-10-01T00:00:00Z,\"Compute, \"\"Engine\"\"\"\n-2,2026-10-01T00:00:00Z,\n")
	for _, pages := range []int{1, 5} {
		text, err := connectortest.Fetch(t, connectortest.Connect(t, bigqueryexport.Paged(pages), p.Values, p.Reach), focusOct)
		require.NoError(t, err)
		assert.Equal(t, "BilledCost,BillingPeriodStart,ServiceName\n1.1,2026-10-01T00:00:00Z,\"Compute, \"\"Engine\"\"\"\n-2,2026-10-01T00:00:00Z,\n", text)
	}
	assert.Len(t, read.Asked(), 2)
}

const known = `{"type":"record","name":"__root__","fields":[{"name":"s","type":["null","string"]},{"name":"i","type":["null","long"]},{"name":"f","type":["null","double"]},{"name":"b","type":["null","boolean"]},` +
	`{"name":"n","type":["null",{"type":"bytes","logicalType":"decimal","precision":38,"scale":9}]},{"name":"d","type":["null",{"type":"int","logicalType":"date"}]},{"name":"t","type":["null",{"type":"long","logicalType":"time-micros"}]},` +
	`{"name":"x","type":["null","bytes"]},{"name":"l","type":{"type":"array","items":{"type":"record","name":"__s_1","fields":[{"name":"k","type":["null","string"]}]}}}]}`

// TestSchema_Unknown refuses what it does not know, rather than to guess.
func TestSchema_Unknown(t *testing.T) {
	_, err := bigqueryexport.ReadAvro(known, nil)
	require.ErrorContains(t, err, "a number is cut")
	for _, change := range [][2]string{
		{`["null","long"]`, `["null","int"]`}, {`["null","long"]`, `["string","long"]`}, {`["null","long"]`, `["null","long","string"]`}, {`"name":"i"`, `"name":"j"`},
		{`"logicalType":"decimal"`, `"logicalType":"duration"`}, {`"type":"array"`, `"type":"map"`}, {`"name":"k"`, `"name":"v"`}, {`"time-micros"`, `"time-millis"`},
		{`{"name":"b","type":["null","boolean"]},`, ``}, {known, ``}, {known, `"string"`}, {`"type":["null","bytes"]`, `"type":7`},
	} {
		_, err := bigqueryexport.ReadAvro(strings.Replace(known, change[0], change[1], 1), nil)
		assert.ErrorContains(t, err, "not of the known form")
		assert.NotContains(t, err.Error(), "cut")
	}
}

// FuzzAvro reads anything as rows: it ends, and takes no more than there is.
func FuzzAvro(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	f.Add([]byte{2, 2, 'a', 2, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 2, 0x80, 2, 1, 2, 4, 2, 2, 9, 1, 4, 2, 2, 'b', 0})
	f.Add([]byte{2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, rows []byte) {
		n, err := bigqueryexport.ReadAvro(known, rows)
		if (err == nil) != (n == 3) && n < 3 {
			t.Fatal(n, err)
		}
	})
}
