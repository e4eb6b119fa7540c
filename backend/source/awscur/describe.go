package awscur

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/jsonfile"
)

// facts are what the columns of service, product and place come to. A report has few
// combinations of them, so they are worked out once for each.
type facts struct {
	service service
	region  region
	sku     string // of the map, where the report has no column of its own
	details []byte
	support bool
}

// factInputs are the columns that facts depend on.
var factInputs = [...]input{
	inProductCode, inProductName, inProductFamily, inUsageType, inProductMap, inRegionCode, inRegion, inZone, inLocation,
	inInstanceType, inVCPU, inMemory, inOperatingSystem, inStorageClass, inGPU, inStorageMedia, inMaxIops,
}

func (m *mapper) factsOf() *facts {
	key := m.key[:0]
	for _, column := range m.plan.facts {
		f := m.row.in.Field(m.row.line, column)
		key = append(binary.AppendUvarint(key, uint64(len(f))), f...)
	}
	m.key = key
	return m.facts.Of(key, m.newFacts)
}

func (m *mapper) newFacts([]byte) *facts {
	r := &m.row
	p, _ := parseMap(r.field(inProductMap))
	get := func(column input, key string) string {
		if column >= 0 {
			if f := r.field(column); f != nil {
				return string(f)
			}
		}
		return p[key]
	}
	f := &facts{service: serviceOf(string(r.field(inProductCode)), get(inProductName, "product_name"), get(inProductFamily, "product_family"), string(r.field(inUsageType))), sku: p["sku"]}
	f.support = f.service.subcategory == "Support"
	code := get(inRegionCode, "region_code")
	if code == "" {
		code = get(inRegion, "region")
	}
	f.region = regionOf(code, string(r.field(inZone)), get(inLocation, "location"))
	f.details = skuDetails(product{
		instance: get(inInstanceType, "instance_type"), cores: get(inVCPU, "vcpu"), memory: get(inMemory, "memory"), system: get(inOperatingSystem, "operating_system"),
		class: get(inStorageClass, "storage_class"), gpus: get(inGPU, "gpu"), media: get(inStorageMedia, "storage_media"), iops: get(inMaxIops, "max_iopsvolume"),
	})
	return f
}

// parseMap reads a map of texts. ok is false for a text that is none; values that are lists
// or maps themselves are left out.
func parseMap(text []byte) (found map[string]string, ok bool) {
	pairs, ok := jsonfile.Pairs(text)
	found = make(map[string]string, len(pairs))
	for _, p := range pairs {
		if p.Value != "" && p.Value[0] != '{' && p.Value[0] != '[' {
			found[p.Key] = p.Value
		}
	}
	return found, ok
}

// tagMap reads a map of tags, and notes one that cannot be read.
func (m *mapper) tagMap(column input) map[string]string {
	text := m.row.field(column)
	found, ok := parseMap(text)
	if !ok {
		m.unread.Add(text)
		return map[string]string{jsonfile.UnreadTags + "tags": string(text)}
	}
	return found
}

func (m *mapper) resource(out *source.Record, d *commitment, category string, t *tags) {
	id := m.row.text(inResourceID)
	if !id.known() && (category == "Purchase" || d.status == "Unused") {
		out.Bytes(d.id)
		out.Null()
		out.Text(d.kind)
		return
	}
	id.write(out)
	if !id.known() {
		out.Null()
		out.Null()
		return
	}
	out.Text(t.name)
	out.Bytes(resourceType(m.row.field(inResourceID), m.row.field(inProductCode)))
}

// sku writes the ids of product and price, and what the specification names of the
// product; the latter belongs to a price.
func (m *mapper) sku(out *source.Record, f *facts) {
	r := &m.row
	if id := r.text(inSKU); id.known() {
		id.write(out)
	} else {
		out.Text(f.sku)
	}
	r.text(inUsageType).write(out)
	price := r.text(inRateCode)
	if !price.known() {
		price = r.text(inRateID)
	}
	price.write(out)
	if price.known() {
		out.Bytes(f.details)
	} else {
		out.Null()
	}
}

// product is what the report says about the thing that a price is for.
type product struct{ instance, cores, memory, system, class, gpus, media, iops string }

// skuDetails spells the attributes as FOCUS does; memory is in GiB.
func skuDetails(p product) []byte {
	all := map[string]any{}
	addNumber := func(key, text string) {
		if a, err := finops.ParseAmount([]byte(strings.ReplaceAll(text, ",", ""))); err == nil && a.Sign() > 0 {
			all[key] = json.RawMessage(a.String())
		}
	}
	addNumber("CoreCount", p.cores)
	addNumber("GpuCount", p.gpus)
	addNumber("DiskMaxIops", p.iops)
	if size, ok := strings.CutSuffix(p.memory, " GiB"); ok {
		addNumber("MemorySize", size)
	}
	media, _, _ := strings.Cut(p.media, "-backed")
	for key, v := range map[string]string{"InstanceType": p.instance, "OperatingSystem": p.system, "StorageClass": p.class, "DiskType": media} {
		if v != "" && v != "NA" {
			all[key] = v
		}
	}
	family := strings.TrimPrefix(strings.TrimPrefix(p.instance, "db."), "cache.")
	if series, _, ok := strings.Cut(family, "."); ok {
		all["InstanceSeries"] = series
	}
	if len(all) == 0 {
		return nil
	}
	text, err := json.Marshal(all)
	if err != nil {
		return nil // plain texts and numbers always marshal
	}
	return text
}

// tags are the tags of a line: one JSON object, and the Name among them.
type tags struct {
	text []byte
	name string
}

// costCategory begins the key of a cost category among the tags, as AWS itself begins it in
// the column tags of CUR 2.0. Cost categories are a scheme beside the tags of people, which
// have no prefix, and those of AWS ("aws:").
const costCategory = "costCategory/"

// tagsOf gathers the tags and cost categories from columns of their own, or from the maps
// of CUR 2.0.
func (m *mapper) tagsOf() *tags {
	key, some := m.key[:0], false
	for _, column := range m.plan.tagFields {
		f := m.row.in.Field(m.row.line, column)
		some = some || len(f) > 0
		key = append(binary.AppendUvarint(key, uint64(len(f))), f...)
	}
	m.key = key
	if !some {
		return &noTags
	}
	return m.tags.Of(key, m.newTags)
}

var noTags tags

func (m *mapper) newTags([]byte) *tags {
	r := &m.row
	found := map[string]string{}
	for _, t := range m.plan.tags {
		if f := r.in.Field(r.line, t.field); !finops.IsNull(f) {
			found[t.key] = string(f)
		}
	}
	resources := len(found) > 0
	for k, v := range m.tagMap(inAllTagMap) {
		key, resource := strings.CutPrefix(k, "resourceTags/")
		if resource {
			key, resources = focusTagKey(key), true
		}
		addTag(found, key, v) // others keep the prefix that AWS gives them: accountTag/, userAttribute/, costCategory/
	}
	if !resources {
		for k, v := range m.tagMap(inTagMap) {
			addTag(found, focusTagKey(k), v)
		}
	}
	addCategories(found, m.tagMap(inCostMap))
	return encodeTags(found)
}

// addCategories adds the cost categories of the map that AWS spells its own way, but for
// those that are there as people spell them.
func addCategories(found, categories map[string]string) {
	spelled := map[string]bool{}
	for k := range found {
		if name, ok := strings.CutPrefix(k, costCategory); ok {
			spelled[athenaKey(name)] = true
		}
	}
	for k, v := range categories {
		switch {
		case strings.HasPrefix(k, jsonfile.UnreadTags):
			addTag(found, k, v)
		case !spelled[k]:
			addTag(found, costCategory+k, v)
		}
	}
}

// athenaKey is the spelling that AWS gives to names in its maps: in lower case, with
// underscores.
func athenaKey(name string) string {
	var b strings.Builder
	for i, c := range []byte(name) {
		switch {
		case c >= 'A' && c <= 'Z':
			if i > 0 && !strings.HasSuffix(b.String(), "_") {
				b.WriteByte('_')
			}
			b.WriteByte(c + ('a' - 'A'))
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			b.WriteByte(c)
		case !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	return b.String()
}

func addTag(found map[string]string, key, value string) {
	if value != "" {
		found[key] = value
	}
}

func encodeTags(found map[string]string) *tags {
	if len(found) == 0 {
		return &noTags
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(found); err != nil { // sorts the keys
		return &noTags // texts always marshal
	}
	t := &tags{text: bytes.TrimSpace(b.Bytes())}
	for _, k := range []string{"Name", "name"} {
		if t.name = found[k]; t.name != "" {
			break
		}
	}
	return t
}
