package gcsexport

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/source"
)

// monthOf finds the month in a key: 2026-11, 202611, 2026/11, also within a day such as 20261103.
var monthOf = regexp.MustCompile(`(?:^|[^0-9])(20\d\d)[-_/]?(0[1-9]|1[0-2])(?:[-_/]?(?:0[1-9]|[12]\d|3[01]))?(?:[^0-9]|$)`)

// place finds the export and the month that a key belongs to. A folder with a month goes before a file
// name with one: files are named after the moment when they were written.
func place(key string) (dataSet, month string) {
	folder, file := path.Split(key)
	text, isFile := folder, false
	at := monthOf.FindStringSubmatchIndex(folder)
	if at == nil {
		text, isFile = file, true
		at = monthOf.FindStringSubmatchIndex(file)
	}
	if at == nil {
		return strings.Trim(folder, "/"), ""
	}
	month = text[at[2]:at[3]] + "-" + text[at[4]:at[5]]
	if isFile { // billing-2026-11.csv
		return strings.Trim(path.Join(folder, strings.TrimRight(file[:at[2]], "-_. ")), "/"), month
	}
	before, after := folder[:at[2]], folder[at[1]:]
	if cut := strings.LastIndexByte(before, '/'); cut >= 0 { // invoice_month=2026-11
		before = before[:cut]
	} else {
		before = ""
	}
	if folder[at[1]-1] != '/' {
		_, after, _ = strings.Cut(after, "/")
	}
	return strings.Trim(path.Join(before, after), "/"), month
}

// endings are those of files that hold bills.
var endings = []string{".csv", ".parquet", ".json", ".jsonl", ".ndjson", ".csv.gz", ".json.gz", ".jsonl.gz", ".ndjson.gz", ".csv.zip", ".zip", ".gz"}

func isBill(key string) bool {
	name := strings.ToLower(path.Base(key))
	return !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "_") && slices.ContainsFunc(endings, func(end string) bool { return strings.HasSuffix(name, end) })
}

// settleTime is how old the youngest file of a month must be: BigQuery writes the files of an export one
// after the other, and nothing says which is the last.
const settleTime = 10 * time.Minute

// month is what of a bucket belongs together.
type month struct {
	dataSet, month string
	objects        []source.Object
	writing        bool // a file is too young
}

// months puts the files of a bucket together.
func (c *connection) months(all map[string]source.Entry) []month {
	byName := map[[2]string]*month{}
	for key, e := range all {
		if !isBill(key) {
			continue
		}
		dataSet, name := place(strings.TrimPrefix(key, c.prefix))
		if dataSet == "" {
			dataSet = cmp.Or(strings.Trim(c.prefix, "/"), c.bucket)
		}
		if c.exports != nil && !c.exports[dataSet] && !c.exports[path.Base(dataSet)] {
			continue
		}
		id := [2]string{dataSet, name}
		if byName[id] == nil {
			byName[id] = &month{dataSet: dataSet, month: name}
		}
		m := byName[id]
		m.objects = append(m.objects, source.Object{Key: key, Size: e.Size, Version: e.Version, DataSet: dataSet, Month: name})
		m.writing = m.writing || c.now().Sub(e.Modified) < settleTime
	}
	list := make([]month, 0, len(byName))
	for _, m := range byName {
		slices.SortFunc(m.objects, func(a, b source.Object) int { return cmp.Compare(a.Key, b.Key) })
		list = append(list, *m)
	}
	slices.SortFunc(list, func(a, b month) int {
		return cmp.Or(cmp.Compare(a.dataSet, b.dataSet), cmp.Compare(a.month, b.month))
	})
	return list
}
