package awscur

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// near returns the manifests that may concern the data files of a folder: those of the
// folder itself, and those of the period above it or of its twin.
func (s *selection) near(p place) (own, above []*ManifestFile) {
	own = s.periodManifests(p)
	for _, m := range own {
		if m.Assembly != deliveryID(p) { // or it is a copy in the folder of the delivery
			s.billOf(m, p).named = m.Assembly
		}
	}
	above = s.periodManifests(p.up(1))
	for _, m := range above {
		s.billOf(m, p.up(1)).named = m.Assembly
	}
	if twin, ok := metadata(p.up(1)); ok {
		above = slices.Concat(above, s.shelves.manifests(twin.down(p.base())))
	}
	return own, above
}

// deliveryID is the assemblyId or executionId in the name of a folder.
func deliveryID(p place) string {
	if m := execution.FindStringSubmatch(p.base()); m != nil {
		return m[2]
	}
	return p.base()
}

// periodManifests are the manifests of a billing period whose folder this is.
func (s *selection) periodManifests(p place) []*ManifestFile {
	all := s.shelves.manifests(p)
	if twin, ok := metadata(p); ok {
		all = slices.Concat(all, s.shelves.manifests(twin))
	}
	for _, twin := range athena(p) {
		all = slices.Concat(all, s.shelves.manifests(twin))
	}
	return all
}

// metadata is the twin of …/data/BILLING_PERIOD=…: …/metadata/BILLING_PERIOD=….
func metadata(p place) (twin place, ok bool) {
	if !twoPeriod.MatchString(p.base()) {
		return p, false
	}
	return p.up(2).down("metadata", p.base()), true
}

var athenaMonth = regexp.MustCompile(`^month=(\d{1,2})$`)

// athena finds the manifests of a report that was made for Athena: its data lie in
// …/report/report/year=2026/month=4/, its manifests in …/report/20260401-20260501/.
func athena(p place) (twins []place) {
	month, year := athenaMonth.FindStringSubmatch(p.base()), strings.TrimPrefix(p.up(1).base(), "year=")
	if month == nil {
		return nil
	}
	first, err := time.Parse("2006-1", year+"-"+strings.TrimPrefix(month[1], "0"))
	if err != nil {
		return nil
	}
	name := fmt.Sprintf("%s-%s", first.Format("20060102"), first.AddDate(0, 1, 0).Format("20060102"))
	return []place{p.up(3).down(name), p.up(2).down(name)}
}

// claim takes the files of a folder that a manifest lists, packed or unpacked, and in the
// folders of AWS those named like them; it returns the others.
func (s *selection) claim(m *ManifestFile, p place, files []int) (mine, left []int) {
	parts, stems := map[string]bool{}, map[string]bool{}
	for _, name := range m.baseNames() {
		parts[unpackedName(name)] = true
		stems[stemOf(name)] = legacyPeriod.MatchString(p.base()) || twoPeriod.MatchString(p.base()) || athenaMonth.MatchString(p.base())
	}
	for _, i := range files {
		if name := s.nameOf(i, p); parts[unpackedName(name)] || stems[stemOf(name)] {
			mine = append(mine, i)
		} else {
			left = append(left, i)
		}
	}
	return mine, left
}

// leave gives a reason for the files of a folder that a delivery does not need: parts of
// an earlier one that has been overwritten, and unpacked copies of its own parts.
func (s *selection) leave(d *delivery) {
	exact, unpacked, stems := map[string]bool{}, map[string]string{}, map[string]bool{}
	for _, name := range d.manifest.baseNames() {
		exact[name], unpacked[unpackedName(name)], stems[stemOf(name)] = true, name, true
	}
	present := map[string]bool{}
	for _, e := range s.shelves.list(d.place) {
		present[e.name] = true
	}
	var kept []int
	taken := map[string]bool{}
	for _, i := range d.files {
		name := s.nameOf(i, d.place)
		part := unpacked[unpackedName(name)]
		switch {
		case exact[name]:
		case part != "" && (present[part] || taken[part]):
			s.reasons[i] = fmt.Sprintf("This is another form of %s, which is in the same folder.", part)
			continue
		case part != "":
			taken[part] = true
		case stems[stemOf(name)]:
			s.reasons[i] = fmt.Sprintf("The manifest of delivery %s does not list this file: it is left over from an earlier delivery.", d.id)
			continue
		}
		kept = append(kept, i)
	}
	d.files = kept
}

// unpackedName is the name of a data file without the ending of its packing.
func unpackedName(name string) string {
	for _, ending := range []string{".gz", ".zip"} {
		if rest, ok := strings.CutSuffix(name, ending); ok {
			return rest
		}
	}
	return name
}

var partNumber = regexp.MustCompile(`\d+(\.[a-z.]+)$`)

// stemOf is what the names of the parts of one report have in common:
// report-00001.csv.gz and report-00002.csv.gz.
func stemOf(name string) string { return partNumber.ReplaceAllString(unpackedName(name), "#$1") }
