package csvfile

import (
	"bytes"
	"fmt"
	"slices"
	"unicode/utf8"

	"cloud-intelligence/backend/source"
)

// sampleSize is how much text behind the header is looked at before the first record is
// handed out: about what one block of the stream holds.
const sampleSize = 48 << 10

// ansiWarning is said of a file that was not written in UTF-8.
const ansiWarning = "The file holds text that is not UTF-8; it is read as Windows-1252, as Excel saves it in Western Europe and America. If names look wrong, save the file as \"CSV UTF-8\" and import it again."

// sample splits the text behind the header for a look at it.
func (p *parser) sample() *source.Batch {
	text := p.carry[:min(len(p.carry), sampleSize)]
	if !p.ended || len(text) < len(p.carry) {
		text = text[:bytes.LastIndexByte(text, '\n')+1]
	}
	q := newParser(nil)
	q.delim, q.width, q.ended, q.header = p.delim, p.width, true, p.header
	b := &source.Batch{Buf: slices.Clone(text), Bounds: make([]source.Bound, 0, len(text)/8), Columns: p.width}
	q.split(b)
	return b
}

// look completes the layout with what the first records say.
func (l *Layout) look(b *source.Batch, headerDecoded bool) {
	decoded, proper := headerDecoded, false
	bounds := b.Bounds
	if asciiPrefix(b.Buf) == len(b.Buf) {
		bounds = nil
	}
	for _, f := range bounds {
		text := b.Buf[f.Start:f.End]
		if asciiPrefix(text) == len(text) {
			continue
		}
		if _, cut := cutOff(text); utf8.Valid(text) || cut {
			proper = true
		} else {
			decoded = true
		}
	}
	if decoded {
		if l.Encoding == encodingUTF8 && !proper {
			l.Encoding = encodingANSI
		} else if l.Encoding == encodingUTF8 {
			l.Encoding = encodingMixed
		}
		l.Warnings = append(l.Warnings, ansiWarning)
	}
	l.DecimalComma = decimalComma(l, b)
}

// decimalComma finds out whether the numbers of the first records are spelled with a
// comma: in at least half of the lines there is one, and more columns have such numbers
// and none with a point than the other way round. It returns an example, "" if not.
func decimalComma(l *Layout, b *source.Batch) string {
	if l.Delimiter == ',' && bytes.IndexByte(b.Buf, '"') < 0 {
		return "" // a field holds no comma
	}
	type column struct{ comma, point int }
	columns := make([]column, b.Columns)
	example, lines := "", 0
	for row := range b.Rows {
		found := false
		for c := range columns {
			text := b.Field(row, c)
			if len(text) == 0 || text[0] > '9' {
				continue
			}
			switch commaNumber(text, l.Delimiter == ';') {
			case ',':
				columns[c].comma++
				if found = true; example == "" {
					example = fmt.Sprintf("%q in column %q", text, l.Names[c])
				}
			case '.':
				columns[c].point++
			}
		}
		if found {
			lines++
		}
	}
	commas, points := 0, 0
	for _, c := range columns {
		switch {
		case c.comma > 0 && c.point == 0:
			commas++
		case c.point > 0 && c.comma == 0:
			points++
		}
	}
	if 2*lines < b.Rows || commas <= points {
		return ""
	}
	return example
}

// commaNumber returns the decimal sign of a number with decimals; 0 for everything else. The
// comma of 1,234 separates thousands where the file does not say otherwise: between
// semicolons, with which spreadsheets separate where the comma is taken, it does.
func commaNumber(text []byte, semicolons bool) byte {
	text = bytes.TrimLeft(text, "-+")
	digits := func() (n int) {
		for n < len(text) && text[n] >= '0' && text[n] <= '9' {
			n++
		}
		return n
	}
	whole := digits()
	zero := whole > 0 && text[0] == '0'
	text = text[whole:]
	grouped := false
	for len(text) > 5 && whole <= 3 && text[0] == '.' && (text[4] == '.' || text[4] == ',') { // 1.234.567,8
		text = text[1:]
		if digits() != 3 {
			return 0
		}
		text, grouped = text[3:], true
	}
	if len(text) < 2 || whole == 0 || text[0] != '.' && text[0] != ',' {
		return 0
	}
	sign := text[0]
	text = text[1:]
	fraction := digits()
	if text = text[fraction:]; fraction == 0 || len(text) > 0 && text[0]|0x20 != 'e' || grouped && sign == '.' {
		return 0
	}
	if sign == ',' && fraction == 3 && whole <= 3 && !zero && !grouped && !semicolons {
		return 0
	}
	return sign
}
