package connectortest

import (
	"bytes"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// Large is the content of an object that comes in many pieces: 1 MB, in which no two places are alike.
func Large() string {
	var text strings.Builder
	for n := 0; text.Len() < 1<<20; n++ {
		text.WriteString(time.Unix(int64(n), 0).UTC().Format(time.RFC3339))
	}
	return text.String()
}

// moment is when a line goes bad.
type moment int

const (
	fromBegin moment = iota // before anything is listed
	atLarge                 // before the largest object is fetched
	inLarge                 // in the middle of the largest object
)

// badLine is what happens to a line.
type badLine struct {
	when moment
	make func(*testing.T, *Line)
	// silence is for how long the connection waits for an answer to begin or to go on; 0 = for as long as the program does.
	silence time.Duration
	waits   int // of the connection until the line is well again; 0 = it is slow all the time, and nothing has to be repeated
}

func toxic(kind string, attributes map[string]any) func(*testing.T, *Line) {
	return func(t *testing.T, l *Line) { l.Bad(t, kind, attributes) }
}

func cutAfter(n int, reset bool) func(*testing.T, *Line) {
	return func(t *testing.T, l *Line) {
		if reset {
			l.Resets(t)
		}
		l.Bad(t, "limit_data", map[string]any{"bytes": n})
	}
}

func down(t *testing.T, l *Line) { l.Down(t) }

// badLines are what OverBadLines goes through.
var badLines = map[string]badLine{
	"ResetAtOnce":          {fromBegin, toxic("reset_peer", map[string]any{"timeout": 0}), 0, 3},
	"ResetInsideAList":     {fromBegin, cutAfter(700, true), 0, 2},
	"ResetInsideAnObject":  {atLarge, cutAfter(300_000, true), 0, 2},
	"CutInsideALine":       {fromBegin, cutAfter(5, false), 0, 2},
	"CutInsideAList":       {fromBegin, cutAfter(900, false), 0, 2},
	"CutInsideAnObject":    {atLarge, cutAfter(200_000, false), 0, 2},
	"ClosedAfterAWhile":    {fromBegin, toxic("timeout", map[string]any{"timeout": 20}), 0, 2},
	"Silent":               {fromBegin, toxic("timeout", map[string]any{"timeout": 0}), 300 * time.Millisecond, 2},
	"SilentInsideAnObject": {inLarge, toxic("timeout", map[string]any{"timeout": 0}), 300 * time.Millisecond, 1},
	"Latency":              {fromBegin, toxic("latency", map[string]any{"latency": 15, "jitter": 10}), 0, 0},
	"Bandwidth":            {fromBegin, toxic("bandwidth", map[string]any{"rate": 6000}), 0, 0},
	"Slices":               {fromBegin, toxic("slicer", map[string]any{"average_size": 700, "size_variation": 300, "delay": 10}), 0, 0},
	"Down":                 {fromBegin, down, 0, 3},
	"DownInsideAnObject":   {inLarge, down, 0, 3},
}

// OverBadLines wants that a connection over each kind of bad line brings the same objects, byte for byte, as one over a good line. address is that of
// an emulator where the content of Large is among the objects, values are those of a connection to an address, now is its clock.
func OverBadLines(t *testing.T, connector source.Connector, address string, values func(address string) map[string]string, now func() time.Time) {
	t.Helper()
	over := func(to string, silence time.Duration, waiting func(network.Wait)) (source.Connection, *network.Door) {
		door, err := network.New(network.Settings{})
		require.NoError(t, err)
		t.Cleanup(door.Close)
		p := Quick()
		p.Silence = silence
		return Connect(t, connector, values(to), source.Reach{Door: door.WithPatience(p), Purpose: "bills of Test", Now: now, Waiting: waiting}), door
	}
	c, _ := over(address, 0, nil)
	want := everything(t, c, func(source.Object) io.Writer { return io.Discard })
	require.Contains(t, slices.Collect(maps.Values(want)), Large())
	for name, bad := range badLines {
		t.Run(name, func(t *testing.T) {
			line, waits := NewLine(t, address), 0
			c, door := over(line.URL, bad.silence, func(network.Wait) {
				if waits++; waits == bad.waits {
					line.Well(t)
				}
			})
			if bad.when == fromBegin {
				bad.make(t, line)
			}
			got := everything(t, c, func(o source.Object) io.Writer {
				switch {
				case o.Size != int64(len(Large())) || bad.when == fromBegin:
				case bad.when == atLarge:
					door.Close() // so that the object comes over a new connection
					bad.make(t, line)
				default:
					line.Bad(t, "bandwidth", map[string]any{"rate": 4000}) // so that it has not all come before
					return &tripwire{after: 100_000, trip: func() { bad.make(t, line) }}
				}
				return io.Discard
			})
			assert.Equal(t, want, got)
			if bad.waits == 0 {
				assert.Zero(t, waits)
				return
			}
			assert.GreaterOrEqual(t, waits, bad.waits, "the line was bad")
			if bad.when != fromBegin {
				assert.Less(t, c.Usage().Received, int64(len(Large()))*3/2, "what was read is not read again")
			}
		})
	}
}

// everything is what a connection lists and fetches: contents by key and version. Contents are written to also, too.
func everything(t *testing.T, c source.Connection, also func(source.Object) io.Writer) map[string]string {
	t.Helper()
	var objects []source.Object
	require.NoError(t, c.List(t.Context(), func(o source.Object) error {
		objects = append(objects, o)
		return nil
	}))
	all := map[string]string{}
	for _, o := range objects {
		var text bytes.Buffer
		require.NoError(t, c.Fetch(t.Context(), o, io.MultiWriter(&text, also(o))), o.Key)
		all[o.Key+" "+o.Version] = text.String()
	}
	return all
}

// tripwire calls trip once, when so many bytes were written.
type tripwire struct {
	after int
	trip  func()
}

func (w *tripwire) Write(p []byte) (int, error) {
	if w.after -= len(p); w.after <= 0 && w.trip != nil {
		w.trip()
		w.trip = nil
	}
	return len(p), nil
}
