package awscur

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/source"
)

// delivery is one folder of data files that AWS wrote at one time for one billing
// period: a legacy assembly, or an execution of a Data Export.
type delivery struct {
	folder   string
	id       string // assemblyId, or executionId
	stamp    string // orders the deliveries of a period: the time in the folder's name, else of its newest file
	files    []int  // of the list that was given
	manifest *ManifestFile
	missing  string // a data file that the manifest lists and that is not there
}

// period is the folder of one billing period of one report.
type period struct {
	folder, name string
	two          bool // CUR 2.0
	deliveries   map[string]*delivery
	order        []*delivery
}

var (
	legacyPeriod = regexp.MustCompile(`^\d{8}-\d{8}$`)
	twoPeriod    = regexp.MustCompile(`^BILLING_PERIOD=\d{4}-\d{2}$`)
	execution    = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}T\d{2}.\d{2}.\d{2}(?:\.\d+)?Z)-(.+)$`)
)

// SelectAssemblies keeps, of files in the folders that AWS delivers reports in, those of
// the newest complete delivery of each billing period: AWS writes a report anew several
// times a day, and every delivery holds the whole month. A legacy report lies in
// …/YYYYMMDD-YYYYMMDD/assemblyId/, one of Data Exports in
// …/data/BILLING_PERIOD=YYYY-MM/time-executionId/. The manifests say which files a
// delivery has; a legacy folder without any manifest is left alone. Where the manifest of
// the period names a delivery that is complete, it is the one. Files elsewhere, and
// entries of archives, are all kept, and the order stays.
func SelectAssemblies(files []source.File) (keep []source.File, skipped []source.Skipped) {
	reasons := make(map[int]string)
	for _, p := range periods(files) {
		p.judge(reasons)
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

// periods sorts the files by period and delivery.
func periods(files []source.File) []*period {
	var all []*period
	byFolder := make(map[string]*period)
	for i, f := range files {
		folder := filepath.Dir(f.Path)
		above := filepath.Dir(folder)
		name := filepath.Base(above)
		two := twoPeriod.MatchString(name)
		d := &delivery{folder: folder, id: filepath.Base(folder)}
		switch m := execution.FindStringSubmatch(d.id); {
		case two && m != nil:
			d.stamp, d.id = m[1], m[2]
		case two, !legacyPeriod.MatchString(name):
			continue
		}
		p := byFolder[above]
		if p == nil {
			p = &period{folder: above, name: strings.TrimPrefix(name, "BILLING_PERIOD="), two: two, deliveries: make(map[string]*delivery)}
			byFolder[above] = p
			all = append(all, p)
		}
		if known := p.deliveries[folder]; known != nil {
			d = known
		} else {
			p.deliveries[folder] = d
			p.order = append(p.order, d)
		}
		d.files = append(d.files, i)
	}
	return all
}

// judge adds a reason for every file that is not to be read.
func (p *period) judge(reasons map[int]string) {
	manifests, named := p.manifests()
	if len(manifests) == 0 && !p.two {
		return
	}
	for _, d := range p.order {
		d.inspect(manifests)
	}
	slices.SortStableFunc(p.order, func(a, b *delivery) int { return strings.Compare(b.stamp, a.stamp) })
	var chosen *delivery
	for _, d := range p.order {
		complete := d.missing == "" && (d.manifest != nil || len(manifests) == 0)
		if complete && (chosen == nil || d.id == named) {
			chosen = d
		}
	}
	for _, d := range p.order {
		if d == chosen {
			continue
		}
		reason := p.reason(d, chosen)
		for _, i := range d.files {
			reasons[i] = reason
		}
	}
}

func (p *period) reason(d, chosen *delivery) string {
	switch {
	case d.missing != "":
		return fmt.Sprintf("This delivery of the bill of %s is not complete: its manifest lists %s, which is not there. Fetch the folder again.", p.name, d.missing)
	case d.manifest == nil && chosen == nil:
		return fmt.Sprintf("No manifest names this delivery of the bill of %s, so nobody knows whether it is complete. Fetch it again with its manifest.", p.name)
	case d.manifest == nil:
		return fmt.Sprintf("No manifest names this delivery of the bill of %s; delivery %s holds the whole bill.", p.name, chosen.id)
	}
	return fmt.Sprintf("This is an older delivery of the bill of %s; delivery %s holds the whole bill and takes its place.", p.name, chosen.id)
}

// manifests reads what is known of the deliveries of the period, by their id, and which
// of them the manifest of the whole period names.
func (p *period) manifests() (all map[string]*ManifestFile, named string) {
	all = make(map[string]*ManifestFile)
	top := p.folder
	if p.two { // …/data/BILLING_PERIOD=… has its twin …/metadata/BILLING_PERIOD=…
		top = filepath.Join(filepath.Dir(filepath.Dir(p.folder)), "metadata", filepath.Base(p.folder))
	}
	for _, m := range manifestsIn(top) {
		all[m.Assembly], named = m, m.Assembly
	}
	folders := []string{}
	for _, d := range p.order {
		folders = append(folders, d.folder)
		if p.two {
			folders = append(folders, filepath.Join(top, filepath.Base(d.folder)))
		}
	}
	for _, folder := range folders {
		for _, m := range manifestsIn(folder) {
			all[m.Assembly] = m
		}
	}
	return all, named
}

// manifestsIn reads the manifests of a folder. What is no manifest, or cannot be read, is
// as good as not there: the delivery then counts as one without.
func manifestsIn(folder string) (all []*ManifestFile) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(strings.ToLower(e.Name()), "manifest.json") {
			continue
		}
		if m, err := Manifest(context.Background(), filepath.Join(folder, e.Name())); err == nil {
			all = append(all, &m)
		}
	}
	return all
}

// inspect finds the manifest of the delivery, whether its files are there, and how new
// it is.
func (d *delivery) inspect(manifests map[string]*ManifestFile) {
	d.manifest = manifests[d.id]
	if d.manifest != nil {
		for _, name := range d.manifest.baseNames() {
			if _, err := os.Stat(filepath.Join(d.folder, name)); err != nil {
				d.missing = name
				break
			}
		}
	}
	if d.stamp != "" {
		return
	}
	entries, err := os.ReadDir(d.folder)
	if err != nil {
		return // without a time it counts as the oldest
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			if stamp := info.ModTime().UTC().Format("2006-01-02T15:04:05.000000000Z"); stamp > d.stamp {
				d.stamp = stamp
			}
		}
	}
}
