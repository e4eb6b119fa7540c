package gcpexport

import (
	"bytes"
	"encoding/binary"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source/jsonfile"
)

// The prefixes of tag keys. Labels of the resource have none: they are the main scheme
// of a user's own keys.
const (
	prefixProject = "project:"
	prefixTag     = "tag:"
	prefixSystem  = "system:"
)

// labels is what the labels and tags of a charge come to.
type labels struct {
	json               []byte // the Tags column, nil for none
	reservation        string
	reservationProject string
	unused             string // compute.googleapis.com/is_unused_reservation
	machine            string // compute.googleapis.com/machine_spec
	cores, memory      string // of the machine; memory in MiB
	details            []byte // SkuPriceDetails, nil for none
}

// labelBook reads labels and remembers them by their texts.
type labelBook struct {
	known  map[string]*labels
	size   int
	key    []byte
	paths  *jsonfile.Paths
	found  jsonfile.Fields
	unread jsonfile.Unread
}

func newLabelBook() *labelBook {
	return &labelBook{known: map[string]*labels{}, paths: jsonfile.NewPaths([]string{"key", "value", "namespace"})}
}

// read returns the labels of a charge.
func (b *labelBook) read(v *[fieldCount][]byte) *labels {
	texts := [...][]byte{v[fLabels], v[fProjectLabels], v[fTags], v[fSystemLabels]}
	b.key = b.key[:0]
	for _, t := range texts {
		b.key = append(binary.AppendUvarint(b.key, uint64(len(t))), t...)
	}
	if l := b.known[string(b.key)]; l != nil {
		return l
	}
	l := b.parse(texts)
	if b.size += len(b.key) + 256; b.size > memoMost {
		b.known, b.size = map[string]*labels{}, len(b.key)+256
	}
	b.known[string(b.key)] = l
	return l
}

func (b *labelBook) parse(texts [4][]byte) *labels {
	l, set := &labels{}, tagSet{seen: map[string]string{}}
	for i, prefix := range [...]string{"", prefixProject, prefixTag, prefixSystem} {
		if len(texts[i]) == 0 || finops.IsNull(texts[i]) {
			continue
		}
		ok := b.each(texts[i], func(key, namespace string, value []byte) {
			if prefix == prefixSystem {
				l.note(key, string(jsonfile.Text(value)))
			}
			set.add(prefix+key, namespace, value)
		})
		if !ok { // text that no reader understands is kept rather than lost
			b.unread.Add(texts[i])
			set.add(jsonfile.UnreadTags+prefix+"labels", "", jsonfile.AppendString(nil, texts[i]))
		}
	}
	if set.out != nil {
		l.json = append(set.out, '}')
	}
	l.details = l.priceDetails()
	return l
}

// each calls fn for every label: of a list of {key, value}, of an object, or of a map as a
// program between has written it. It answers false for text that is none of these.
func (b *labelBook) each(original []byte, fn func(key, namespace string, value []byte)) bool {
	text, ok := jsonfile.AsJSON(original)
	if !ok || bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(text, []byte("[")), " "), []byte("[")) {
		pairs, ok := jsonfile.Pairs(original)
		for _, p := range pairs {
			value := []byte("true")
			if !p.Null {
				value = jsonfile.AppendString(nil, []byte(p.Value))
			}
			if ok {
				fn(p.Key, "", value)
			}
		}
		return ok
	}
	if text[0] == '{' {
		for key, value := range jsonfile.Members(text) {
			fn(string(key), "", scalar(value))
		}
		return true
	}
	for element := range jsonfile.Elements(text) {
		if !b.paths.Read(&b.found, element) || len(b.found.Values[0]) == 0 {
			continue
		}
		v := b.found.Values
		value := []byte("true") // FOCUS: a tag without a value
		if v[1] != nil {
			value = jsonfile.AppendString(nil, v[1])
		}
		fn(string(v[0]), string(v[2]), value)
	}
	return true
}

// scalar makes one string of a nested value; tags have no depth.
func scalar(value []byte) []byte {
	switch value[0] {
	case 'n':
		return []byte("true")
	case '{', '[':
		return jsonfile.AppendString(nil, value)
	}
	return value
}

func (l *labels) note(key, value string) {
	switch key {
	case "compute.googleapis.com/reservation_name":
		l.reservation = value
	case "compute.googleapis.com/reservation_project_id":
		l.reservationProject = value
	case "compute.googleapis.com/is_unused_reservation":
		l.unused = value
	case "compute.googleapis.com/machine_spec":
		l.machine = value
	case "compute.googleapis.com/cores":
		l.cores = value
	case "compute.googleapis.com/memory":
		l.memory = value
	}
}

// mebibyte is one of 1,024 in a gibibyte.
var mebibyte = finops.NewAmount(9765625, 10)

// priceDetails describes the machine that a charge is for, in the words of FOCUS. The
// labels are on every charge of a machine, so that the same words stand beside its cores
// and beside its memory.
func (l *labels) priceDetails() (out []byte) {
	add := func(name string, value []byte) {
		if out == nil {
			out = append(out, '{')
		} else {
			out = append(out, ',')
		}
		out = append(append(jsonfile.AppendString(out, []byte(name)), ':'), value...)
	}
	if cores, err := finops.ParseAmount([]byte(l.cores)); err == nil && l.cores != "" {
		add("CoreCount", cores.Append(nil))
	}
	if l.machine != "" {
		series, _, _ := strings.Cut(l.machine, "-")
		add("InstanceSeries", jsonfile.AppendString(nil, []byte(strings.ToUpper(series))))
		add("InstanceType", jsonfile.AppendString(nil, []byte(l.machine)))
	}
	if memory, err := finops.ParseAmount([]byte(l.memory)); err == nil && l.memory != "" {
		if gibibytes, ok := memory.Mul(mebibyte); ok {
			add("MemorySize", gibibytes.Append(nil))
		}
	}
	if out == nil {
		return nil
	}
	return append(out, '}')
}

// tagSet builds a JSON object with each key once. Where two namespaces have the same
// key, the later one gets its namespace into its name; an equal pair is left out.
type tagSet struct {
	out  []byte
	seen map[string]string
}

func (s *tagSet) add(key, namespace string, value []byte) {
	if known, ok := s.seen[key]; ok {
		bare, isTag := strings.CutPrefix(key, prefixTag)
		if known == string(value) || namespace == "" || !isTag {
			return
		}
		if key = prefixTag + namespace + "/" + bare; s.seen[key] != "" {
			return
		}
	}
	s.seen[key] = string(value)
	if s.out == nil {
		s.out = append(s.out, '{')
	} else {
		s.out = append(s.out, ',')
	}
	s.out = append(jsonfile.AppendString(s.out, []byte(key)), ':')
	s.out = append(s.out, value...)
}
