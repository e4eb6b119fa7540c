package savings_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
)

func TestCatalogue_SamplesGiveWhatTheySay(t *testing.T) {
	c, err := savings.Embedded()
	require.NoError(t, err)
	for _, r := range c.Rules {
		t.Run(r.ID, func(t *testing.T) { require.NoError(t, r.Test(t.Context())) })
	}
}

// spellings are the columns in which the exports of a provider say the same: its FOCUS exports and its own.
var spellings = map[string]map[string]map[string]string{ // provider → export → column of the samples → column
	"AWS": {
		"FOCUS 1.2":         {"x_UsageType": "SkuMeter"},
		"CUR":               {"x_UsageType": "SkuMeter", "x_Operation": "lineItem/Operation"},
		"CUR 2.0":           {"x_UsageType": "SkuMeter", "x_Operation": "line_item_operation"},
		"FOCUS 1.0 preview": {"SkuMeter": "x_UsageType"},
	},
	"Microsoft Azure": {
		"cost details": {"x_SkuMeterCategory": "x_MeterCategory", "x_SkuMeterSubcategory": "x_MeterSubCategory", "x_SkuMeterName": "SkuMeter"},
		"FOCUS":        {"SkuMeter": "x_SkuMeterName"},
	},
	"Google Cloud": {
		"BigQuery": {"ChargeDescription": "SkuMeter"},
		"FOCUS":    {"SkuMeter": "ChargeDescription"},
	},
}

// TestCatalogue_ReadsEveryExport: a rule that looks at a meter finds the same in the provider's own export and in FOCUS.
func TestCatalogue_ReadsEveryExport(t *testing.T) {
	c, err := savings.Embedded()
	require.NoError(t, err)
	tried := 0
	var alike []string // of rules that look at columns alone that all exports have
	for _, known := range c.Rules {
		data, err := os.ReadFile(filepath.Join("catalogue", known.ID+".yaml"))
		require.NoError(t, err)
		spelled := false
		for export, renamed := range spellings[known.Providers[0]] {
			r, err := savings.Decode(data)
			require.NoError(t, err)
			changed := false
			rename := func(columns map[string]string) {
				for from, to := range renamed {
					if value, ok := columns[from]; ok && columns[to] == "" {
						delete(columns, from)
						columns[to], changed = value, true
					}
				}
			}
			for i := range r.Samples {
				rename(r.Samples[i].Columns)
				for _, line := range r.Samples[i].Lines {
					rename(line.Columns)
				}
			}
			if changed {
				tried++
				spelled = true
				require.NoError(t, r.Test(t.Context()), export)
			}
		}
		if !spelled {
			alike = append(alike, known.ID)
		}
	}
	require.Greater(t, tried, 250)
	for _, id := range alike {
		data, err := os.ReadFile(filepath.Join("catalogue", id+".yaml"))
		require.NoError(t, err)
		r, err := savings.Decode(data)
		require.NoError(t, err)
		for _, s := range r.Samples {
			for _, line := range s.Lines {
				for column := range line.Columns {
					require.NotRegexp(t, "^(x_|SkuMeter$)", column, "%s is read in no other spelling", id)
				}
			}
		}
	}
}

// TestCatalogue_IsTheTableInTheDocuments wants docs/savings.md to say of each rule that it is examined, and of
// no other check.
func TestCatalogue_IsTheTableInTheDocuments(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "savings.md"))
	require.NoError(t, err)
	type row struct {
		class  string
		proven bool // by documents of the client
	}
	stated := map[string]row{}
	checks := 0
	for _, r := range regexp.MustCompile(`(?m)^\| ([AGXZ]-[A-Z0-9-]+) \|.*\| ([^|]+) \| ([^|]+) \|$`).FindAllStringSubmatch(string(text), -1) {
		checks++
		if strings.HasPrefix(r[3], "**examined**") {
			stated[r[1]] = row{r[2], r[3] == "**examined**; documents decide"}
		}
	}
	c, err := savings.Embedded()
	require.NoError(t, err)
	have := map[string]row{}
	for _, r := range c.Rules {
		have[r.ID] = row{r.Class, r.Proof != ""}
	}
	require.Equal(t, have, stated)
	require.Contains(t, string(text), fmt.Sprintf("%d of %d checks are examined.", len(have), checks))
}

func TestDecode_SaysWhatIsWrong(t *testing.T) {
	good, err := os.ReadFile(filepath.Join("catalogue", "A-NET-07.yaml"))
	require.NoError(t, err)
	for name, c := range map[string]struct{ from, to, says string }{
		"unknown field":       {"group: resource", "grouping: resource", "field grouping not found"},
		"field twice":         {"group: resource", "group: resource\ngroup: resource", "already defined"},
		"filter":              {`match: Meter matches`, `match: Meter matches matches`, "A filter of the rule cannot be read"},
		"group":               {"group: resource", "group: cluster", `"cluster" is no group`},
		"provider":            {"providers: [AWS]", "providers: [Amazon]", `written "AWS"`},
		"parameter":           {"name: daysAbove", "name: hours", `"hours" is no parameter`},
		"default":             {`default: "6"`, `default: "9999"`, "not between"},
		"saving without part": {"saving: S-DEL", "saving: S-RATIO", `a parameter "ratio"`},
		"lookback":            {"lookback: 30", "lookback: 300", "a lookback of 1 to"},
		"no trap":             {"kind: trap", "kind: negative", "and a trap"},
		"no words":            {"title: Elastic IP address without use", `title: " "`, "lacks title"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, string(good), c.from)
			_, err := savings.Decode([]byte(strings.Replace(string(good), c.from, c.to, 1)))
			require.Error(t, err)
			require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
			require.Contains(t, finops.MessageOf(err), c.says)
		})
	}
}

// FuzzDecode: whatever a file says, it is a rule whose samples can be run, or an error that says what is wrong.
func FuzzDecode(f *testing.F) {
	c, err := savings.Embedded()
	require.NoError(f, err)
	for _, r := range c.Rules[:3] {
		data, err := os.ReadFile(filepath.Join("catalogue", r.ID+".yaml"))
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := savings.Decode(data)
		if err != nil {
			require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
			require.NotEmpty(t, finops.MessageOf(err))
			return
		}
		_ = r.Test(t.Context())
	})
}
