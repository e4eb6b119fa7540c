package awscur

import "strings"

// region is where a charge came up.
type region struct{ id, name, zone string }

// regionOf finds the region by its code, else by the availability zone, which is the
// region itself for services without zones, else by the name of the place.
func regionOf(code, zone, location string) (r region) {
	if isZone(zone) {
		r.zone = zone
	}
	r.id = code
	if r.id == "" && zone != "" {
		r.id = zone
		if r.zone != "" {
			r.id = regionOfZone(zone)
		}
	}
	if r.id == "" {
		r.id = regionCodes[location]
	}
	switch name := regionNames[r.id]; {
	case name != "":
		r.name = name
	case r.id != "" && location != "" && regionCodes[location] == "" && location != "Any" && location != "External":
		r.name = location
	default:
		r.name = r.id // FOCUS wants a name where there is an id
	}
	return r
}

// isZone reports whether this is a zone (us-east-1a, us-west-2-lax-1a,
// us-east-1-wl1-bos-wlz-1) rather than a region (us-east-1, us-west-2-lax-1).
func isZone(zone string) bool {
	n := len(zone)
	return strings.Contains(zone, wavelength) ||
		n > 1 && zone[n-1] >= 'a' && zone[n-1] <= 'z' && zone[n-2] >= '0' && zone[n-2] <= '9' && strings.Contains(zone, "-")
}

const wavelength = "-wlz-"

// regionOfZone is the region of a zone; a local zone is priced as a region of its own, a
// zone of Wavelength belongs to the region that its name begins with.
func regionOfZone(zone string) string {
	if strings.Contains(zone, wavelength) {
		parts := strings.SplitN(zone, "-", 4)
		return strings.Join(parts[:3], "-")
	}
	return zone[:len(zone)-1]
}

var regionCodes = func() map[string]string {
	codes := map[string]string{}
	for code, name := range regionNames {
		codes[name] = code
		if rest, ok := strings.CutPrefix(name, "Europe ("); ok { // as AWS wrote it before
			codes["EU ("+rest] = code
		}
	}
	return codes
}()

var regionNames = map[string]string{
	"us-east-1":      "US East (N. Virginia)",
	"us-east-2":      "US East (Ohio)",
	"us-west-1":      "US West (N. California)",
	"us-west-2":      "US West (Oregon)",
	"ca-central-1":   "Canada (Central)",
	"ca-west-1":      "Canada West (Calgary)",
	"mx-central-1":   "Mexico (Central)",
	"sa-east-1":      "South America (Sao Paulo)",
	"eu-west-1":      "Europe (Ireland)",
	"eu-west-2":      "Europe (London)",
	"eu-west-3":      "Europe (Paris)",
	"eu-central-1":   "Europe (Frankfurt)",
	"eu-central-2":   "Europe (Zurich)",
	"eu-north-1":     "Europe (Stockholm)",
	"eu-south-1":     "Europe (Milan)",
	"eu-south-2":     "Europe (Spain)",
	"il-central-1":   "Israel (Tel Aviv)",
	"me-south-1":     "Middle East (Bahrain)",
	"me-central-1":   "Middle East (UAE)",
	"af-south-1":     "Africa (Cape Town)",
	"ap-east-1":      "Asia Pacific (Hong Kong)",
	"ap-east-2":      "Asia Pacific (Taipei)",
	"ap-south-1":     "Asia Pacific (Mumbai)",
	"ap-south-2":     "Asia Pacific (Hyderabad)",
	"ap-northeast-1": "Asia Pacific (Tokyo)",
	"ap-northeast-2": "Asia Pacific (Seoul)",
	"ap-northeast-3": "Asia Pacific (Osaka)",
	"ap-southeast-1": "Asia Pacific (Singapore)",
	"ap-southeast-2": "Asia Pacific (Sydney)",
	"ap-southeast-3": "Asia Pacific (Jakarta)",
	"ap-southeast-4": "Asia Pacific (Melbourne)",
	"ap-southeast-5": "Asia Pacific (Malaysia)",
	"ap-southeast-6": "Asia Pacific (New Zealand)",
	"ap-southeast-7": "Asia Pacific (Thailand)",
	"cn-north-1":     "China (Beijing)",
	"cn-northwest-1": "China (Ningxia)",
	"us-gov-east-1":  "AWS GovCloud (US-East)",
	"us-gov-west-1":  "AWS GovCloud (US-West)",
	"eusc-de-east-1": "AWS European Sovereign Cloud (Germany)",

	"us-west-2-lax-1": "US West (Los Angeles)",
	"us-west-2-las-1": "US West (Las Vegas)",
	"us-west-2-den-1": "US West (Denver)",
	"us-west-2-phx-2": "US West (Phoenix)",
	"us-west-2-pdx-1": "US West (Portland)",
	"us-west-2-sea-1": "US West (Seattle)",
	"us-west-2-hnl-1": "US West (Honolulu)",
	"us-east-1-bos-1": "US East (Boston)",
	"us-east-1-chi-2": "US East (Chicago)",
	"us-east-1-dfw-2": "US East (Dallas)",
	"us-east-1-iah-2": "US East (Houston)",
	"us-east-1-mia-2": "US East (Miami)",
	"us-east-1-msp-1": "US East (Minneapolis)",
	"us-east-1-nyc-2": "US East (New York City)",
	"us-east-1-phl-1": "US East (Philadelphia)",
	"us-east-1-atl-2": "US East (Atlanta)",
	"global":          "Global",
}
