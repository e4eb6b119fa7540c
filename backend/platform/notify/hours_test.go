package notify

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

func TestHours_HeldUntil(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	at := func(text string) time.Time {
		moment, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
		require.NoError(t, err)
		return moment
	}
	morning, night := Hours{Digest: "08:00"}, Hours{QuietFrom: "20:00", QuietTo: "07:00"}
	both := Hours{Digest: "08:00", QuietFrom: "12:30", QuietTo: "14:00"}
	for _, x := range []struct {
		what               string
		hours              Hours
		raised, now, until string // until "" = it may go
	}{
		{"no hours", Hours{}, "2026-05-02 03:00", "2026-05-02 03:00", ""},
		{"before the digest of the day", morning, "2026-05-02 03:00", "2026-05-02 07:59", "2026-05-02 08:00"},
		{"at the digest", morning, "2026-05-02 03:00", "2026-05-02 08:00", ""},
		{"raised at the moment of the digest", morning, "2026-05-02 08:00", "2026-05-02 08:00", ""},
		{"after the digest of the day", morning, "2026-05-02 08:01", "2026-05-02 23:00", "2026-05-03 08:00"},
		{"the program was away at the digest", morning, "2026-05-02 03:00", "2026-05-05 17:00", ""},
		{"the day on which clocks are put forward", morning, "2026-03-28 09:00", "2026-03-29 03:30", "2026-03-29 08:00"},
		{"over the end of a year", morning, "2026-12-31 09:00", "2026-12-31 09:00", "2027-01-01 08:00"},
		{"before midnight", night, "2026-05-02 19:00", "2026-05-02 20:00", "2026-05-03 07:00"},
		{"after midnight", night, "2026-05-02 19:00", "2026-05-03 06:59", "2026-05-03 07:00"},
		{"when the quiet hours end", night, "2026-05-02 19:00", "2026-05-03 07:00", ""},
		{"by day", night, "2026-05-02 19:00", "2026-05-02 19:59", ""},
		{"quiet hours of one day", both, "2026-05-01 09:00", "2026-05-02 12:30", "2026-05-02 14:00"},
		{"late digest in quiet hours", both, "2026-05-01 09:00", "2026-05-02 13:59", "2026-05-02 14:00"},
		{"after both", both, "2026-05-01 09:00", "2026-05-02 14:00", ""},
	} {
		require.NoError(t, x.hours.Check())
		until, held := x.hours.HeldUntil(at(x.raised).UTC(), at(x.now))
		require.Equal(t, x.until != "", held, x.what)
		if held {
			require.Equal(t, at(x.until), until, x.what)
		}
	}
	// A time of day that the clocks leave out: the digest comes, later.
	until, held := Hours{Digest: "02:30"}.HeldUntil(at("2026-03-28 12:00"), at("2026-03-29 01:00"))
	require.True(t, held)
	require.Equal(t, at("2026-03-29 03:30"), until)
	for _, wrong := range []Hours{
		{Digest: "8:00"}, {Digest: "24:00"}, {Digest: "soon"}, {QuietFrom: "20:00"}, {QuietTo: "20:00"}, {QuietFrom: "20:00", QuietTo: "20:00"}, {Digest: "06:00", QuietFrom: "20:00", QuietTo: "07:00"},
	} {
		require.Equal(t, finops.CodeInvalid, finops.CodeOf(wrong.Check()), "%+v", wrong)
	}
}
