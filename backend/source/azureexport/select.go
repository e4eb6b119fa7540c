package azureexport

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/source"
)

var _ source.Selector = Source{}

// delivery is a run of an export whose files are in one folder.
type delivery struct {
	run
	files   []int  // of the list that was given
	missing string // a file that the manifest lists and that is not there
}

// Select keeps, of the runs of an export from one day on, the files of the newest complete
// one: an export of the month to date runs every day, and every run holds the month from
// its first day. The manifest.json beside the files tells which belong together. Azure
// delivers its FOCUS exports in the same way, so that their runs are chosen here, too.
// Files that no manifest lists, and entries of archives, are all kept; the order stays.
func (Source) Select(files []source.File) (keep []source.File, skipped []source.Skipped) {
	reasons := make(map[int]string)
	for _, runs := range deliveries(files) {
		judge(runs, reasons)
	}
	for i, f := range files {
		if reason := reasons[i]; reason != "" {
			skipped = append(skipped, source.Skipped{Path: f.Name(), Reason: reason})
		} else {
			keep = append(keep, f)
		}
	}
	return keep, skipped
}

// deliveries groups the runs of which files are given, by export and period.
func deliveries(files []source.File) map[string][]*delivery {
	groups := make(map[string][]*delivery)
	folders := make(map[string][]*delivery)
	for i, f := range files {
		if f.Entry != "" {
			continue
		}
		dir := filepath.Dir(f.Path)
		known, met := folders[dir]
		if !met {
			d := diskFolder(dir)
			for _, r := range d.runs() {
				known = append(known, &delivery{run: r, missing: r.missingOf(d.names())})
			}
			folders[dir] = known
		}
		for _, d := range known {
			if !d.lists(baseName(f)) {
				continue
			}
			if d.files = append(d.files, i); len(d.files) == 1 {
				key := strings.Join([]string{d.export, strings.ToLower(d.dataset), d.from}, "\x00")
				groups[key] = append(groups[key], d)
			}
			break
		}
	}
	return groups
}

// missingOf returns a file of the run that is not among names, "" if all are.
func (r *run) missingOf(names []string) string {
	for _, blob := range r.blobs {
		if !slices.ContainsFunc(names, (&run{blobs: []string{blob}}).lists) {
			return blob
		}
	}
	return ""
}

// judge adds a reason for every file that is not to be read.
func judge(runs []*delivery, reasons map[int]string) {
	// A run that reaches further into the month holds more of it, whenever it ran.
	slices.SortStableFunc(runs, func(a, b *delivery) int {
		return cmp.Or(strings.Compare(b.to, a.to), submittedAt(b).Compare(submittedAt(a)))
	})
	var chosen *delivery
	for _, d := range runs {
		if d.missing == "" && chosen == nil {
			chosen = d
			continue
		}
		reason := fmt.Sprintf("This run of the Azure export %s is not complete: its manifest lists %s, which is not there. Fetch the folder again.", d.name(), d.missing)
		if d.missing == "" {
			reason = fmt.Sprintf("Run %s of the Azure export %s holds more of the period from %s, or is newer, and takes the place of this one.", chosen.id, d.name(), d.from)
		}
		for _, i := range d.files {
			reasons[i] = reason
		}
	}
}

// name is what a person calls the export: the last part of its id.
func (r *run) name() string { return r.export[strings.LastIndexByte(r.export, '/')+1:] }

// submittedAt is when a run was started; one that does not say counts as the oldest.
func submittedAt(d *delivery) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if at, err := time.Parse(layout, d.submitted); err == nil {
			return at
		}
	}
	return time.Time{}
}
