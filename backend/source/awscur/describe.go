package awscur

import (
	"bytes"
	"encoding/json"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// product is what the product column of CUR 2.0 says, a map of attributes.
type product map[string]string

// get returns the attribute of a column of its own, else that of the map.
func (m *mapper) get(p *product, column input, key string) []byte {
	if column >= 0 {
		if f := m.row.field(column); f != nil {
			return f
		}
	}
	if v := (*p)[key]; v != "" {
		return []byte(v)
	}
	return nil
}

func (m *mapper) product() product {
	text := m.row.field(inProductMap)
	return m.products.find(text, func() product { return parseMap(text) })
}

// parseMap reads a JSON object; values that are no text are left out, but for numbers.
func parseMap(text []byte) map[string]string {
	var all map[string]any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if d.Decode(&all) != nil {
		return nil
	}
	out := make(map[string]string, len(all))
	for k, v := range all {
		switch v := v.(type) {
		case string:
			out[k] = v
		case json.Number:
			out[k] = v.String()
		case bool:
			out[k] = "false"
			if v {
				out[k] = "true"
			}
		}
	}
	return out
}

// join makes the key of a memo. A missing part and an empty one are the same.
func (m *mapper) join(parts ...[]byte) []byte {
	m.key = append(m.key[:0], '|')
	for _, p := range parts {
		m.key = append(append(m.key, p...), 0)
	}
	return m.key
}

func (m *mapper) service(out *source.Record, p *product) {
	r := &m.row
	code, name, family := r.field(inProductCode), m.get(p, inProductName, "product_name"), r.field(inProductFamily)
	s := m.services.find(m.join(code, name, family), func() service { return serviceOf(string(code), string(name), string(family)) })
	out.Text(s.name)
	out.Text(s.category)
	out.Text(s.subcategory)
}

func (m *mapper) region(out *source.Record, p *product) {
	r := &m.row
	code, zone, location := m.get(p, inRegionCode, "region_code"), r.field(inZone), m.get(p, inLocation, "location")
	if code == nil {
		code = m.get(p, inRegion, "region")
	}
	g := m.regions.find(m.join(code, zone, location), func() region { return regionOf(string(code), string(zone), string(location)) })
	out.Text(g.id)
	out.Text(g.name)
	out.Text(g.zone)
}

func (m *mapper) resource(out *source.Record, d *commitment, category string, t tags) {
	id := m.row.field(inResourceID)
	if id == nil && (category == "Purchase" || d.status == "Unused") {
		out.Text(d.id)
		out.Null()
		out.Text(d.kind)
		return
	}
	out.Bytes(id)
	if id == nil {
		out.Null()
		out.Null()
		return
	}
	out.Text(t.name)
	out.Text(resourceType(string(id), string(m.row.field(inProductCode))))
}

// sku writes the ids of product and price, and the attributes that the specification
// names.
func (m *mapper) sku(out *source.Record, p *product) {
	r := &m.row
	out.Bytes(r.field(inSKU))
	out.Bytes(r.field(inUsageType))
	out.Bytes(r.first(inRateCode, inRateID))
	parts := [...][]byte{
		m.get(p, inVCPU, "vcpu"), m.get(p, inInstanceType, "instance_type"), m.get(p, inMemory, "memory"),
		m.get(p, inOperatingSystem, "operating_system"), m.get(p, inStorageClass, "storage_class"),
	}
	details := m.details.find(m.join(parts[:]...), func() []byte {
		return skuDetails(string(parts[0]), string(parts[1]), string(parts[2]), string(parts[3]), string(parts[4]))
	})
	out.Bytes(details)
}

// skuDetails spells the attributes as FOCUS does; memory is in GiB.
func skuDetails(cores, instance, memory, system, class string) []byte {
	all := map[string]any{}
	if cores := number([]byte(cores)); len(cores) > 0 {
		all["CoreCount"] = json.RawMessage(plainNumber(cores))
	}
	if size, ok := strings.CutSuffix(memory, " GiB"); ok {
		if n := number([]byte(strings.ReplaceAll(size, ",", ""))); len(n) > 0 {
			all["MemorySize"] = json.RawMessage(plainNumber(n))
		}
	}
	for key, v := range map[string]string{"InstanceType": instance, "OperatingSystem": system, "StorageClass": class} {
		if v != "" && v != "NA" {
			all[key] = v
		}
	}
	if series, _, ok := strings.Cut(strings.TrimPrefix(instance, "db."), "."); ok {
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

// tagsOf gathers the tags from the columns of single tags, or from the maps of CUR 2.0,
// preferring the one that keeps the keys as people wrote them.
func (m *mapper) tagsOf() tags {
	r := &m.row
	if len(m.plan.tags) > 0 {
		m.key = m.key[:0]
		some := false
		for _, t := range m.plan.tags {
			f := r.in.Field(r.line, t.field)
			some = some || len(f) > 0
			m.key = append(append(m.key, f...), 0)
		}
		if !some {
			return tags{}
		}
		return m.tags.find(m.key, m.columnTags)
	}
	all, own := r.field(inAllTagMap), r.field(inTagMap)
	if all == nil && own == nil {
		return tags{}
	}
	return m.tags.find(m.join(all, own), func() tags { return mapTags(all, own) })
}

func (m *mapper) columnTags() tags {
	r := &m.row
	found := map[string]string{}
	for _, t := range m.plan.tags {
		if f := r.in.Field(r.line, t.field); len(f) > 0 && string(f) != `\N` {
			found[t.key] = string(f)
		}
	}
	return newTags(found)
}

func mapTags(all, own []byte) tags {
	found := map[string]string{}
	for k, v := range parseMap(all) {
		if key, ok := strings.CutPrefix(k, "resourceTags/"); ok {
			found[focusTagKey(key)] = v
		}
	}
	if len(found) == 0 {
		for k, v := range parseMap(own) {
			found[focusTagKey(k)] = v
		}
	}
	return newTags(found)
}

func newTags(found map[string]string) (t tags) {
	if len(found) == 0 {
		return t
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(found); err != nil { // sorts the keys
		return t // texts always marshal
	}
	t.text = bytes.TrimSpace(b.Bytes())
	for _, k := range []string{"Name", "name"} {
		if t.name = found[k]; t.name != "" {
			break
		}
	}
	return t
}

// plainNumber spells a number as JSON wants it.
func plainNumber(text []byte) []byte {
	a, err := finops.ParseAmount(text)
	if err != nil {
		return []byte("null")
	}
	return a.Append(nil)
}
