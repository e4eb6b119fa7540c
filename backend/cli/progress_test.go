package cli

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/ingest"
)

func TestProgress(t *testing.T) {
	reading := ingest.Progress{File: "/bills/a\x1b.csv", Bytes: 500, BytesTotal: 2000, Lines: 1234, Stage: "reading"}
	finishing := ingest.Progress{Lines: 5000, BytesTotal: 2000, Stage: "finishing"}
	for name, c := range map[string]struct {
		terminal bool
		shown    []ingest.Progress
		want     string
	}{
		"Terminal":       {true, []ingest.Progress{reading, finishing}, "\r\x1b[KReading: 25 %, 1,234 lines, a\\x1b.csv\r\x1b[KFinishing\r\x1b[K"},
		"File":           {false, []ingest.Progress{reading, finishing}, "Read 5,000 lines.\n"},
		"EndedEarly":     {false, []ingest.Progress{reading}, ""},
		"NothingAtAll":   {false, nil, ""},
		"SizeIsNotKnown": {true, []ingest.Progress{{File: "a", Lines: 1, Stage: "reading"}}, "\r\x1b[KReading: 1 line, a\r\x1b[K"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			p := newProgress(&out)
			p.terminal = c.terminal
			for _, now := range c.shown {
				p.show(now)
			}
			p.end()
			assert.Equal(t, c.want, out.String())
		})
	}
}
