package csvfile

import (
	"bytes"
	"context"
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// The encodings, as a dialect names them.
const (
	encodingUTF8    = "UTF-8"
	encodingBOM     = "UTF-8 with BOM"
	encodingUTF16LE = "UTF-16 little-endian"
	encodingUTF16BE = "UTF-16 big-endian"
	encodingANSI    = "Windows-1252"
	encodingMixed   = "UTF-8 mixed with Windows-1252"
)

// guessed is how many bytes show UTF-16 that has no byte order mark.
const guessed = 512

type readFunc func(ctx context.Context, dst []byte) (int, error)

// textReader turns the bytes of a file into UTF-8 text with LF or CRLF line ends.
type textReader struct {
	from     readFunc
	encoding string
	crOnly   bool // lone CR ends a line
	wasCR    bool // the last byte handed out was a CR that became LF

	raw     []byte // undecoded UTF-16, or the bytes read to find the BOM
	decoded []byte
	broken  int64 // halves of UTF-16 characters that became U+FFFD
	err     error
}

// detect reads the byte order mark; where there is none, the zero bytes show UTF-16.
func (t *textReader) detect(ctx context.Context) error {
	for len(t.raw) < guessed && t.err == nil {
		var buf [guessed]byte
		n, err := t.from(ctx, buf[:guessed-len(t.raw)])
		t.raw = append(t.raw, buf[:n]...)
		if err != nil && context.Cause(ctx) != nil {
			return context.Cause(ctx)
		}
		t.err = err
	}
	t.settle()
	return nil
}

// settle takes the encoding from the first bytes.
func (t *textReader) settle() {
	switch {
	case bytes.HasPrefix(t.raw, []byte("\xef\xbb\xbf")):
		t.encoding, t.raw = encodingBOM, t.raw[3:]
	case bytes.HasPrefix(t.raw, []byte("\xff\xfe")):
		t.encoding, t.raw = encodingUTF16LE, t.raw[2:]
	case bytes.HasPrefix(t.raw, []byte("\xfe\xff")):
		t.encoding, t.raw = encodingUTF16BE, t.raw[2:]
	default:
		if t.encoding = guessUTF16(t.raw); t.encoding == "" {
			t.encoding = encodingUTF8
		}
	}
}

func (t *textReader) read(ctx context.Context, dst []byte) (int, error) {
	n, err := t.readUTF8(ctx, dst)
	if t.crOnly {
		n = t.convertCR(dst[:n])
	}
	return n, err
}

func (t *textReader) readUTF8(ctx context.Context, dst []byte) (int, error) {
	if t.encoding == encodingUTF16LE || t.encoding == encodingUTF16BE {
		return t.readUTF16(ctx, dst)
	}
	if len(t.raw) > 0 {
		n := copy(dst, t.raw)
		t.raw = t.raw[n:]
		return n, nil
	}
	if t.err != nil {
		return 0, t.err
	}
	return t.from(ctx, dst)
}

func (t *textReader) readUTF16(ctx context.Context, dst []byte) (int, error) {
	for len(t.decoded) == 0 {
		if t.err != nil && len(t.raw) == 0 {
			return 0, t.err
		}
		if t.err != nil { // what was read to find the encoding is all there is
			t.decode(t.raw, true)
			continue
		}
		buf := make([]byte, 64<<10)
		kept := copy(buf, t.raw)
		n, err := t.from(ctx, buf[kept:])
		if err != nil && context.Cause(ctx) != nil {
			return 0, err
		}
		t.err = err
		t.decode(buf[:kept+n], errors.Is(err, io.EOF))
	}
	n := copy(dst, t.decoded)
	t.decoded = t.decoded[n:]
	return n, nil
}

// decode appends the characters of raw to decoded and keeps what is half a
// character. At the end of the file, half a character becomes U+FFFD.
func (t *textReader) decode(raw []byte, final bool) {
	unit := func(i int) rune {
		if t.encoding == encodingUTF16BE {
			return rune(raw[i])<<8 | rune(raw[i+1])
		}
		return rune(raw[i+1])<<8 | rune(raw[i])
	}
	out := t.decoded[:0]
	i := 0
	for i+2 <= len(raw) {
		r := unit(i)
		if !utf16.IsSurrogate(r) {
			out = utf8.AppendRune(out, r)
			i += 2
			continue
		}
		if i+4 > len(raw) && !final {
			break
		}
		both := rune(utf8.RuneError)
		if i+4 <= len(raw) {
			both = utf16.DecodeRune(r, unit(i+2))
		}
		out = utf8.AppendRune(out, both)
		if i += 2; both != utf8.RuneError {
			i += 2
		} else {
			t.broken++
		}
	}
	if final && i < len(raw) {
		out = utf8.AppendRune(out, utf8.RuneError)
		t.broken++
		i = len(raw)
	}
	t.raw = append([]byte(nil), raw[i:]...)
	t.decoded = out
}

// convertCR makes LF of CR and of CRLF, in place, and returns the new length.
func (t *textReader) convertCR(text []byte) int {
	w := 0
	for _, c := range text {
		switch {
		case c == '\r':
			text[w] = '\n'
			w++
		case c == '\n' && t.wasCR:
		default:
			text[w] = c
			w++
		}
		t.wasCR = c == '\r'
	}
	return w
}
