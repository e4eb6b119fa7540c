package csvfile

import (
	"bytes"
	"unicode"
)

const (
	beginningSize = 64 << 10 // how much text is waited for where the first line leaves a question
	titleLines    = 40       // where the header is looked for
	nameMost      = 300      // bytes of the name of a column
	agreeLines    = 10       // how many records have a say in the delimiter
	settledLines  = 3        // how many records of its width make a header of a first line
)

// separatorHint reads the line with which Excel names the delimiter, "sep=;", also as
// Excel saves it again; 0 if the line is none.
func separatorHint(text []byte) byte {
	text = bytes.TrimPrefix(text, []byte{'"'})
	if len(text) < 5 || !bytes.EqualFold(text[:4], []byte("sep=")) {
		return 0
	}
	hint := text[4]
	if hint == '"' || hint >= 0x80 || unicode.IsLetter(rune(hint)) || unicode.IsDigit(rune(hint)) || len(bytes.Trim(text[5:], "\",;"+string(rune(hint)))) > 0 {
		return 0
	}
	return hint
}

// titleAbove returns where the header begins if text stands above the table, as the title of
// a report or the number of an invoice: 0 if nothing does. A first line of three names that
// the lines below it fit is a header; another one is a title only if more names stand
// together on a line below. The answer is not known while text may go on.
func titleAbove(text []byte, forced byte, enough bool) (at int, known bool) {
	end, ok := recordEnd(text, enough)
	if !ok || bytes.IndexByte([]byte("{[<"), text[0]) >= 0 {
		return 0, true
	}
	names, _ := filledFields(text[:end], forced)
	if names >= 3 {
		delim := delimiterIn(text[:end], forced)
		fit, other := agreeing(text[end:], delim, fieldsOf(text[:end], delim), settledLines, enough)
		if other == 0 && (enough || fit == settledLines) {
			return 0, true
		}
	}
	if !enough {
		return 0, false
	}
	best, place := names, 0
	for range titleLines {
		next := end + blankLines(text[end:])
		length, ok := recordEnd(text[next:], true)
		if !ok {
			break
		}
		line := text[next : next+length]
		if n, named := filledFields(line, forced); named && n > best && goesOn(text[next+length:], n, delimiterIn(line, forced)) {
			best, place = n, next
		}
		end = next + length
	}
	return place, true
}

// goesOn reports whether a record of at least so many fields follows.
func goesOn(text []byte, fields int, delim byte) bool {
	text = text[blankLines(text):]
	end, ok := recordEnd(text, true)
	if !ok {
		return false
	}
	var r record
	_, how := slowRecord(text[:end], 0, delim, 0, true, &r)
	return how == complete && r.count >= fields
}

func delimiterIn(line []byte, forced byte) byte {
	if forced != 0 {
		return forced
	}
	return detectDelimiter(line)
}

// filledFields counts the fields of a line that are not blank. named says that each of them
// may be the name of a column: it has a letter and is not long, and few of them have digits.
func filledFields(line []byte, forced byte) (filled int, named bool) {
	var r record
	if _, how := slowRecord(line, 0, delimiterIn(line, forced), maxColumns, true, &r); how != complete {
		return 0, false
	}
	named = true
	digits := 0
	for _, f := range r.fields {
		text := bytes.TrimSpace(line[f.Start:f.End])
		if len(text) == 0 {
			continue
		}
		filled++
		if bytes.ContainsAny(text, "0123456789") {
			digits++
		}
		named = named && len(text) <= nameMost && bytes.ContainsFunc([]byte(toText(text)), unicode.IsLetter)
	}
	return filled, named && 2*digits <= filled
}

// delimiterOf finds the delimiter of a header: the one that occurs most often in it. Where
// others occur too, the one that gives most of the records below as many fields goes first.
// The answer is not known while more text may have a say.
func delimiterOf(head, below []byte, enough bool) (delim byte, known bool) {
	best, agreed := detectDelimiter(head), -1
	others := 0
	for _, d := range []byte(",;\t|") {
		if width := fieldsOf(head, d); width > 1 {
			others++
			if n, _ := agreeing(below, d, width, agreeLines, true); n > agreed || n == agreed && d == detectDelimiter(head) {
				delim, agreed = d, n
			}
		}
	}
	if others < 2 {
		return best, true
	}
	return delim, enough
}

func fieldsOf(line []byte, delim byte) int {
	var r record
	if _, how := slowRecord(line, 0, delim, 0, true, &r); how != complete {
		return 0
	}
	return r.count
}

// agreeing counts those of the first records that have as many fields, and the others.
func agreeing(text []byte, delim byte, width, most int, final bool) (n, other int) {
	for range most {
		text = text[blankLines(text):]
		end, ok := recordEnd(text, final)
		if !ok {
			return n, other
		}
		if fieldsOf(text[:end], delim) == width {
			n++
		} else {
			other++
		}
		text = text[end:]
	}
	return n, other
}
