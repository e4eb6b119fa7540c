package ocireport

import (
	"encoding/json"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// field is a native column that the source knows.
type field int

const (
	fieldTenant field = iota
	fieldStart
	fieldEnd
	fieldService
	fieldCompartmentID
	fieldCompartment
	fieldRegion
	fieldDomain
	fieldResource
	fieldQuantity
	fieldSKU
	fieldDescription
	fieldUnitPrice
	fieldCost
	fieldCurrency
	fieldUnit
	fieldCorrection
	fieldReference
	fieldSubscription
	fieldCount
)

// headers are the names of the fields, folded.
var headers = [fieldCount]string{
	fieldTenant: "lineitemtenantid", fieldStart: "lineitemintervalusagestart", fieldEnd: "lineitemintervalusageend",
	fieldService: "productservice", fieldCompartmentID: "productcompartmentid", fieldCompartment: "productcompartmentname",
	fieldRegion: "productregion", fieldDomain: "productavailabilitydomain", fieldResource: "productresourceid",
	fieldQuantity: "usagebilledquantity", fieldSKU: "costproductsku", fieldDescription: "productdescription",
	fieldUnitPrice: "costunitprice", fieldCost: "costmycost", fieldCurrency: "costcurrencycode", fieldUnit: "costskuunitdescription",
	fieldCorrection: "lineitemiscorrection", fieldReference: "lineitemreferenceno", fieldSubscription: "costsubscriptionid",
}

// kept are the fields whose native column follows the FOCUS columns all the same,
// because the FOCUS columns do not say all that it says.
var kept = map[field]bool{fieldService: true, fieldCorrection: true, fieldReference: true, fieldTenant: true, fieldSubscription: true}

const tagPrefix = "tags/"

// fold brings a header name to one spelling: lower case, without separators.
func fold(header string) string { return source.Fold(source.TrimName(header), "/_: -") }

// tag is a column that holds the value of one tag.
type tag struct {
	column int
	key    []byte // as a JSON text
}

// schema is what the header of a file says.
type schema struct {
	at      [fieldCount]int // file column, -1 where the file has none
	columns []source.Column
	native  []int // file columns that follow the FOCUS columns
	tags    []tag
}

// newSchema finds the fields of a header; ok is false if it is not one of a cost report.
func newSchema(names, raw []string) (s *schema, ok bool) {
	s = &schema{}
	for f := range s.at {
		s.at[f] = -1
	}
	folded := make(map[string]int, len(raw))
	for i, name := range raw {
		if _, taken := folded[fold(name)]; !taken {
			folded[fold(name)] = i
		}
	}
	gone := make(map[int]bool)
	for f, name := range headers {
		if i, found := folded[name]; found {
			s.at[f] = i
			gone[i] = !kept[field(f)]
		}
	}
	if s.at[fieldCost] < 0 || s.at[fieldStart] < 0 || s.at[fieldTenant] < 0 || s.at[fieldService] < 0 {
		return nil, false
	}
	seen := make(map[string]bool) // a second column of one tag stays a column of its own
	for i, name := range raw {
		if key, isTag := strings.CutPrefix(strings.TrimSpace(name), tagPrefix); isTag && key != "" && !seen[key] {
			seen[key] = true
			s.tags = append(s.tags, tag{column: i, key: tagKey(key)})
			gone[i] = true
		}
	}
	s.yield(names, raw, gone)
	return s, true
}

// providerNamespaces are the tag namespaces that Oracle itself fills; their keys get the
// prefix of the provider, those of the customer stay as they are.
var providerNamespaces = []string{"Oracle-Tags.", "OracleInternalReserved.", "orcl-cloud.", "Oracle-Standard."}

func tagKey(name string) []byte {
	for _, namespace := range providerNamespaces {
		if strings.HasPrefix(name, namespace) {
			name = "oci:" + name
			break
		}
	}
	key, err := json.Marshal(name)
	if err != nil {
		return []byte(`""`) // a text always marshals
	}
	return key
}

func (s *schema) yield(names, raw []string, gone map[int]bool) {
	taken := make(map[string]bool)
	for _, name := range focusColumns {
		total := ""
		if name == "BilledCost" {
			total = "myCost" // copied as it is
		}
		s.columns = append(s.columns, source.Column{Name: name, Raw: name, Focus: true, Total: total})
		taken[name] = true
	}
	for i, name := range names {
		if gone[i] {
			continue
		}
		if _, focus := finops.ColumnByName(name); focus {
			name = "x_" + name
		}
		for taken[name] {
			name += "_"
		}
		taken[name] = true
		s.columns = append(s.columns, source.Column{Name: name, Raw: raw[i]})
		s.native = append(s.native, i)
	}
}
