package ingest

import (
	"context"
	"encoding/binary"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// dictionary gives texts and tuples their ids, the ones of the ledger where it has them.
// It belongs to one goroutine.
type dictionary struct {
	texts   map[string]uint32   // by text, where it is what the file said
	spelled map[spelling]uint32 // the others
	tuples  [store.GroupCount]map[string]uint32
	facets  [store.GroupCount]map[string]uint32
	facetOf [store.GroupCount][]uint32 // facet of the tuples of SKU and Resource, by tuple id
	next    store.Marks

	newTexts  []store.Text
	newTuples [store.GroupCount][]store.Tuple
	newFacets [store.GroupCount][]store.Tuple
	scratch   []byte
}

// preloadMost bounds the tuples of a group that are loaded to be found again. A group
// with more is one whose values hardly repeat; its tuples are simply added.
const preloadMost = 2_000_000

func newDictionary(ctx context.Context, db *store.DB, marks store.Marks) (*dictionary, error) {
	d := emptyDictionary(marks)
	err := db.EachText(ctx, func(t store.Text) {
		switch {
		case t.Raw == nil && t.Value != nil:
			d.texts[*t.Value] = t.ID
		case t.Raw != nil:
			d.spelled[spellingOf(t)] = t.ID
		}
	})
	if err != nil {
		return nil, err
	}
	custom, err := db.CustomColumns(ctx)
	if err != nil {
		return nil, err
	}
	for g, highest := range map[store.Group]uint32{store.SKU: marks.SKU, store.Resource: marks.Resource, store.Extra: marks.Extra} {
		d.facetOf[g] = make([]uint32, highest+1)
		if highest > preloadMost {
			continue
		}
		if err := db.EachTuple(ctx, g, custom, func(t store.Tuple) {
			d.tuples[g][string(d.tupleKey(t.Texts))] = t.ID
			d.facetOf[g][t.ID] = t.Owner
		}); err != nil {
			return nil, err
		}
	}
	for _, g := range []store.Group{store.SKU, store.Resource} {
		if err := db.EachFacet(ctx, g, func(t store.Tuple) { d.facets[g][string(d.facetKey(t.Owner, t.Texts))] = t.ID }); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// emptyDictionary knows nothing of the ledger: enough for what is not written.
func emptyDictionary(marks store.Marks) *dictionary {
	d := &dictionary{texts: make(map[string]uint32, marks.Text), spelled: map[spelling]uint32{}, next: marks}
	for g := range store.GroupCount {
		d.tuples[g] = map[string]uint32{}
		d.facets[g] = map[string]uint32{}
	}
	return d
}

// spelling is a text that the file spelled otherwise than the ledger.
type spelling struct {
	raw, value string
	known      bool // false for a word that stands for "no value"
}

func spellingOf(t store.Text) spelling {
	if t.Value == nil {
		return spelling{raw: *t.Raw}
	}
	return spelling{raw: *t.Raw, value: *t.Value, known: true}
}

// text returns the id of a field, 0 for an empty one. spell says how the ledger spells it,
// nil = as it is.
func (d *dictionary) text(field []byte, spell speller) uint32 {
	if len(field) == 0 {
		return 0
	}
	if finops.IsNull(field) {
		raw := string(field)
		return d.addSpelled(store.Text{Raw: &raw})
	}
	if spell != nil {
		if want := spell(field); want == "" {
			raw := string(field)
			return d.addSpelled(store.Text{Raw: &raw})
		} else if want != string(field) {
			raw := string(field)
			return d.addSpelled(store.Text{Value: &want, Raw: &raw})
		}
	}
	if id, ok := d.texts[string(field)]; ok {
		return id
	}
	value := string(field)
	id := d.addText(store.Text{Value: &value})
	d.texts[value] = id
	return id
}

func (d *dictionary) addSpelled(t store.Text) uint32 {
	s := spellingOf(t)
	if id, ok := d.spelled[s]; ok {
		return id
	}
	id := d.addText(t)
	d.spelled[s] = id
	return id
}

func (d *dictionary) addText(t store.Text) uint32 {
	d.next.Text++
	t.ID = d.next.Text
	d.newTexts = append(d.newTexts, t)
	return t.ID
}

// tupleKey is valid until the next call. Zeros at the end do not count, so that a tuple
// stays itself when extra gets a column.
func (d *dictionary) tupleKey(texts []uint32) []byte {
	n := len(texts)
	for n > 0 && texts[n-1] == 0 {
		n--
	}
	d.scratch = d.scratch[:0]
	for _, id := range texts[:n] {
		d.scratch = binary.LittleEndian.AppendUint32(d.scratch, id)
	}
	return d.scratch
}

func (d *dictionary) facetKey(owner uint32, texts []uint32) []byte {
	d.tupleKey(texts)
	d.scratch = append(d.scratch, byte(owner), 0xff)
	return d.scratch
}

// tuple returns the id of a combination of texts in SKU, Resource or Extra; tagged says
// whether its tags hold anything.
func (d *dictionary) tuple(g store.Group, texts []uint32, tagged bool) uint32 {
	if id, ok := d.tuples[g][string(d.tupleKey(texts))]; ok {
		return id
	}
	key := string(d.scratch)
	id := d.nextID(g)
	t := store.Tuple{ID: id, Texts: append([]uint32(nil), texts...)}
	if columns := store.FacetColumns(g); columns != nil {
		t.Owner = d.facet(g, texts, columns, tagged)
	}
	for len(d.facetOf[g]) <= int(id) {
		d.facetOf[g] = append(d.facetOf[g], 0)
	}
	d.facetOf[g][id] = t.Owner
	if len(d.tuples[g]) < preloadMost {
		d.tuples[g][key] = id
	}
	d.newTuples[g] = append(d.newTuples[g], t)
	return id
}

func (d *dictionary) nextID(g store.Group) uint32 {
	counter := map[store.Group]*uint32{store.Period: &d.next.Period, store.Bill: &d.next.Bill, store.SKU: &d.next.SKU, store.Resource: &d.next.Resource, store.Extra: &d.next.Extra}[g]
	*counter++
	return *counter
}

func (d *dictionary) facet(g store.Group, texts []uint32, columns []string, tagged bool) uint32 {
	projected := make([]uint32, len(columns))
	for i, name := range columns {
		projected[i] = texts[columnIndex(g, name)]
	}
	var owner uint32
	if tagged {
		owner = 1
	}
	if id, ok := d.facets[g][string(d.facetKey(owner, projected))]; ok {
		return id
	}
	key := string(d.scratch)
	counter := &d.next.SKUFacet
	if g == store.Resource {
		counter = &d.next.ResourceFacet
	}
	*counter++
	d.facets[g][key] = *counter
	d.newFacets[g] = append(d.newFacets[g], store.Tuple{ID: *counter, Owner: owner, Texts: projected})
	return *counter
}

func columnIndex(g store.Group, name string) int {
	for i, c := range store.GroupColumns(g) {
		if c == name {
			return i
		}
	}
	panic("ingest: group " + g.String() + " has no column " + name)
}
