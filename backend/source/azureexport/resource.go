package azureexport

import (
	"bytes"
	_ "embed" // the tables
	"strings"

	"cloud-intelligence/backend/source"
)

// resource is what a resource id says.
type resource struct {
	id   string // lower-case: Azure ignores the case of ids, and its services write them differently
	name string // last segment, as written
	kind string // "microsoft.compute/virtualmachines"
}

func readResource(text []byte) resource {
	text = bytes.TrimRight(text, "/")
	r := resource{id: lower(text)}
	r.name = string(text[strings.LastIndexByte(r.id, '/')+1:])
	const providers = "/providers/"
	at := strings.LastIndex(r.id, providers)
	if at < 0 {
		if group := strings.LastIndex(r.id, "/resourcegroups/"); group >= 0 && !strings.Contains(r.id[group+len("/resourcegroups/"):], "/") {
			r.kind = "microsoft.resources/resourcegroups"
		}
		return r
	}
	parts := strings.Split(r.id[at+len(providers):], "/")
	var kind strings.Builder
	kind.WriteString(parts[0])
	for i := 1; i < len(parts); i += 2 {
		if i+1 < len(parts) || len(parts) == 2 { // a type without a name after it is no type
			kind.WriteString("/" + parts[i])
		}
	}
	r.kind = kind.String()
	return r
}

// service is a service in the words of FOCUS.
type service struct{ name, category, subcategory, kind string }

//go:embed services.csv
var servicesCSV string

//go:embed regions.csv
var regionsCSV string

var serviceTable = func() map[string]service {
	table := make(map[string]service)
	for f := range rows(servicesCSV, 5) {
		table[f[0]] = service{f[1], f[2], f[3], f[4]}
	}
	return table
}()

// region is a place of Azure.
type region struct{ id, name string }

var regionTable = func() map[string]region {
	table := make(map[string]region)
	for f := range rows(regionsCSV, 3) {
		r := region{f[0], f[1]}
		for _, key := range append(strings.Fields(f[2]), f[0], squash(f[1])) {
			table[key] = r
		}
	}
	return table
}()

// rows yields the lines of a table after its header; the fields hold no commas.
func rows(table string, fields int) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		for i, line := range strings.Split(strings.TrimSpace(table), "\n") {
			if f := strings.Split(strings.TrimSuffix(line, "\r"), ","); i > 0 && len(f) == fields && !yield(f) {
				return
			}
		}
	}
}

// squash drops blanks, strokes and case, as the spellings of one region differ in no more.
func squash(text string) string { return blanks.Replace(strings.ToLower(text)) }

var blanks = strings.NewReplacer(" ", "", "\u00a0", "", "_", "", "-", "", "\t", "")

// global is the location of what is not in one place; FOCUS has no region for it.
const global = "global"

// readRegion translates a location. What the table does not know is kept as it is.
func readRegion(text []byte) region {
	key := squash(string(text))
	switch key {
	case "", "unassigned", "unknown", "n/a", "na", "notapplicable", "allregions", "intercontinental", global:
		return region{}
	}
	if r, ok := regionTable[key]; ok {
		return r
	}
	if strings.HasPrefix(key, "zone") {
		return region{} // a billing zone of data transfer, not a place
	}
	return region{id: key, name: strings.TrimSpace(string(text))}
}

// families are the categories of ServiceFamily, for services that the table has not.
var families = map[string]string{
	"compute": "Compute", "networking": "Networking", "storage": "Storage", "databases": "Databases", "analytics": "Analytics",
	"containers": "Compute", "security": "Security", "web": "Web", "integration": "Integration", "internet of things": "Internet of Things",
	"ai + machine learning": "AI and Machine Learning", "management and governance": "Management and Governance", "developer tools": "Developer Tools",
	"azure arc": "Multicloud", "azure stack": "Multicloud", "azure security": "Security", "azure communication services": "Integration", "windows virtual desktop": "Compute", "quantum computing": "Compute",
	"gaming": "Media", "power platform": "Business Applications", "dynamics 365": "Business Applications", "microsoft syntex": "AI and Machine Learning", "data": "Analytics",
	"identity": "Identity", "media": "Media", "mobile": "Mobile", "migration": "Migration", "blockchain": "Other", "mixed reality": "Other",
}

// lookup finds the service: by the meter's category where that says more than the resource
// (what Defender protects is not Defender), by the type of the resource or the nearest type
// above it, by the meter's category, by the resource provider. A service of no table keeps the name
// of its meter category.
func lookup(kind, provider, category, family string) service {
	typeName := ""
	if s, ok := serviceTable["meter:"+strings.ToLower(category)]; ok {
		s.kind = serviceTable[kind].kind
		return s
	}
	for k := kind; k != ""; {
		if s, ok := serviceTable[k]; ok && strings.Contains(k, "/") {
			if k == kind {
				typeName = s.kind
			}
			if s.kind = typeName; s.name != "" {
				return s
			}
		}
		i := strings.LastIndexByte(k, '/')
		k = k[:max(i, 0)]
	}
	if strings.EqualFold(category, "unassigned") {
		category = "" // purchases have it
	}
	for _, key := range []string{"category:" + strings.ToLower(category), strings.ToLower(provider), kind[:max(strings.IndexByte(kind, '/'), 0)]} {
		if s, ok := serviceTable[key]; ok && key != "" {
			s.kind = typeName
			return s
		}
	}
	s := service{name: category, category: families[strings.ToLower(family)], kind: typeName}
	if s.name == "" {
		s.name = provider
	}
	if s.category == "" {
		s.category = "Other"
	}
	s.subcategory = "Other (" + s.category + ")"
	return s
}

// place is the region of the resource, else that of the meter; a resource that is
// everywhere has none, wherever its meter may be.
func (c *converter) place(r *charge) region {
	location := r.text(fieldResourceLocation)
	place := c.regions.Of(location, readRegion)
	if place.id == "" && !bytes.EqualFold(location, []byte(global)) {
		place = c.regions.Of(r.text(fieldMeterRegion), readRegion)
	}
	return place
}

func (c *converter) writeResource(r *charge, out *source.Record) {
	if r.resource.id == "" && r.kind != kindUsage && r.commitment != "" {
		// What is bought or left unused is the resource, as FOCUS asks.
		r.resource = c.resources.Of([]byte(r.commitment), readResource)
	}
	kind := r.resource.kind
	if t := r.text(fieldResourceType); kind == "" && t != nil {
		kind = lower(t)
	}
	provider, category, family := r.text(fieldConsumedService), r.text(fieldMeterCategory), r.text(fieldServiceFamily)
	c.key = joinZero(append(append(c.key[:0], kind...), 0), provider, category, family)
	s := c.services.Of(c.key, func([]byte) service { return lookup(kind, string(provider), string(category), string(family)) })
	out.Text(s.name)
	out.Text(s.category)
	out.Text(s.subcategory)

	out.Text(r.resource.id)
	if name := r.text(fieldResourceName); name != nil {
		out.Bytes(name)
	} else {
		out.Text(r.resource.name)
	}
	if s.kind != "" {
		kind = s.kind
	}
	out.Text(kind)
	place := c.place(r)
	out.Text(place.id)
	out.Text(place.name)
	out.Bytes(r.text(fieldAvailabilityZone))
	tags := c.tags.Of(r.text(fieldTags), c.readTags)
	out.Text(tags.object)
	out.Text(tags.unread)
}
