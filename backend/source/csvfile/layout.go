package csvfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

const (
	maxHeader  = 1 << 20
	maxColumns = 2000
)

// Layout is what the beginning of a delimited file says about it.
type Layout struct {
	Names       []string // header names: trimmed, without BOM, each only once
	Raw         []string // header names as written
	Delimiter   byte
	LineEnd     string // "LF", "CRLF", "CR", or "" for a file of one unfinished line
	Encoding    string // "UTF-8", "UTF-8 with BOM", "UTF-16 little-endian", "Windows-1252"
	Compression string // "gzip", "zip" or ""
	HeaderLine  int64  // line number of the header
	// DecimalComma is an example of a number with a decimal comma where the first records
	// have such numbers, "" otherwise.
	DecimalComma string
	Warnings     []string
}

// Dialect describes the spelling of the file: "UTF-8 with BOM, comma, CRLF, gzip".
func (l Layout) Dialect() string {
	parts := []string{l.Encoding, delimiterName(l.Delimiter)}
	for _, part := range []string{l.LineEnd, l.Compression} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

func delimiterName(c byte) string {
	switch c {
	case ',':
		return "comma"
	case ';':
		return "semicolon"
	case '\t':
		return "tab"
	case '|':
		return "pipe"
	}
	return fmt.Sprintf("%q", c)
}

// begin reads the header and leaves the parser at the record behind it.
func begin(ctx context.Context, name string, t *textReader) (Layout, *parser, error) {
	var l Layout
	if err := t.detect(ctx); err != nil {
		return l, nil, err
	}
	l.Encoding, l.HeaderLine = t.encoding, 1
	h := header{name: name, text: t}
	if err := h.find(ctx, &l); err != nil {
		return l, nil, err
	}
	for len(h.buf)-h.next < sampleSize {
		if more, err := h.more(ctx); err != nil {
			return l, nil, err
		} else if !more {
			break
		}
	}
	p := newParser(t.read)
	p.delim, p.line, p.ended, p.err = l.Delimiter, h.nextLine, h.ended, h.err
	p.carry = append(p.carry, h.buf[h.next:]...)
	p.width, p.header = len(l.Names), h.raw
	l.look(p.sample(), h.decoded)
	return l, p, nil
}

// header finds the header record at the beginning of the text.
type header struct {
	name     string
	text     *textReader
	buf      []byte
	ended    bool
	err      error
	next     int // where the record behind the header starts
	nextLine int64
	raw      []string // names as bytes
	decoded  bool     // one of them was no UTF-8
}

// more reads on; it answers false if there is nothing more.
func (h *header) more(ctx context.Context) (bool, error) {
	if h.ended || h.err != nil {
		return false, nil //nolint:nilerr // h.err is reported behind the records before it
	}
	size := len(h.buf)
	h.buf = append(h.buf, make([]byte, max(16<<10, size))...)
	n, err := h.text.read(ctx, h.buf[size:])
	h.buf = h.buf[:size+n]
	switch {
	case errors.Is(err, io.EOF):
		h.ended = true
	case err != nil && context.Cause(ctx) != nil:
		return false, context.Cause(ctx)
	case err != nil:
		h.err = err
	}
	return true, nil
}

func (h *header) find(ctx context.Context, l *Layout) error {
	for {
		done, err := h.try(l)
		if done || err != nil {
			return err
		}
		if len(h.buf) > maxHeader {
			return finops.Errorf(finops.CodeInvalid, "%s has a first line of more than 1 MiB; it is not a table with a header.", h.name)
		}
		more, err := h.more(ctx)
		if err != nil {
			return err
		}
		if !more && h.err != nil {
			return h.err
		}
		if !more {
			return finops.Errorf(finops.CodeInvalid, "%s is empty: it has no header line.", h.name)
		}
	}
}

// try looks for a whole header in what was read so far.
func (h *header) try(l *Layout) (done bool, err error) {
	start, line := 0, int64(1)
	forced := byte(0)
	for {
		skip := blankLines(h.buf[start:])
		line += int64(lineEnds(h.buf[start : start+skip]))
		start += skip
		end, ok := recordEnd(h.buf[start:], h.ended)
		if !ok {
			return false, nil
		}
		text := bytes.TrimRight(h.buf[start:start+end], "\r\n")
		if hint := separatorHint(text); hint != 0 && forced == 0 {
			forced = hint
			start, line = start+end, line+1
			continue
		}
		if len(text) > maxHeader {
			return false, finops.Errorf(finops.CodeInvalid, "%s has a header longer than 1 MiB; it is not a table with a header.", h.name)
		}
		if len(text) == 0 {
			return false, nil
		}
		enough := h.ended || h.err != nil || len(h.buf) >= beginningSize
		title, known := titleAbove(h.buf[start:], forced, enough)
		if !known {
			return false, nil
		}
		if title > 0 {
			first := line
			line += int64(lineEnds(h.buf[start : start+title]))
			start += title
			end, _ = recordEnd(h.buf[start:], true)
			text = bytes.TrimRight(h.buf[start:start+end], "\r\n")
			l.Warnings = append(l.Warnings, fmt.Sprintf("The names of the columns stand on line %d; what is above them, from line %d on, was passed over.", line, first))
		}
		if l.Delimiter = forced; forced == 0 {
			if l.Delimiter, known = delimiterOf(text, h.buf[start+end:], enough); !known {
				return false, nil
			}
		}
		l.HeaderLine, l.LineEnd = line, lineEnd(h.buf[start:start+end])
		h.next, h.nextLine = start+end, line+int64(max(1, lineEnds(h.buf[start:start+end])))
		h.settleCR(l)
		return true, h.names(l, text)
	}
}

// settleCR makes LF of the CR line ends behind the header.
func (h *header) settleCR(l *Layout) {
	if l.LineEnd != "CR" {
		return
	}
	h.text.crOnly = true
	n := h.text.convertCR(h.buf[h.next:])
	h.buf = h.buf[:h.next+n]
}

func (h *header) names(l *Layout, text []byte) error {
	var r record
	if next, how := slowRecord(text, 0, l.Delimiter, maxColumns+1, true, &r); how != complete || next != len(text) {
		return finops.Errorf(finops.CodeInvalid, "%s has a broken header: a quote in it is not closed.", h.name)
	}
	if r.count > maxColumns {
		return finops.Errorf(finops.CodeInvalid, "%s has more than 2,000 columns, which no billing export has.", h.name)
	}
	for _, c := range r.escaped {
		r.fields[c] = unescape(text, r.fields[c])
	}
	for _, f := range r.fields {
		name, how := appendText(nil, text[f.Start:f.End])
		l.Raw, h.raw = append(l.Raw, string(name)), append(h.raw, string(text[f.Start:f.End]))
		h.decoded = h.decoded || how == readANSI
	}
	// A delimiter at the end of the header is no column of its own.
	for len(l.Raw) > 1 && source.TrimName(l.Raw[len(l.Raw)-1]) == "" {
		l.Raw = l.Raw[:len(l.Raw)-1]
	}
	h.raw = h.raw[:len(l.Raw)]
	names, warnings := uniqueNames(l.Raw)
	l.Names, l.Warnings = names, append(l.Warnings, warnings...)
	return nil
}

// uniqueNames trims the names; the second of two equal names gets " (2)".
func uniqueNames(raw []string) (names, warnings []string) {
	taken := make(map[string]bool, len(raw))
	for i, r := range raw {
		name := source.TrimName(r)
		if name == "" {
			name = fmt.Sprintf("Column %d", i+1)
		}
		unique := name
		for n := 2; taken[unique]; n++ {
			unique = fmt.Sprintf("%s (%d)", name, n)
		}
		if unique != name {
			warnings = append(warnings, fmt.Sprintf("The header has %q more than once; the later one is read as %q.", name, unique))
		}
		taken[unique] = true
		names = append(names, unique)
	}
	return names, warnings
}

// detectDelimiter takes the delimiter that occurs most often outside quotes, a
// comma if none does.
func detectDelimiter(text []byte) byte {
	var count [256]int
	quoted := false
	for _, c := range text {
		if c == '"' {
			quoted = !quoted
		} else if !quoted {
			count[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte(";\t|") {
		if count[c] > count[best] {
			best = c
		}
	}
	return best
}

func blankLines(text []byte) int {
	n := 0
	for n < len(text) && (text[n] == '\n' || text[n] == '\r') {
		n++
	}
	return n
}

// lineEnds counts LF, CRLF and CR.
func lineEnds(text []byte) int {
	return bytes.Count(text, []byte{'\n'}) + bytes.Count(text, []byte{'\r'}) - bytes.Count(text, []byte("\r\n"))
}

func lineEnd(text []byte) string {
	switch {
	case bytes.HasSuffix(text, []byte("\r\n")):
		return "CRLF"
	case bytes.HasSuffix(text, []byte("\n")):
		return "LF"
	case bytes.HasSuffix(text, []byte("\r")):
		return "CR"
	}
	return ""
}

// recordEnd finds the end of the first record, whose delimiter and line ends are
// not known yet. ok is false if the text may go on.
func recordEnd(text []byte, final bool) (end int, ok bool) {
	quoted := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quoted && c == '"' && i+1 < len(text) && text[i+1] == '"':
			i++
		case quoted:
			quoted = c != '"'
		case c == '"':
			quoted = i == 0 || bytes.IndexByte([]byte(",;\t|"), text[i-1]) >= 0
		case c == '\n':
			return i + 1, true
		case c == '\r':
			if i+1 < len(text) {
				if text[i+1] == '\n' {
					return i + 2, true
				}
				return i + 1, true
			}
			if !final {
				return 0, false
			}
			return i + 1, true
		}
	}
	return len(text), final && len(text) > 0
}
