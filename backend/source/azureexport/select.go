package azureexport

import (
	"cmp"
	"fmt"
	"path"
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
	files []int  // of the list that was given
	fault string // why the run is not complete: what its manifest lists and the folder has not
	size  int64  // bytes of its files
}

// Select keeps, of the runs of an export from one day on, the files of the newest complete
// one: an export of the month to date runs every day, and every run holds the month from
// its first day. The manifest.json beside the files says which belong together; without
// one, the names that Azure gives to folders and files do. Azure delivers its FOCUS exports
// in the same way, so that their runs are chosen here, too. Files that lie in no such folder
// are all kept; the order stays.
func (Source) Select(files []source.File) (keep []source.File, skipped []source.Skipped) {
	reasons, delivered := make(map[int]string), make(map[int]source.Delivery)
	listed, named := deliveries(files)
	for series, runs := range listed {
		judge(runs, reasons)
		deliver(series, runs, delivered, func(d *delivery) string { return d.to + " " + submittedAt(d).UTC().Format(time.RFC3339Nano) })
	}
	for series, runs := range named {
		refuseCut(runs, reasons)
		judgeByName(runs, files, reasons)
		deliver(series, runs, delivered, func(*delivery) string { return "" })
	}
	for i, f := range files {
		if reason := reasons[i]; reason != "" {
			skipped = append(skipped, source.Skipped{Path: f.Name(), Reason: reason})
		} else {
			f.Delivery = delivered[i]
			keep = append(keep, f)
		}
	}
	return keep, skipped
}

// deliver notes which files each run of an export delivered.
func deliver(series string, runs []*delivery, delivered map[int]source.Delivery, at func(*delivery) string) {
	for _, d := range runs {
		for _, i := range d.files {
			delivered[i] = source.Delivery{Series: "azure\x00" + series, ID: d.id, At: at(d)}
		}
	}
}

// place is a folder, on disk or inside an archive, with the runs of its manifests.
type place struct {
	runs  []*delivery
	sizes map[string]int64 // of its files, by name
}

// places reads folders, each once, and keeps an archive open as long as its files follow one
// another.
type places struct {
	known   map[string]*place
	archive string // path of the one that is open
	open    *folder
}

// of returns the folder that holds a file.
func (p *places) of(f source.File) *place {
	key := filepath.Dir(f.Path)
	if f.Entry != "" {
		key = f.Path + "\x00" + path.Dir(f.Entry)
	}
	if p.known[key] == nil {
		p.known[key] = p.read(f)
	}
	return p.known[key]
}

func (p *places) read(f source.File) *place {
	if f.Entry == "" {
		return placeOf(diskFolder(filepath.Dir(f.Path)), false)
	}
	if p.archive != f.Path {
		p.close()
		if d, ok := openFolder(f); ok {
			p.archive, p.open = f.Path, d
		}
	}
	if p.open == nil {
		return &place{}
	}
	p.open.dir = path.Dir(path.Clean(f.Entry))
	return placeOf(p.open, true)
}

func (p *places) close() {
	if p.open != nil {
		p.open.close()
	}
	p.archive, p.open = "", nil
}

// placeOf reads the manifests of a folder, and the sizes of its files where they are needed.
func placeOf(d *folder, sized bool) *place {
	p := &place{sizes: make(map[string]int64)}
	runs := d.runs()
	if len(runs) > 0 || sized {
		for _, name := range d.names() {
			p.sizes[name] = d.size(name)
		}
	}
	for _, r := range runs {
		p.runs = append(p.runs, &delivery{run: r, fault: r.faultOf(p.sizes)})
	}
	return p
}

// deliveries groups the runs of which files are given, by export and period: those that a
// manifest describes, and those that only names show.
func deliveries(files []source.File) (listed, named map[string][]*delivery) {
	listed, named = make(map[string][]*delivery), make(map[string][]*delivery)
	folders := places{known: make(map[string]*place)}
	defer folders.close()
	byName := make(map[string]*delivery)
	for i, f := range files {
		in := folders.of(f)
		d := in.listing(baseName(f))
		if d == nil {
			r, ok := runByName(f.Name())
			if !ok {
				continue
			}
			id := strings.Join([]string{r.export, r.from, r.id}, "\x00")
			if d = byName[id]; d == nil {
				d = &delivery{run: r}
				byName[id] = d
			}
		}
		if d.files = append(d.files, i); len(d.files) == 1 {
			groups := listed
			if d.dataset == "" {
				groups = named
			}
			group := strings.Join([]string{d.export, strings.ToLower(d.dataset), d.from}, "\x00")
			groups[group] = append(groups[group], d)
		}
		if d.size += f.Size; f.Entry != "" {
			d.size += in.sizes[baseName(f)] - f.Size
		}
	}
	return listed, named
}

// listing returns the run whose manifest lists a file, nil for none.
func (p *place) listing(name string) *delivery {
	for _, d := range p.runs {
		if d.lists(name) {
			return d
		}
	}
	return nil
}

// faultOf says which file of the run is not among those of a folder, or not all of it, ""
// if all are there.
func (r *run) faultOf(sizes map[string]int64) string {
	for _, b := range r.blobs {
		there, cut := false, false
		for name, size := range sizes {
			if b.is(name) {
				there = true
				cut = cut || (strings.EqualFold(name, b.name) && b.cut(size))
			}
		}
		switch {
		case !there:
			return b.name + ", which is not there"
		case cut:
			return fmt.Sprintf("%s with %d bytes, of which some are missing", b.name, b.bytes)
		}
	}
	return ""
}

// judge adds a reason for every file that is not to be read.
func judge(runs []*delivery, reasons map[int]string) {
	refuseCut(runs, reasons)
	// A run that reaches further into the month holds more of it, whenever it ran.
	slices.SortStableFunc(runs, func(a, b *delivery) int {
		return cmp.Or(strings.Compare(b.to, a.to), submittedAt(b).Compare(submittedAt(a)))
	})
	var chosen *delivery
	for _, d := range runs {
		switch {
		case d.fault != "":
		case chosen == nil:
			chosen = d
		default:
			for _, i := range d.files {
				reasons[i] = fmt.Sprintf("Run %s of the Azure export %s holds more of the period from %s, or is newer, and takes the place of this one.", chosen.id, d.name(), d.from)
			}
		}
	}
}

// refuseCut adds a reason for the files of runs that are not complete.
func refuseCut(runs []*delivery, reasons map[int]string) {
	for _, d := range runs {
		for _, i := range d.files {
			if d.fault != "" {
				reasons[i] = fmt.Sprintf("This run of the Azure export %s is not complete: its manifest lists %s. Fetch the folder again.", d.name(), d.fault)
			}
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
