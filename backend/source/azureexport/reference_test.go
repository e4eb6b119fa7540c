package azureexport_test

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/sourcetest"
)

const shared = "../../../../shared/data"

type reference struct {
	Kind   string
	Rows   int
	Totals map[string]string
}

// references returns the Azure files with independently counted totals, by path.
func references(t *testing.T) map[string]reference {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(shared, "real", "REFERENCE.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("The shared sample files are not on this machine.")
	}
	require.NoError(t, err)
	var all struct{ Files map[string]reference }
	require.NoError(t, json.Unmarshal(text, &all))
	return all.Files
}

func fileAt(t testing.TB, path string) source.File {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	return source.File{Path: path, Size: info.Size()}
}

// sheet is a file as it was read: the columns and the records.
type sheet struct {
	recognition source.Recognition
	at          map[string]int
	rows        [][]*string
	rejects     []source.Reject
}

func (s *sheet) get(row int, column string) string {
	if v := s.rows[row][s.at[column]]; v != nil {
		return *v
	}
	return "∅"
}

// sum adds a column exactly.
func (s *sheet) sum(t testing.TB, column string) string {
	t.Helper()
	var sum finops.Sum
	for i := range s.rows {
		if v := s.rows[i][s.at[column]]; v != nil && *v != "" {
			a, err := finops.ParseAmount([]byte(*v))
			require.NoError(t, err)
			sum.Add(a)
		}
	}
	return sum.String()
}

func (s *sheet) total(metric string) (column string) {
	for _, c := range s.recognition.Columns {
		if c.Total == metric {
			return c.Name
		}
	}
	return ""
}

func readSheet(t testing.TB, f source.File) *sheet {
	t.Helper()
	r, ok, err := sourcetest.Recognize(t.Context(), azureexport.Source{}, f)
	require.NoError(t, err)
	require.True(t, ok, "%s is not recognised", f.Path)
	s := &sheet{recognition: r, at: map[string]int{}}
	for i, c := range r.Columns {
		s.at[c.Name] = i
	}
	reader, err := opener.Open(t.Context(), azureexport.Source{}, r)
	require.NoError(t, err)
	defer func() { assert.NoError(t, reader.Close()) }()
	for {
		b, err := reader.Next(t.Context())
		if errors.Is(err, io.EOF) {
			return s
		}
		require.NoError(t, err)
		for row := range b.Rows {
			fields := make([]*string, b.Columns)
			for i := range fields {
				if v := b.Field(row, i); v != nil {
					text := string(v)
					fields[i] = &text
				}
			}
			s.rows = append(s.rows, fields)
		}
		s.rejects = append(s.rejects, b.Rejects...)
		b.Release()
	}
}

// formats is what each shared file is.
var formats = map[string]string{
	"EA_ActualCost_Small.csv": azureexport.FormatEAActual, "EA_NoRows.csv": azureexport.FormatEAActual, "azure_version_2.csv": azureexport.FormatEAActual,
	"EA_AmortizedCost_Small.csv": azureexport.FormatEAAmortized, "camel_azure_version_2.csv": azureexport.FormatMCAActual,
	// Its one record is usage that a reservation covers, at 0: that is what an actual export says.
	"Enterprise.csv": azureexport.FormatEAActual,
	"Template.csv":   azureexport.FormatMinimal, "VirtualMachine.csv": azureexport.FormatMinimal,
	"BOM.csv": azureexport.FormatPAYG, "German.csv": azureexport.FormatPAYG, "PayAsYouGo.csv": azureexport.FormatPAYG,
	"costreport_a243c6f2-199f-4074-9a2c-40e671cf1584.csv": azureexport.FormatPAYG,
	"nise-azure-2026-09.csv":                              azureexport.FormatMCAActual, "nise-azure-header-only.csv": azureexport.FormatMCAActual,
}

func TestReference_RowsAndTotals(t *testing.T) {
	for path, want := range references(t) {
		f := fileAt(t, filepath.Join(shared, filepath.FromSlash(path)))
		if want.Kind != "azure" {
			_, ok, err := sourcetest.Recognize(t.Context(), azureexport.Source{}, f)
			require.NoError(t, err, path)
			assert.False(t, ok, path)
			continue
		}
		t.Run(path, func(t *testing.T) {
			s := readSheet(t, f)
			assert.Equal(t, formats[filepath.Base(path)], s.recognition.Format, s.recognition.Reason)
			assert.Empty(t, s.rejects)
			assert.Len(t, s.rows, want.Rows)
			paygCost, stated := want.Totals["paygcost"]
			if !stated {
				paygCost = want.Totals["paygprice_x_qty"]
			}
			for column, text := range map[string]string{
				s.total("cost"): want.Totals["cost"], s.total("paygcost"): paygCost,
				"BilledCost": want.Totals["focus_billed_rule"], "EffectiveCost": want.Totals["focus_effective_rule"],
				"ContractedCost": want.Totals["unitprice_x_qty"],
			} {
				if text != "" {
					assert.Equal(t, text, s.sum(t, column), column)
				}
			}
		})
	}
}

func TestReference_Conformance(t *testing.T) {
	var cases []sourcetest.Case
	for path, want := range references(t) {
		if want.Kind == "azure" {
			cases = append(cases, sourcetest.Case{Name: path, File: fileAt(t, filepath.Join(shared, filepath.FromSlash(path))), Rows: want.Rows, Format: formats[filepath.Base(path)]})
		}
	}
	sourcetest.Run(t, azureexport.Source{}, cases)
}

// combine returns the records of several files that count when all are held of one bill,
// as source.Recognition.Yields says, by format.
func combine(sheets ...*sheet) map[string][]int {
	parts := map[string]bool{}
	for _, s := range sheets {
		for row := range s.rows {
			parts[s.get(row, s.part())] = true
		}
	}
	kept := map[string][]int{}
	for _, s := range sheets {
		for row := range s.rows {
			if over, yields := s.recognition.Yields[s.get(row, s.part())]; !yields || !parts[over] {
				kept[s.recognition.Format] = append(kept[s.recognition.Format], row)
			}
		}
	}
	return kept
}

// part is the name of the column of parts.
func (s *sheet) part() string {
	for _, c := range s.recognition.Columns {
		if c.Part {
			return c.Name
		}
	}
	return ""
}

// TestReference_Combined keeps of the pair of views what the parts say. The two files are
// samples of the same month, so the sums are those of the records kept.
func TestReference_Combined(t *testing.T) {
	references(t)
	sheets := map[string]*sheet{}
	for _, name := range []string{"azure-ea-actual-csv/EA_ActualCost_Small.csv", "azure-ea-amortized-csv/EA_AmortizedCost_Small.csv"} {
		s := readSheet(t, fileAt(t, filepath.Join(shared, "real", filepath.FromSlash(name))))
		sheets[s.recognition.Format] = s
	}
	kept := combine(sheets[azureexport.FormatEAActual], sheets[azureexport.FormatEAAmortized])
	assert.Len(t, kept[azureexport.FormatEAActual], 1)
	assert.Len(t, kept[azureexport.FormatEAAmortized], 28)
	assert.Equal(t, "19.047780136168644627485419", sumOf(t, sheets, kept, "BilledCost"), "3.25 for the reservation and 15.79… that is on the invoice of the other records")
	assert.Equal(t, "16.296932136636644627485419", sumOf(t, sheets, kept, "EffectiveCost"), "what the amortized export says, and nothing for the purchase")
}

// sumOf adds a column of the records that were kept.
func sumOf(t *testing.T, sheets map[string]*sheet, kept map[string][]int, column string) string {
	t.Helper()
	var sum finops.Sum
	for format, rows := range kept {
		for _, row := range rows {
			a, err := finops.ParseAmount([]byte(sheets[format].get(row, column)))
			require.NoError(t, err)
			sum.Add(a)
		}
	}
	return sum.String()
}

// TestReference_Services finds a service and a category for every meter of the samples.
func TestReference_Services(t *testing.T) {
	for path, want := range references(t) {
		if want.Kind != "azure" {
			continue
		}
		s := readSheet(t, fileAt(t, filepath.Join(shared, filepath.FromSlash(path))))
		for row := range s.rows {
			if category := s.get(row, "x_MeterCategory"); category == "" || category == "Unassigned" {
				continue
			}
			assert.NotEqual(t, "Other", s.get(row, "ServiceCategory"), "%s: %s %s", path, s.get(row, "x_MeterCategory"), s.get(row, "ResourceId"))
			assert.NotEqual(t, "∅", s.get(row, "ServiceName"))
		}
	}
}
