package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/term"

	"cloud-intelligence/backend/ingest"
)

// progress shows how far long work is: a line that is written over in a terminal, and
// one line at the end elsewhere.
type progress struct {
	w        io.Writer
	terminal bool
	last     ingest.Progress
}

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	return &progress{w: w, terminal: ok && term.IsTerminal(int(f.Fd()))}
}

func (p *progress) show(now ingest.Progress) {
	p.last = now
	p.write(progressText(now))
}

// write writes over the line of a terminal.
func (p *progress) write(text string) {
	if p.terminal {
		fmt.Fprint(p.w, "\r\x1b[K", shorten(visible(text)))
	}
}

// clear empties the line of a terminal.
func (p *progress) clear() {
	if p.terminal {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

func progressText(p ingest.Progress) string {
	switch p.Stage {
	case "checking":
		return "Comparing " + things(p.Lines, "line") + " with the control totals"
	case "finishing":
		return "Finishing"
	}
	share := ""
	if p.BytesTotal > 0 {
		share = fmt.Sprintf("%d %%, ", min(100, p.Bytes*100/p.BytesTotal))
	}
	return "Reading: " + share + things(p.Lines, "line") + ", " + filepath.Base(p.File)
}

// end clears the line, or leaves the one line. An import that ended while it was still
// reading leaves none: its count would not be the whole.
func (p *progress) end() {
	p.clear()
	if !p.terminal && (p.last.Stage == "checking" || p.last.Stage == "finishing") {
		fmt.Fprintf(p.w, "Read %s.\n", things(p.last.Lines, "line"))
	}
}
