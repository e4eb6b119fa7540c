package jsonfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

const (
	chunkSize = 1 << 20
	maxRecord = 8 << 20 // bytes of one record
	maxText   = 4 << 10 // bytes kept of a reject
)

// The shapes of a file.
const (
	ShapeLines  = "one object per line"
	ShapeArray  = "an array of objects"
	ShapeStream = "objects one after the other"
)

type readFunc func(ctx context.Context, dst []byte) (int, error)

// splitter cuts text into records. It belongs to one goroutine.
type splitter struct {
	name  string
	read  readFunc
	limit int
	shape string

	buf   []byte
	pos   int
	line  int64 // of pos
	count int64 // objects met, for shapes other than lines
	ended bool
	done  bool // the closing bracket of an array was met
	err   error
}

// cut is the next record, or why it is none.
type cut struct {
	text   []byte // valid until the next call
	line   int64  // physical line (lines), or number of the record
	reason string
}

// more reads on; it answers false when there is nothing more to read.
func (s *splitter) more(ctx context.Context) (bool, error) {
	if s.ended || s.err != nil {
		return false, nil //nolint:nilerr // s.err is reported behind the records before it
	}
	if s.pos > 0 {
		s.buf = append(s.buf[:0], s.buf[s.pos:]...)
		s.pos = 0
	}
	size := len(s.buf)
	want := max(chunkSize, size)
	if cap(s.buf)-size < want {
		s.buf = append(make([]byte, 0, size+want), s.buf...)
	}
	n, err := s.read(ctx, s.buf[size:size+want])
	s.buf = s.buf[:size+n]
	switch {
	case errors.Is(err, io.EOF):
		s.ended = true
	case err != nil && context.Cause(ctx) != nil:
		return false, context.Cause(ctx)
	case err != nil:
		s.err = err
	}
	return true, nil
}

// settle finds the shape of the text.
func (s *splitter) settle(ctx context.Context) error {
	s.line = 1
	for {
		if len(s.buf) >= 3 || s.ended || s.err != nil {
			s.buf = bytes.TrimPrefix(s.buf, []byte("\xef\xbb\xbf"))
			break
		}
		if _, err := s.more(ctx); err != nil {
			return err
		}
	}
	for {
		s.space("")
		if s.pos < len(s.buf) {
			break
		}
		ok, err := s.more(ctx)
		if err != nil {
			return err
		}
		if !ok && s.err != nil {
			return s.err
		}
		if !ok {
			return finops.Errorf(finops.CodeInvalid, "%s is empty.", s.name)
		}
	}
	switch s.buf[s.pos] {
	case '[':
		s.shape = ShapeArray
		s.pos++
		return nil
	case '{':
		return s.settleObjects(ctx)
	}
	return finops.Errorf(finops.CodeInvalid, "%s does not begin with a JSON object or array.", s.name)
}

// settleObjects distinguishes objects that take one line each from objects over many lines.
func (s *splitter) settleObjects(ctx context.Context) error {
	s.shape = ShapeLines
	for {
		if i := bytes.IndexByte(s.buf[s.pos:], '\n'); i >= 0 {
			first := bytes.TrimSpace(s.buf[s.pos : s.pos+i])
			if string(first) == "{" || (len(first) > 0 && first[len(first)-1] == ',') {
				s.shape = ShapeStream
			}
			return nil
		}
		if len(s.buf)-s.pos > s.limit {
			return nil
		}
		ok, err := s.more(ctx)
		if err != nil {
			return err
		}
		if !ok {
			return nil
		}
	}
}

// next returns the next record. ok is false at the end, with the error that ended it
// (nil for the plain end).
func (s *splitter) next(ctx context.Context) (c cut, ok bool, err error) {
	if s.shape == ShapeLines {
		return s.nextLine(ctx)
	}
	return s.nextObject(ctx)
}

func (s *splitter) nextLine(ctx context.Context) (c cut, ok bool, err error) {
	from := 0
	for {
		if i := bytes.IndexByte(s.buf[s.pos+from:], '\n'); i >= 0 {
			if from+i > s.limit {
				return s.tooLong(ctx)
			}
			text := s.buf[s.pos : s.pos+from+i]
			s.pos += from + i + 1
			s.line++
			if len(bytes.TrimSpace(text)) == 0 {
				from = 0
				continue
			}
			return cut{text: text, line: s.line - 1}, true, nil
		}
		from = len(s.buf) - s.pos
		if from > s.limit {
			return s.tooLong(ctx)
		}
		more, err := s.more(ctx)
		if err != nil {
			return c, false, err
		}
		if more {
			continue
		}
		text := s.buf[s.pos:]
		s.pos = len(s.buf)
		if s.err != nil || len(bytes.TrimSpace(text)) == 0 {
			return c, false, s.err
		}
		return cut{text: text, line: s.line}, true, nil
	}
}

// tooLong rejects the line at pos and passes over the rest of it.
func (s *splitter) tooLong(ctx context.Context) (c cut, ok bool, err error) {
	c = cut{line: s.line, text: append([]byte(nil), s.buf[s.pos:min(len(s.buf), s.pos+maxText)]...),
		reason: fmt.Sprintf("The line is longer than %d KiB, which no record of a billing export is.", s.limit>>10)}
	for {
		if i := bytes.IndexByte(s.buf[s.pos:], '\n'); i >= 0 {
			s.pos += i + 1
			s.line++
			return c, true, nil
		}
		s.pos = len(s.buf)
		more, err := s.more(ctx)
		if err != nil {
			return c, false, err
		}
		if !more {
			return c, true, nil
		}
	}
}

// space passes over blanks and the given signs.
func (s *splitter) space(signs string) {
	for s.pos < len(s.buf) {
		switch c := s.buf[s.pos]; {
		case c == '\n':
			s.line++
		case c == ' ' || c == '\t' || c == '\r' || (signs != "" && c == signs[0]):
		default:
			return
		}
		s.pos++
	}
}

func (s *splitter) nextObject(ctx context.Context) (c cut, ok bool, err error) {
	for {
		s.space(",")
		if s.pos == len(s.buf) {
			more, err := s.more(ctx)
			if err != nil || more {
				if err != nil {
					return c, false, err
				}
				continue
			}
			if s.err == nil && s.shape == ShapeArray && !s.done {
				return c, false, finops.Errorf(finops.CodeCorrupt, "%s is cut off: the array that it holds is not closed. Export it again.", s.name)
			}
			return c, false, s.err
		}
		switch {
		case s.done:
			return c, false, finops.Errorf(finops.CodeCorrupt, "%s goes on behind the end of its array on line %d. Export it again.", s.name, s.line)
		case s.buf[s.pos] == ']' && s.shape == ShapeArray:
			s.done = true
			s.pos++
		case s.buf[s.pos] == '{':
			return s.object(ctx)
		default:
			return s.element(ctx)
		}
	}
}

// object cuts the object at pos.
func (s *splitter) object(ctx context.Context) (c cut, ok bool, err error) {
	var b balance
	for {
		end := b.find(s.buf[s.pos:])
		if end > 0 && end <= s.limit {
			c.text = s.buf[s.pos : s.pos+end]
			s.count++
			c.line = s.count
			s.line += int64(bytes.Count(c.text, []byte{'\n'}))
			s.pos += end
			return c, true, nil
		}
		if end > 0 || len(s.buf)-s.pos > s.limit {
			return c, false, finops.Errorf(finops.CodeCorrupt, "The object that begins on line %d of %s is longer than %d KiB; a bracket or a quote may be missing at its end.", s.line, s.name, s.limit>>10)
		}
		more, err := s.more(ctx)
		if err != nil {
			return c, false, err
		}
		if !more && s.err != nil {
			return c, false, s.err
		}
		if !more {
			return c, false, finops.Errorf(finops.CodeCorrupt, "%s is cut off in the middle of the object that begins on line %d. Export it again.", s.name, s.line)
		}
	}
}

// element rejects what stands between objects, up to the next comma, bracket or line.
func (s *splitter) element(ctx context.Context) (c cut, ok bool, err error) {
	line := s.line
	var text []byte
	for {
		end := bytes.IndexAny(s.buf[s.pos:], ",]\n{")
		if end == 0 && len(text) == 0 { // a sign that opens nothing
			end = 1
		}
		if end >= 0 {
			text = append(text, s.buf[s.pos:s.pos+end]...)
			s.line += int64(bytes.Count(s.buf[s.pos:s.pos+end], []byte{'\n'}))
			s.pos += end
			break
		}
		text = append(text, s.buf[s.pos:]...)
		text = text[:min(len(text), maxText)]
		s.pos = len(s.buf)
		more, err := s.more(ctx)
		if err != nil {
			return c, false, err
		}
		if !more {
			break
		}
	}
	s.count++
	return cut{text: text, line: s.count, reason: fmt.Sprintf("Line %d holds something that is no JSON object.", line)}, true, nil
}

// balance finds the end of an object over several calls with growing text.
type balance struct {
	at, depth int
	quoted    bool
}

func (b *balance) find(text []byte) int {
	for ; b.at < len(text); b.at++ {
		c := text[b.at]
		if b.quoted {
			switch c {
			case '\\':
				b.at++ // may step over the end; the next call goes on behind it
			case '"':
				b.quoted = false
			}
			continue
		}
		switch c {
		case '"':
			b.quoted = true
		case '{', '[':
			b.depth++
		case '}', ']':
			if b.depth--; b.depth <= 0 {
				return b.at + 1
			}
		}
	}
	return 0
}

// reject makes the list entry of a record that cannot be read.
func reject(c cut, reason string) source.Reject {
	text := bytes.TrimSpace(c.text)
	text = bytes.ToValidUTF8(text[:min(len(text), maxText)], nil)
	text = bytes.ReplaceAll(text, []byte{0}, nil)
	return source.Reject{Line: c.line, Reason: reason, Text: string(text)}
}
