package awscur

import (
	"cmp"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/source"
)

// delivery is what AWS wrote of one report at one time for one billing period: the data
// files of a legacy assembly, of an execution of a Data Export, or those that a report
// made with "overwrite" has now.
type delivery struct {
	place    place
	id       string // assemblyId, or executionId
	stamp    string // orders the deliveries of a bill: the time in the folder's name, else of the newest file
	files    []int  // of the list that was given
	month    string // of the bill, once chosen
	manifest *ManifestFile
	missing  string // a data file that the manifest lists and that is not there
}

// bill is what one report says of one billing period, in all its deliveries.
type bill struct {
	key   string
	name  string // of the billing period
	two   bool   // Data Exports
	known bool   // a manifest says something of it
	named string // the delivery that the manifest of the whole period names
	all   []*delivery
}

const twoPrefix = "BILLING_PERIOD="

var (
	legacyPeriod = regexp.MustCompile(`^\d{8}-\d{8}$`)
	twoPeriod    = regexp.MustCompile(`^BILLING_PERIOD=\d{4}-\d{2}$`)
	// execution is a time and an id. Colons are spelled in other ways where a file system has none.
	execution = regexp.MustCompile(`^(\d{4}-?\d{2}-?\d{2}T\d{2}(?:%3A|\D)?\d{2}(?:%3A|\D)?\d{2}(?:\.\d+)?Z)-(.+)$`)
)

// SelectAssemblies keeps, of files in the folders that AWS delivers reports in, those of
// the newest complete delivery of each billing period: AWS writes a report anew several
// times a day, and every delivery holds the whole month. Manifests say which files belong
// to which delivery; they are looked for beside the files, one folder above, and where
// Data Exports and reports for Athena keep them, on disk as in archives. Where the
// manifest of the period names a delivery that is complete, it is the one. Files that no
// manifest concerns are all kept, but for executions of a Data Export, whose folders say
// which is the latest. The order stays.
func SelectAssemblies(files []source.File) (keep []source.File, skipped []source.Skipped) {
	s := &selection{files: files, shelves: newShelves(), reasons: map[int]string{}, bills: map[string]*bill{}, delivered: map[int]source.Delivery{}}
	s.sort()
	for _, key := range s.order {
		s.judge(s.bills[key])
	}
	s.judgeReports()
	for i, f := range files {
		if reason := s.reasons[i]; reason != "" {
			skipped = append(skipped, source.Skipped{Path: f.Name(), Reason: reason})
		} else {
			f.Delivery = s.delivered[i]
			keep = append(keep, f)
		}
	}
	return keep, skipped
}

// selection is the work of SelectAssemblies.
type selection struct {
	files   []source.File
	shelves *shelves
	reasons map[int]string // why a file is not kept
	bills   map[string]*bill
	order   []string
	chosen  []*delivery

	delivered map[int]source.Delivery // of the files of the chosen deliveries
}

// sort puts the files into deliveries, and those into bills.
func (s *selection) sort() {
	places := map[place][]int{}
	var order []place
	for i, f := range s.files {
		p := s.placeOf(f)
		if places[p] == nil {
			order = append(order, p)
		}
		places[p] = append(places[p], i)
	}
	for _, p := range order {
		s.sortPlace(p, places)
	}
}

// placeOf is the folder of a file. A report of AWS may be a .zip with one entry: only an
// archive with manifests in it has folders of its own.
func (s *selection) placeOf(f source.File) place {
	if f.Entry != "" && s.shelves.hasManifests(f.Path) {
		return place{f.Path, f.Entry}.up(1)
	}
	return place{folder: filepath.Dir(f.Path)}
}

// nameOf is the name under which a manifest lists a file.
func (s *selection) nameOf(i int, p place) string {
	if p.archive != "" {
		return place{p.archive, s.files[i].Entry}.base()
	}
	return filepath.Base(s.files[i].Path)
}

// sortPlace finds the deliveries in one folder.
func (s *selection) sortPlace(p place, places map[place][]int) {
	left := places[p]
	id, stamp := deliveryID(p), ""
	if m := execution.FindStringSubmatch(p.base()); m != nil {
		stamp = m[1]
	}
	own, above := s.near(p)
	for _, m := range slices.Concat(own, above) {
		if m.Assembly == id { // the folder of one delivery holds nothing else
			s.add(s.billOf(m, p.up(1)), &delivery{place: p, id: id, stamp: stamp, manifest: m, files: left})
			return
		}
	}
	for _, m := range own {
		if len(places[p.down(m.Assembly)]) == 0 && s.flat(m, p) {
			d := &delivery{place: p, id: m.Assembly, manifest: m}
			d.files, left = s.claim(m, p, left)
			s.add(s.billOf(m, p), d)
		}
	}
	period := p.up(1)
	if len(left) > 0 && (legacyPeriod.MatchString(period.base()) || twoPeriod.MatchString(period.base()) && stamp != "") {
		b := s.bareBill(period, above)
		b.two = b.two || stamp != ""
		b.all = append(b.all, &delivery{place: p, id: id, stamp: stamp, files: left})
	}
}

// flat reports whether a manifest concerns data files that lie in a folder itself: one of
// them is there, and AWS has not put it into the folder of an assembly that is there.
func (s *selection) flat(m *ManifestFile, p place) bool {
	for _, name := range m.baseNames() {
		for _, e := range s.shelves.list(p) {
			if e.name == name || unpackedName(e.name) == unpackedName(name) {
				return true
			}
		}
	}
	return false
}

// add puts a delivery that has a manifest into its bill.
func (s *selection) add(b *bill, d *delivery) {
	s.leave(d)
	if len(d.files) > 0 {
		b.all = append(b.all, d)
	}
}

// billOf finds the bill that a manifest names. The folder of the period, where it is one
// of AWS, says which month that is; reports of one name are distinguished by their account,
// or by the folder where the manifest names none.
func (s *selection) billOf(m *ManifestFile, period place) *bill {
	name := cmp.Or(monthOf(period), m.month())
	key := []string{m.Version, m.Account, m.View, m.Report, name}
	if m.Account == "" && !strings.HasPrefix(m.Report, "arn:") {
		key = append(key, period.archive, period.folder)
	}
	b := s.bill(strings.Join(key, "\x00"), cmp.Or(name, period.base()))
	b.known, b.two = true, m.Version == "2.0"
	return b
}

func (s *selection) bill(key, name string) *bill {
	b := s.bills[key]
	if b == nil {
		b = &bill{key: key, name: name}
		s.bills[key] = b
		s.order = append(s.order, key)
	}
	return b
}

// bareBill finds the bill of a delivery that no manifest names: the one that manifests of
// the period's folder, or of a delivery beside it, name, else one of its own.
func (s *selection) bareBill(period place, manifests []*ManifestFile) *bill {
	for _, folder := range s.shelves.folders(period) {
		manifests = slices.Concat(manifests, s.shelves.manifests(folder))
	}
	for _, m := range manifests {
		return s.billOf(m, period)
	}
	return s.bill("\x00"+period.archive+"\x00"+period.folder, monthOf(period))
}

// monthOf is the billing period that the folder of a period names; "" for other folders.
func monthOf(p place) string {
	switch name := p.base(); {
	case legacyPeriod.MatchString(name):
		return name
	case twoPeriod.MatchString(name):
		return strings.TrimPrefix(name, twoPrefix)
	case athenaMonth.MatchString(name):
		for _, twin := range athena(p) {
			return twin.base()
		}
	}
	return ""
}

// judge adds a reason for every file of a bill that is not to be read.
func (s *selection) judge(b *bill) {
	if !b.known && !b.two {
		return
	}
	for _, d := range b.all {
		s.inspect(d)
	}
	slices.SortStableFunc(b.all, func(x, y *delivery) int { return strings.Compare(y.stamp, x.stamp) })
	var chosen *delivery
	for _, d := range b.all {
		complete := d.missing == "" && (d.manifest != nil || !b.known)
		if complete && (chosen == nil || d.id == b.named && chosen.id != b.named) {
			chosen = d
		}
	}
	if chosen != nil && chosen.manifest != nil {
		chosen.month = b.name
		s.chosen = append(s.chosen, chosen)
	}
	for _, d := range b.all {
		if d != chosen {
			s.skip(d, b.reason(d, chosen))
		}
	}
	if chosen != nil {
		s.deliver(b, chosen)
	}
}

// deliver notes which files were delivered together. Only the folder of an execution says when
// that was: the time of a file is often that of its download.
func (s *selection) deliver(b *bill, d *delivery) {
	made := source.Delivery{Series: "aws\x00" + b.key, ID: d.id}
	if m := execution.FindStringSubmatch(d.place.base()); m != nil {
		made.At = strings.NewReplacer("-", "", "%3A", "", ":", "", "_", "").Replace(m[1])
	}
	for _, i := range d.files {
		s.delivered[i] = made
	}
}

func (s *selection) skip(d *delivery, reason string) {
	for _, i := range d.files {
		s.reasons[i] = reason
	}
}

func (b *bill) reason(d, chosen *delivery) string {
	switch {
	case d.missing != "":
		return fmt.Sprintf("This delivery of the bill of %s is not complete: its manifest lists %s, which is not there. Fetch the folder again.", b.name, d.missing)
	case d.manifest == nil && chosen == nil:
		return fmt.Sprintf("No manifest names this delivery of the bill of %s, so nobody knows whether it is complete. Fetch it again with its manifest.", b.name)
	case d.manifest == nil && b.known:
		return fmt.Sprintf("No manifest names this delivery of the bill of %s; delivery %s holds the whole bill.", b.name, chosen.id)
	case d.id == chosen.id:
		return fmt.Sprintf("This is a copy of delivery %s of the bill of %s, which is read from another folder.", d.id, b.name)
	}
	return fmt.Sprintf("This is an older delivery of the bill of %s; delivery %s holds the whole bill and takes its place.", b.name, chosen.id)
}

// inspect finds whether the files of a delivery are there, and how new it is.
func (s *selection) inspect(d *delivery) {
	there := map[string]bool{}
	newest := ""
	for _, e := range s.shelves.list(d.place) {
		there[unpackedName(e.name)] = true
		newest = max(newest, e.stamp)
	}
	if d.manifest != nil {
		for _, name := range d.manifest.baseNames() {
			if !there[unpackedName(name)] {
				d.missing = name
				break
			}
		}
	}
	if d.stamp == "" {
		d.stamp = newest
	}
}

// judgeReports keeps one of several legacy reports of one account and month: they hold the
// same bill, as CSV and as Parquet, or by the hour and by the day. Data Exports are made
// with queries of their own and may hold anything.
func (s *selection) judgeReports() {
	best := map[string]*delivery{}
	key := func(d *delivery) string {
		if m := d.manifest; m.Version == "legacy" && m.Account != "" && d.month != "" {
			return m.Account + "\x00" + m.View + "\x00" + d.month
		}
		return ""
	}
	better := func(a, b *delivery) bool {
		order := cmp.Or(cmp.Compare(len(a.manifest.Columns), len(b.manifest.Columns)), strings.Compare(a.stamp, b.stamp), -strings.Compare(a.manifest.Report, b.manifest.Report))
		return order > 0
	}
	for _, d := range s.chosen {
		if k := key(d); k != "" && (best[k] == nil || better(d, best[k])) {
			best[k] = d
		}
	}
	for _, d := range s.chosen {
		if b := best[key(d)]; b != nil && b != d {
			s.skip(d, fmt.Sprintf("The report %s is of the same account and month as the report %s, which is read: both hold the whole bill.", d.manifest.Report, b.manifest.Report))
		}
	}
}
