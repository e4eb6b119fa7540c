package azureexport_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/sourcetest"
)

// parts returns the part of every record of a file.
func parts(t *testing.T, f source.File) []string {
	t.Helper()
	s := readSheet(t, f)
	require.NotEmpty(t, s.part())
	require.Equal(t, s.part(), s.recognition.Columns[len(s.recognition.Columns)-1].Name, "the part is the last column")
	got := make([]string, len(s.rows))
	for row := range s.rows {
		got[row] = s.get(row, s.part())
	}
	return got
}

func TestParts_OfBothViews(t *testing.T) {
	actual := write(t, "a.csv", sheetText(eaHeader, eaActual))
	assert.Equal(t, []string{"actual", "actual", "actual", "actual/commitments", "actual", "actual/commitments", "actual", "actual"}, parts(t, actual))
	amortized := sheetText(eaHeader, append(eaAmortized, values{"ChargeType": "Purchase", "PricingModel": "SavingsPlan", "benefitId": savingsPlan, "Cost": "9"}))
	assert.Equal(t, []string{"amortized", "amortized", "amortized", "amortized", "amortized", "amortized", "amortized", "amortized/commitments"},
		parts(t, write(t, "b.csv", amortized)))
	assert.Equal(t, []string{"actual"}, parts(t, write(t, "c.csv", sheetText(eaHeader, []values{{}}))), "without commitments the views are the same")
	s := readSheet(t, actual)
	assert.Equal(t, map[string]string{"actual": "amortized", "amortized/commitments": "actual/commitments"}, s.recognition.Yields)
}

// TestParts_OneView has no parts where Azure exports one view only.
func TestParts_OneView(t *testing.T) {
	s := readSheet(t, write(t, "f.csv", []byte("SubscriptionGuid,UsageDateTime,MeterCategory,MeterId,PreTaxCost,Currency\ns,2021-02-01,Storage,m,1,USD\n")))
	assert.Equal(t, azureexport.FormatPAYG, s.recognition.Format)
	assert.Empty(t, s.part())
	assert.Nil(t, s.recognition.Yields)
}

// manifest is what Azure writes beside the files of a run.
func manifest(kind, run, submitted string, blobs ...string) []byte {
	var list []string
	for _, b := range blobs {
		list = append(list, fmt.Sprintf(`{"blobName":"root/bill/20230901-20230930/%s/%s","byteCount":1,"dataRowCount":1}`, run, b))
	}
	return fmt.Appendf(nil, `{"manifestVersion":"2024-04-01","byteCount":2,"blobCount":%d,"dataRowCount":1,"exportConfig":{"exportName":"bill-%[2]s","resourceId":"/providers/Microsoft.Billing/billingAccounts/100/providers/Microsoft.CostManagement/exports/bill-%[2]s","dataVersion":"2024-08-01","apiVersion":"2023-07-01-preview","type":"%[2]s","timeFrame":"MonthToDate","granularity":"Daily"},"runInfo":{"executionType":"Scheduled","submittedTime":"%[4]s","runId":"%[3]s","startDate":"2023-09-01T00:00:00","endDate":"2023-09-30T00:00:00"},"blobs":[%[5]s]}`,
		len(blobs), kind, run, submitted, strings.Join(list, ","))
}

// put writes a file below a folder.
func put(t *testing.T, data []byte, elements ...string) source.File {
	t.Helper()
	path := filepath.Join(elements...)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return source.File{Path: path, Size: int64(len(data))}
}

func formatOf(t *testing.T, f source.File) (format, reason string) {
	t.Helper()
	r, ok, err := sourcetest.Recognize(t.Context(), azureexport.Source{}, f)
	require.NoError(t, err)
	require.True(t, ok)
	return r.Format, r.Reason
}

// TestView_OfPartsOfAnExport asks the manifest, else the other parts: a part in which no
// record has to do with a commitment is not the actual view of an amortized export.
func TestView_OfPartsOfAnExport(t *testing.T) {
	plain, covered := sheetText(eaHeader, []values{{}}), sheetText(eaHeader, eaAmortized)
	dir := t.TempDir()
	first := put(t, plain, dir, "m", "part_0_0001.csv")
	put(t, manifest("AmortizedCost", "r1", "2023-09-30T03:55:13.2266Z", "part_0_0001.csv.gz", "part_1_0001.csv"), dir, "m", "manifest.json")
	format, reason := formatOf(t, first)
	assert.Equal(t, azureexport.FormatEAAmortized, format)
	assert.Contains(t, reason, "The manifest of its export says that it is amortized.")
	assert.Equal(t, []string{"amortized"}, parts(t, first))

	first = put(t, plain, dir, "n", "part_0_0001.csv")
	put(t, covered, dir, "n", "part_0_0002.csv")
	format, reason = formatOf(t, first)
	assert.Equal(t, azureexport.FormatEAAmortized, format)
	assert.Contains(t, reason, "Another part of the same export decides.")

	other := put(t, plain, dir, "n", "september.csv")
	format, _ = formatOf(t, other)
	assert.Equal(t, azureexport.FormatEAActual, format, "a file of another name is no part")
}

func TestView_InsideAnArchive(t *testing.T) {
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for name, data := range map[string][]byte{
		"run/part_0_0001.csv": sheetText(eaHeader, []values{{}}),
		"run/manifest.json":   manifest("AmortizedCost", "r1", "2023-09-30T03:55:13Z", "part_0_0001.csv"),
		"part_0_0001.csv":     sheetText(eaHeader, []values{{}}),
		"part_0_0002.csv":     sheetText(eaHeader, eaAmortized),
	} {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write(data)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	f := write(t, "a.zip", packed.Bytes())
	for entry, reason := range map[string]string{"run/part_0_0001.csv": "The manifest", "part_0_0001.csv": "Another part"} {
		f.Entry = entry
		format, got := formatOf(t, f)
		assert.Equal(t, azureexport.FormatEAAmortized, format, entry)
		assert.Contains(t, got, reason)
	}
}

// TestView_BeyondTheBeginning goes on looking until a record has to do with a commitment.
func TestView_BeyondTheBeginning(t *testing.T) {
	text := sheetText(eaHeader, nil)
	text = append(text, bytes.Repeat([]byte(line(eaHeader, nil)), 30_000)...)
	text = append(text, line(eaHeader, values{"ChargeType": "UnusedReservation", "PricingModel": "Reservation", "benefitId": reservation})...)
	format, _ := formatOf(t, write(t, "f.csv", text))
	assert.Equal(t, azureexport.FormatEAAmortized, format)
}

// TestSelect_NewestCompleteRun keeps all parts of one run of each export.
func TestSelect_NewestCompleteRun(t *testing.T) {
	dir, data := t.TempDir(), sheetText(eaHeader, []values{{}})
	var files []source.File
	add := func(folder string, m []byte, names ...string) {
		for _, n := range names {
			files = append(files, put(t, data, dir, folder, n))
		}
		put(t, m, dir, folder, "manifest.json")
	}
	add("old", manifest("ActualCost", "r1", "2023-09-02T03:00:00Z", "part_0_0001.csv", "part_1_0001.csv"), "part_0_0001.csv", "part_1_0001.csv")
	add("new", manifest("ActualCost", "r2", "2023-09-10T03:00:00.5Z", "part_0_0001.csv", "part_1_0001.csv.gz"), "part_0_0001.csv", "part_1_0001.csv", "notes.csv")
	add("cut", manifest("ActualCost", "r3", "2023-09-20T03:00:00Z", "part_0_0001.csv", "part_1_0001.csv"), "part_0_0001.csv")
	add("amortized", manifest("AmortizedCost", "r4", "2023-09-01T03:00:00Z", "part_0_0001.csv"), "part_0_0001.csv")
	add("focus", manifest("FocusCost", "r6", "2023-09-03T03:00:00Z", "part_0_0001.csv"), "part_0_0001.csv")
	add("focus-old", manifest("FocusCost", "r5", "2023-09-02T03:00:00Z", "part_0_0001.csv"), "part_0_0001.csv")
	short := bytes.Replace(manifest("FocusCost", "r7", "2023-09-04T03:00:00Z", "part_0_0001.csv"), []byte("2023-09-30"), []byte("2023-09-10"), 1)
	add("focus-short", short, "part_0_0001.csv")
	files = append(files, put(t, data, dir, "loose.csv"), source.File{Path: filepath.Join(dir, "x.zip"), Entry: "part_0_0001.csv"})

	keep, skipped := azureexport.Source{}.Select(files)
	var kept []string
	for _, f := range keep {
		name, err := filepath.Rel(dir, f.Name())
		require.NoError(t, err)
		kept = append(kept, filepath.ToSlash(name))
	}
	assert.Equal(t, []string{"new/part_0_0001.csv", "new/part_1_0001.csv", "new/notes.csv", "amortized/part_0_0001.csv", "focus/part_0_0001.csv", "loose.csv", "x.zip/part_0_0001.csv"}, kept)
	reasons := map[string]string{}
	for _, s := range skipped {
		reasons[filepath.Base(filepath.Dir(s.Path))] = s.Reason
	}
	assert.Equal(t, map[string]string{
		"focus-short": "Run r6 of the Azure export bill-focuscost holds more of the period from 2023-09-01, or is newer, and takes the place of this one.",
		"focus-old":   "Run r6 of the Azure export bill-focuscost holds more of the period from 2023-09-01, or is newer, and takes the place of this one.",
		"old":         "Run r2 of the Azure export bill-actualcost holds more of the period from 2023-09-01, or is newer, and takes the place of this one.",
		"cut":         "This run of the Azure export bill-actualcost is not complete: its manifest lists part_1_0001.csv, which is not there. Fetch the folder again.",
	}, reasons)
}
