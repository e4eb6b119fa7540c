package azureexport

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/opener"
)

// The names that Azure gives to what it delivers: EXPORT/20230901-20230930/RUN/part_0_0001.csv,
// where RUN may lie in a folder 202309150307 that says when it ran, and in the layouts before there
// were manifests EXPORT/20230901-20230930/EXPORT_RUN.csv.
var (
	periodName = regexp.MustCompile(`^\d{8}-\d{8}$`)
	runTime    = regexp.MustCompile(`^\d{12}$`)
	runName    = regexp.MustCompile(`(?i)^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$`)
	runFile    = regexp.MustCompile(`(?i)^(.+)_([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?:[_-]part.*)?\.(?:csv|parquet|snappy\.parquet)(?:\.gz)?$`)
)

// runByName finds the run of a file by the names of the file and of its folders. The
// export of such a run is the folder of its periods.
func runByName(name string) (r run, ok bool) {
	parts := strings.Split(strings.ReplaceAll(name, "\\", "/"), "/")
	n := len(parts)
	switch {
	case n > 3 && periodName.MatchString(parts[n-4]) && runTime.MatchString(parts[n-3]) && runName.MatchString(parts[n-2]):
		return run{export: strings.Join(parts[:n-4], "/"), from: parts[n-4], id: parts[n-2], submitted: parts[n-3]}, true
	case n > 2 && periodName.MatchString(parts[n-3]) && runName.MatchString(parts[n-2]):
		return run{export: strings.Join(parts[:n-3], "/"), from: parts[n-3], id: parts[n-2]}, true
	case n > 1 && periodName.MatchString(parts[n-2]):
		if m := runFile.FindStringSubmatch(parts[n-1]); m != nil {
			return run{export: strings.Join(append(parts[:n-2:n-2], m[1]), "/"), from: parts[n-2], id: m[2]}, true
		}
	}
	return r, false
}

// judgeByName adds a reason for every file of a run that is not to be read, where only names
// show which export a run is of. The folder may show which run is the newest. Where it does not,
// the largest is: each run holds the period from its first day, and times of files show when they
// were fetched, not when they were made. Exports of several subscriptions may have one name and one
// folder: only runs that have a subscription in common are runs of one export.
func judgeByName(runs []*delivery, files []source.File, reasons map[int]string) {
	runs = slices.DeleteFunc(slices.Clone(runs), func(d *delivery) bool { return d.fault != "" })
	if len(runs) < 2 {
		return
	}
	slices.SortStableFunc(runs, func(a, b *delivery) int {
		return cmp.Or(strings.Compare(b.submitted, a.submitted), cmp.Compare(b.size, a.size), strings.Compare(b.id, a.id))
	})
	type chosen struct {
		*delivery
		scope map[string]bool
	}
	var kept []chosen
	for _, d := range runs {
		scope := scopeOf(files[d.files[0]])
		at := slices.IndexFunc(kept, func(c chosen) bool { return share(c.scope, scope) })
		if at < 0 {
			kept = append(kept, chosen{d, scope})
			continue
		}
		reason := fmt.Sprintf("Run %s of the same Azure export and period is larger. No manifest says which run is newer, but each holds the period from its first day, so the largest is used.", kept[at].id)
		if kept[at].submitted > d.submitted {
			reason = fmt.Sprintf("Run %s of the same Azure export and period is newer, as its folder says, and is used.", kept[at].id)
		}
		for _, i := range d.files {
			reasons[i] = reason
		}
	}
}

func share(a, b map[string]bool) bool {
	for id := range a {
		if b[id] {
			return true
		}
	}
	return false
}

// scopeRecords is how many records of a file say which subscriptions it is about.
const scopeRecords = 2000

// scopeOf returns the subscriptions of the first records of a file, none if it cannot be read:
// then the import says so, or asks.
func scopeOf(f source.File) map[string]bool {
	ctx := context.Background() // bounded by scopeRecords
	l, err := opener.Look(ctx, f)
	if err != nil {
		return nil
	}
	defer func() { _ = l.Close() }() // it was only read
	h := l.Exact()
	if h == nil {
		return nil
	}
	s := newSchema(h.Names, h.Raw)
	column := s.at[fieldSubscriptionID]
	if column < 0 {
		var focus bool
		if column, focus = s.folded["subaccountid"]; !focus {
			return nil
		}
	}
	t, err := l.Table(ctx)
	if err != nil {
		return nil
	}
	scope := make(map[string]bool)
	for read := 0; read < scopeRecords; {
		b, err := t.Next(ctx)
		if err != nil {
			break
		}
		for row := range b.Rows {
			if id := b.Field(row, column); !finops.IsNull(id) {
				scope[lower(id)] = true
			}
		}
		read += b.Rows
		b.Release()
	}
	return scope
}
