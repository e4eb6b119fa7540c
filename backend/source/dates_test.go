package source_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// dateFile is a file of four columns: billing period start and end, date, and a text. It is
// read in batches of two rows.
type dateFile struct {
	source.Reader
	rows   [][]string
	next   int
	closed *int
}

func (f *dateFile) Next(context.Context) (*source.Batch, error) {
	if f.next >= len(f.rows) {
		return nil, io.EOF
	}
	rows := f.rows[f.next:min(f.next+2, len(f.rows))]
	var fields []string
	b := &source.Batch{}
	for i, row := range rows {
		fields = append(fields, row...)
		b.Lines = append(b.Lines, int64(f.next+i+2))
	}
	f.next += len(rows)
	made := batchOf(fields...)
	made.Rows, made.Columns, made.Lines = len(rows), 4, b.Lines
	return made, nil
}

func (f *dateFile) Close() error { *f.closed++; return nil }

// readDates reads rows through InDateOrder; columns are separated by |.
func readDates(t testing.TB, lines ...string) (out []string, warnings []string, err error) {
	t.Helper()
	return readDatesOf(t, "", lines...)
}

func readDatesOf(t testing.TB, provider string, lines ...string) (out []string, warnings []string, err error) {
	t.Helper()
	var rows [][]string
	for _, line := range lines {
		rows = append(rows, strings.Split(line, "|"))
	}
	opened, closed := 1, 0
	columns := source.DateColumns{All: []int{0, 1, 2}, Periods: [][2]int{{0, 1}}, MonthFirst: provider}
	r, err := source.InDateOrder(t.Context(), source.File{Path: "bill.csv"}, &dateFile{rows: rows, closed: &closed}, columns, func() (source.Reader, error) {
		opened++
		return &dateFile{rows: rows, closed: &closed}, nil
	})
	if err != nil {
		require.Equal(t, opened, closed, "what was opened is closed")
		return nil, nil, err
	}
	require.Equal(t, opened-1, closed)
	for {
		b, err := r.Next(t.Context())
		if errors.Is(err, io.EOF) {
			return out, source.WarningsOf(r), nil
		}
		if err != nil {
			return out, nil, err
		}
		for row := range b.Rows {
			var fields []string
			for c := range b.Columns {
				fields = append(fields, string(b.Field(row, c)))
			}
			out = append(out, strings.Join(fields, "|"))
		}
	}
}

func TestInDateOrder(t *testing.T) {
	for name, c := range map[string]struct{ in, want []string }{
		"iso":                 {[]string{"2026-09-01|2026-10-01|2026-09-05|a"}, []string{"2026-09-01|2026-10-01|2026-09-05|a"}},
		"day above 12":        {[]string{"||05/09/2026|a", "||06/09/2026 13:30|01/02/2026", "||31/12/2026 1:05:09 PM|", "||1.9.2026|"}, []string{"||2026-09-05T00:00:00Z|a", "||2026-09-06T13:30:00Z|01/02/2026", "||2026-12-31T13:05:09Z|", "||2026-09-01T00:00:00Z|"}},
		"months tell":         {[]string{"01/09/2026 00:00|01/10/2026 00:00|05/09/2026 00:00|a"}, []string{"2026-09-01T00:00:00Z|2026-10-01T00:00:00Z|2026-09-05T00:00:00Z|a"}},
		"last day of a month": {[]string{"01.02.2026|01.03.2026|3.2.2026|a"}, []string{"2026-02-01T00:00:00Z|2026-03-01T00:00:00Z|2026-02-03T00:00:00Z|a"}},
		"month first":         {[]string{"9/1/2026 0:00|10/1/2026 0:00|9/5/2026 0:00|a"}, []string{"9/1/2026 0:00|10/1/2026 0:00|9/5/2026 0:00|a"}},
		"two digits":          {[]string{"1/9/26|1/10/26|5/9/26 0:00|a"}, []string{"2026-09-01T00:00:00Z|2026-10-01T00:00:00Z|2026-09-05T00:00:00Z|a"}},
		"hyphens":             {[]string{"||12-31-2026|a"}, []string{"||2026-12-31T00:00:00Z|a"}},
		"zone":                {[]string{"||31/12/2026T23:00:00+01:00|"}, []string{"||2026-12-31T22:00:00Z|"}},
		"no date of a month":  {[]string{"||31/12/2026|", "||31/11/2026|", "||05/09/2026 25:00|"}, []string{"||2026-12-31T00:00:00Z|", "||31/11/2026, which is no date|", "||05/09/2026, which is no date|"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, warnings, err := readDates(t, c.in...)
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
			changed := strings.Join(c.in, "") != strings.Join(c.want, "") && name != "hyphens"
			assert.Equal(t, changed, len(warnings) == 1, warnings)
		})
	}
}

// TestInDateOrder_LateEvidence reads as far as is needed.
func TestInDateOrder_LateEvidence(t *testing.T) {
	var lines []string
	for range 9 {
		lines = append(lines, "||05/09/2026|a")
	}
	got, _, err := readDates(t, append(lines, "||13/09/2026|b")...)
	require.NoError(t, err)
	require.Len(t, got, 10)
	assert.Equal(t, "||2026-09-05T00:00:00Z|a", got[0])
	assert.Equal(t, "||2026-09-13T00:00:00Z|b", got[9])
}

// TestInDateOrder_OfAProvider reads a file that does not tell as its provider writes dates,
// and says so.
func TestInDateOrder_OfAProvider(t *testing.T) {
	got, warnings, err := readDatesOf(t, "Azure", "||09/01/2026|", "||09/02/2026|")
	require.NoError(t, err)
	assert.Equal(t, []string{"||09/01/2026|", "||09/02/2026|"}, got)
	require.Len(t, warnings, 1)
	assert.Contains(t, warnings[0], "with the month first, as Azure writes them")
	got, warnings, err = readDatesOf(t, "Azure", "||01/09/2026|", "||02/09/2026|", "||03/09/2026|")
	require.NoError(t, err)
	assert.Equal(t, []string{"||2026-09-01T00:00:00Z|", "||2026-09-02T00:00:00Z|", "||2026-09-03T00:00:00Z|"}, got)
	assert.Len(t, warnings, 1)
}

func TestInDateOrder_Refuses(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		says  string
	}{
		"no date shows":  {[]string{"||05/09/2026|a", "||06/09/2026|a", "||05/09/2026|a"}, "nothing in it shows whether the day or the month comes first"},
		"both orders":    {[]string{"||13/09/2026|a", "||09/13/2026|a"}, "some dates with the day first and others with the month first (13/09/2026, 09/13/2026)"},
		"goes over":      {[]string{"||2026-09-01|a", "||2026-09-02|a", "||05/09/2026|a"}, "goes over to dates such as 05/09/2026 on line 4"},
		"periods differ": {[]string{"01/09/2026|01/10/2026|09/13/2026|a"}, "others with the month first"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := readDates(t, c.lines...)
			assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
			assert.ErrorContains(t, err, c.says)
		})
	}
}

// FuzzInDateOrder compares every date that is read with the calendar.
func FuzzInDateOrder(f *testing.F) {
	f.Add("05/09/2026", byte('/'), 5, 9, 2026)
	f.Add("31.12.2026 00:00", byte('.'), 31, 12, 2026)
	f.Fuzz(func(t *testing.T, text string, sign byte, day, month, year int) {
		if strings.ContainsAny(text, "|") {
			return
		}
		_, _, _ = readDates(t, "||"+text+"|")
		if sign = "/.-"[sign%3]; day < 1 || day > 31 || month < 1 || month > 12 || year < 1990 || year > 2200 {
			return
		}
		want := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		got, _, err := readDates(t, fmt.Sprintf("||%d%c%02d%c%d|", day, sign, month, sign, year), "||31/12/2026|")
		if err != nil {
			t.Fatal(err)
		}
		if want.Day() == day && got[0] != "||"+want.Format(time.RFC3339)+"|" {
			t.Fatalf("%d.%d.%d became %s", day, month, year, got[0])
		}
	})
}
