package finops

import (
	"strings"
	"unicode"
)

// ProviderColumns are the FOCUS columns that say whose charge a line is, in the order in
// which CanonicalProvider wants their values. Who sends the invoice can be a reseller and
// a publisher changes from line to line of one bill, so both are asked last.
var ProviderColumns = []string{"ProviderName", "ServiceProviderName", "HostProviderName", "InvoiceIssuerName", "PublisherName"}

// cloud is a provider that exports and invoices name in several ways.
type cloud struct {
	name string
	// whole names of it, and beginnings of names: short forms, older names, legal
	// entities. Both are folded as foldName does it. A company that sells other things
	// beside its cloud is taken for it by its whole name only: "Google Workspace" is not
	// "Google Cloud".
	whole, begins []string
}

var clouds = []cloud{
	{"AWS", []string{"amazon", "amazon com"}, []string{"aws", "amazon web services", "amazon aws", "amazon internet services"}},
	{
		"Microsoft Azure",
		[]string{"microsoft", "ms azure", "microsoft cloud"},
		[]string{"azure", "microsoft azure", "microsoft corp", "microsoft corporation", "microsoft ireland operations", "microsoft online", "microsoft regional sales"},
	},
	{"Google Cloud", []string{"google", "gcp"}, []string{"google cloud", "google llc", "google inc", "google ireland", "google asia pacific"}},
	{"Oracle Cloud", []string{"oracle", "oci"}, []string{"oracle cloud", "oracle corporation", "oracle america", "oracle emea"}},
	{"Alibaba Cloud", []string{"alibaba", "aliyun"}, []string{"alibaba cloud", "alibaba com"}},
	{"Tencent Cloud", []string{"tencent"}, []string{"tencent cloud"}},
	{"Huawei Cloud", []string{"huawei"}, []string{"huawei cloud"}},
}

// CanonicalProvider returns the one name of a provider, so that "Amazon Web Services,
// Inc." of one export and "AWS" of another are the same. names are what the columns of a
// charge say, in the order of ProviderColumns: the first that says anything decides. A
// provider that is not known keeps its name as written; "" = no column names any.
func CanonicalProvider(names ...string) string {
	for _, name := range names {
		name = strings.TrimSpace(name)
		if IsNull([]byte(name)) {
			continue
		}
		folded := foldName(name)
		for i := range clouds {
			if clouds[i].is(folded) {
				return clouds[i].name
			}
		}
		return name
	}
	return ""
}

func (c *cloud) is(folded string) bool {
	for _, whole := range c.whole {
		if folded == whole {
			return true
		}
	}
	for _, begin := range c.begins {
		if rest, ok := strings.CutPrefix(folded, begin); ok && (rest == "" || rest[0] == ' ') {
			return true
		}
	}
	return false
}

// foldName makes a name lower case words with one blank between them.
func foldName(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " ")
}
