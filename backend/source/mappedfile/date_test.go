package mappedfile

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

func TestReadDate(t *testing.T) {
	const october3, none = "2026-10-03T00:00:00Z", "no"
	for _, c := range []struct{ text, plain, dayFirst, monthFirst string }{
		{"2026-10-03", october3, october3, october3},
		{"2026/10/3", october3, october3, october3},
		{"20261003", october3, october3, october3},
		{"3 Oct 2026", october3, october3, october3},
		{"03-Oct-26", october3, october3, october3},
		{"October 3, 2026", october3, october3, october3},
		{"Sat, 3 Oct 2026", october3, october3, october3},
		{"2026-10-03T07:30:00Z", "2026-10-03T07:30:00Z", "2026-10-03T07:30:00Z", "2026-10-03T07:30:00Z"},
		{"2026-10-03 07:30", "2026-10-03T07:30:00Z", "2026-10-03T07:30:00Z", "2026-10-03T07:30:00Z"},
		{"2026-10-03 07:30:00.123456 UTC", "2026-10-03T07:30:00Z", "2026-10-03T07:30:00Z", "2026-10-03T07:30:00Z"},
		{"2026-10-03T01:00:00+02:00", "2026-10-02T23:00:00Z", "2026-10-02T23:00:00Z", "2026-10-02T23:00:00Z"},
		{"20261003T0730Z", "2026-10-03T07:30:00Z", "2026-10-03T07:30:00Z", "2026-10-03T07:30:00Z"},
		{"03/10/2026", none, october3, "2026-03-10T00:00:00Z"},
		{"3.10.26", none, october3, "2026-03-10T00:00:00Z"},
		{"03-10-2026 7:30 PM", none, "2026-10-03T19:30:00Z", "2026-03-10T19:30:00Z"},
		{"25/10/2026", "2026-10-25T00:00:00Z", "2026-10-25T00:00:00Z", none},
		{"10/25/2026", "2026-10-25T00:00:00Z", none, "2026-10-25T00:00:00Z"},
		{"05/05/2026", "2026-05-05T00:00:00Z", "2026-05-05T00:00:00Z", "2026-05-05T00:00:00Z"},
		{"2026-10", "2026-10-01T00:00:00Z", "2026-10-01T00:00:00Z", "2026-10-01T00:00:00Z"},
		{"202610", "2026-10-01T00:00:00Z", "2026-10-01T00:00:00Z", "2026-10-01T00:00:00Z"},
		{"Oct 2026", "2026-10-01T00:00:00Z", "2026-10-01T00:00:00Z", "2026-10-01T00:00:00Z"},
		{"10/2026", "2026-10-01T00:00:00Z", "2026-10-01T00:00:00Z", "2026-10-01T00:00:00Z"},
		{"3. Oktober 2026", october3, october3, october3}, {"3 oct. 2026", october3, october3, october3}, {"3 de octubre de 2026", october3, october3, october3}, {"03-Okt-2026", october3, october3, october3},
		{"März 2026", "2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z"}, {"AOÛT 2026", "2026-08-01T00:00:00Z", "2026-08-01T00:00:00Z", "2026-08-01T00:00:00Z"}, {"Brumaire 2026", none, none, none},
		{"46298", october3, october3, october3}, {"46298.3125", "2026-10-03T07:30:00Z", "2026-10-03T07:30:00Z", "2026-10-03T07:30:00Z"}, {"46298,041666666664", "2026-10-03T01:00:00Z", "2026-10-03T01:00:00Z", "2026-10-03T01:00:00Z"},
		{"36525", none, none, none}, {"73051", none, none, none}, {"46298.", none, none, none}, {"462980", none, none, none},
		{"31/02/2026", none, none, none}, {"2026-02-31", none, none, none}, {"13/13/2026", none, none, none}, {"yesterday", none, none, none},
		{"", none, none, none}, {"12", none, none, none}, {"1026-01-01", none, none, none}, {"2026-10-03 25:00", none, none, none}, {"0/1/2026", none, none, none},
	} {
		for d, want := range map[Dates]string{DatesPlain: c.plain, DatesDayFirst: c.dayFirst, DatesMonthFirst: c.monthFirst} {
			t.Run(fmt.Sprintf("%q_%s", c.text, d), func(t *testing.T) {
				m, ok := readDate([]byte(c.text), d)
				if want == none {
					assert.False(t, ok, "got %s", m.text())
					return
				}
				require.True(t, ok)
				assert.Equal(t, want, m.text())
			})
		}
	}
	for text, want := range map[string]string{"1790985600": october3, "1790985600000": october3, "1790985600.5": october3} {
		m, ok := readDate([]byte(text), DatesUnix)
		require.True(t, ok)
		assert.Equal(t, want, m.text())
	}
}

// FuzzReadDate wants every date that is read to be one that the ledger reads as the same, and
// a date that can be read in one way only to be the same in every order.
func FuzzReadDate(f *testing.F) {
	for _, seed := range []string{"2026-10-03", "3/10/26 7:30 PM", "Oct 2026", "1790985600", "46298.5", "46298.99999999", "3 de octubre de 2026", "déc. 2026", "20261003T0730Z", "2026-10-03T01:00:00+02:00", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		plain, ok := readDate([]byte(text), DatesPlain)
		for _, d := range []Dates{DatesPlain, DatesDayFirst, DatesMonthFirst, DatesUnix} {
			m, read := readDate([]byte(text), d)
			if !read {
				continue
			}
			sec, parsed := finops.ParseTime([]byte(m.text()))
			require.True(t, parsed, m.text())
			require.Equal(t, m.time.Truncate(time.Second).Unix(), sec)
			if ok && d != DatesUnix {
				require.Equal(t, plain, m)
			}
		}
	})
}
