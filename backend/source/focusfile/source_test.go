package focusfile_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/sourcetest"
)

func write(t testing.TB, name string, data []byte) source.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return source.File{Path: path, Size: int64(len(data))}
}

func gzipped(t testing.TB, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, m := range members {
		w := gzip.NewWriter(&b)
		_, err := w.Write([]byte(m))
		require.NoError(t, err)
		require.NoError(t, w.Close())
	}
	return b.Bytes()
}

func zipped(t testing.TB, entries map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range entries {
		f, err := w.Create(name)
		require.NoError(t, err)
		_, err = f.Write([]byte(text))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

// header returns the columns of a FOCUS version as a header line.
func header(version int, add ...string) string {
	var names []string
	for _, c := range finops.Columns() {
		if c.Since <= version && (c.Until == 0 || version <= c.Until) {
			names = append(names, c.Name)
		}
	}
	return strings.Join(append(names, add...), ",")
}

func record(header, value string) string {
	return value + strings.Repeat(","+value, strings.Count(header, ","))
}

func TestSource_Conformance(t *testing.T) {
	h := header(12, "x_Team")
	text := h + "\n" + strings.Repeat(record(h, "1")+"\n", 5000) + "broken\n"
	plain := write(t, "focus.csv", []byte(text))
	sum := sha256.Sum256([]byte(text))
	archive := write(t, "focus.zip", zipped(t, map[string]string{"a/focus.csv": text}))
	archive.Entry = "a/focus.csv"
	sourcetest.Run(t, focusfile.Source{}, []sourcetest.Case{
		{Name: "plain", File: plain, Format: "focus-csv", Version: "1.2", Rows: 5000, Rejects: 1},
		{Name: "gzip of two members", File: write(t, "focus.csv.gz", gzipped(t, text[:1000], text[1000:])), Version: "1.2", Rows: 5000, Rejects: 1},
		{Name: "zip entry", File: archive, Version: "1.2", Rows: 5000, Rejects: 1, SHA256: hex.EncodeToString(sum[:])},
		{Name: "no rows", File: write(t, "empty.csv", []byte(h)), Version: "1.2", Rows: 0},
	})
}

func TestRecognize_Versions(t *testing.T) {
	for _, c := range []struct{ header, version string }{
		{header(10), "1.0"}, {header(11), "1.1"}, {header(12), "1.2"}, {header(13), "1.3"}, {header(14), "1.4"},
		{"BilledCost,AmortizedCost,BilledCurrency,ChargeType,Provider,Publisher,InvoiceIssuer,Region,ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,BillingPeriodEnd,ServiceName,ServiceCategory", "0.5"},
		{"BilledCost,EffectiveCost,BillingCurrency,ChargeCategory,ChargeSubcategory,ProviderName,Region,UsageQuantity,UsageUnit,ChargePeriodStart,ChargePeriodEnd,ServiceName", "1.0-preview"},
		{"billed_cost,effective_cost,billing_currency,charge_category,provider_name,charge_period_start,service_name,sub_account_id", "1.0"},
	} {
		r, ok, err := sourcetest.Recognize(t.Context(), focusfile.Source{}, write(t, "f.csv", []byte(c.header+"\n")))
		require.NoError(t, err)
		require.True(t, ok, c.header)
		assert.Equal(t, c.version, r.Version, c.header)
		assert.Contains(t, r.Reason, "FOCUS")
	}
}

func TestRecognize_ColumnNames(t *testing.T) {
	f := write(t, "f.csv", []byte("Provider,ProviderName,SkuPriceid,billed_cost,BilledCost,AmortizedCost,ChargePeriodStart,ServiceName,Id,x_Sku,BillingCurrency\n"))
	r, ok, err := sourcetest.Recognize(t.Context(), focusfile.Source{}, f)
	require.NoError(t, err)
	require.True(t, ok)
	var got []string
	for _, c := range r.Columns {
		mark := ""
		if c.Focus {
			mark = "*"
		}
		got = append(got, c.Name+mark)
	}
	assert.Equal(t, []string{"Provider", "ProviderName*", "SkuPriceId*", "billed_cost", "BilledCost*", "EffectiveCost*", "ChargePeriodStart*", "ServiceName*", "Id", "x_Sku", "BillingCurrency*"}, got)
	assert.Equal(t, "SkuPriceid", r.Columns[2].Raw)
}

func TestRecognize_NotCost(t *testing.T) {
	h := header(12)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"empty":      {nil, "an empty file"},
		"html":       {[]byte("\n<!DOCTYPE html><html>"), "an HTML page"},
		"json":       {[]byte(`{"a": 1}`), "a JSON file"},
		"manifest":   {[]byte(`{"assemblyId":"x","reportKeys":[]}`), "the manifest of an AWS Cost and Usage Report; it holds no charges"},
		"lfs":        {[]byte("version https://git-lfs.github.com/spec/v1\noid sha256:1\n"), "a Git LFS pointer, not the file itself"},
		"pdf":        {[]byte("%PDF-1.7\n"), "a PDF document"},
		"binary":     {[]byte("\x00\x01\x02\x03\x04\xff\xfe"), "a binary file"},
		"excel":      {zipped(t, map[string]string{"[Content_Types].xml": "", "xl/workbook.xml": ""}), "an Excel workbook; save the sheet as CSV and import that file"},
		"no cost":    {[]byte(strings.ReplaceAll(strings.ReplaceAll(h, "BilledCost", "B"), "EffectiveCost", "E")), "a table with FOCUS columns, but without a cost"},
		"few":        {[]byte("BilledCost,ChargePeriodStart\n1,2\n"), "a table that is no known billing export (columns BilledCost, ChargePeriodStart)"},
		"commitment": {[]byte("ContractCommitmentId,ContractId,BillingCurrency\n"), "a FOCUS Contract Commitment dataset"},
		"invoices":   {[]byte("InvoiceDetailId,InvoiceId,BilledCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,BillingAccountId,ChargeCategory\n"), "a FOCUS Invoice Detail dataset"},
		"other":      {[]byte("name;age\nx;1\n"), "a table that is no known billing export (columns name, age)"},
	} {
		t.Run(name, func(t *testing.T) {
			f := write(t, "f", c.data)
			_, ok, err := sourcetest.Recognize(t.Context(), focusfile.Source{}, f)
			require.NoError(t, err)
			assert.False(t, ok)
			assert.Contains(t, focusfile.Describe(sourcetest.Look(t, f)), c.want)
		})
	}
}

func TestOpen_OtherFileThanRecognised(t *testing.T) {
	f := write(t, "f.csv", []byte(header(12)+"\n"))
	r, ok, err := sourcetest.Recognize(t.Context(), focusfile.Source{}, f)
	require.NoError(t, err)
	require.True(t, ok)
	require.NoError(t, os.WriteFile(f.Path, []byte(header(11)+"\n"), 0o600))
	_, err = opener.Open(t.Context(), focusfile.Source{}, r)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
}

const shared = "../../../../shared/data"

type reference struct {
	Files map[string]struct {
		Kind string
		Rows int
	}
}

// TestSource_SharedFiles reads every published sample: the FOCUS files with the
// number of rows that was counted independently, the others not at all.
func TestSource_SharedFiles(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(shared, "real", "REFERENCE.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the shared sample files are not on this machine")
	}
	require.NoError(t, err)
	var ref reference
	require.NoError(t, json.Unmarshal(text, &ref))
	versions := map[string]string{"multi-focus-1.0-csv": "1.0", "aws-focus-1.1-csv": "1.1", "aws-focus-1.2-csv": "1.2", "aws-focus-1.2-parquet": "1.2", "azure-focus-1.3-csv": "1.3", "gcp-focus-1.2-csv": "1.2", "simple_agreements": "1.1", "spend_agreements": "1.1", "saas_examples": "1.2"}
	var cases []sourcetest.Case
	for name, file := range ref.Files {
		files, _, err := source.Expand(t.Context(), []string{filepath.Join(shared, filepath.FromSlash(name))})
		require.NoError(t, err)
		for _, f := range files {
			if file.Kind == "focus" || file.Kind == "focuspq" {
				cases = append(cases, sourcetest.Case{Name: name, File: f, Rows: file.Rows, Version: versions[filepath.Base(filepath.Dir(f.Path))]})
				continue
			}
			_, ok, err := sourcetest.Recognize(t.Context(), focusfile.Source{}, f)
			require.NoError(t, err, name)
			assert.False(t, ok, name)
			d := focusfile.Describe(sourcetest.Look(t, f))
			t.Logf("%s: %s", name, d)
			for kind, want := range map[string]string{"aws": "an AWS Cost and Usage Report", "awspq": "an AWS Cost and Usage Report", "awsctrla": "Athena", "azure": "an Azure cost export", "gcp": "a Google Cloud billing export", "gcpjson": "a Google Cloud billing export", "oci": "an Oracle Cloud cost report"} {
				if kind == file.Kind {
					assert.Contains(t, d, want, name)
				}
			}
		}
	}
	sourcetest.Run(t, focusfile.Source{}, cases)
}

// TestRecognize_OtherSharedTables covers the tables that are no bills.
func TestRecognize_OtherSharedTables(t *testing.T) {
	if _, err := os.Stat(shared); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the shared sample files are not on this machine")
	}
	files, skipped, err := source.Expand(t.Context(), []string{filepath.Join(shared, "prices"), filepath.Join(shared, "real", "README.md"), filepath.Join(shared, "real", "REFERENCE.json")})
	require.NoError(t, err)
	assert.Empty(t, skipped)
	require.NotEmpty(t, files)
	for _, f := range files {
		_, ok, err := sourcetest.Recognize(t.Context(), focusfile.Source{}, f)
		require.NoError(t, err)
		assert.False(t, ok, f.Path)
		assert.NotEmpty(t, focusfile.Describe(sourcetest.Look(t, f)))
	}
}

func FuzzRecognize(f *testing.F) {
	f.Add([]byte(header(12) + "\n"))
	f.Add(gzipped(f, header(10)+"\r\n"))
	f.Add(zipped(f, map[string]string{"a.csv": header(11)}))
	f.Add([]byte("PAR1\x00\x00\x00\x00PAR1"))
	f.Add([]byte("\xff\xfea\x00,\x00b\x00"))
	f.Add([]byte(`{"reportKeys":[]}`))
	path := filepath.Join(f.TempDir(), "f")
	f.Fuzz(func(t *testing.T, data []byte) {
		require.NoError(t, os.WriteFile(path, data, 0o600))
		file := source.File{Path: path, Size: int64(len(data))}
		if l, err := opener.Look(t.Context(), file); err == nil {
			require.NotEmpty(t, focusfile.Describe(l))
			require.NoError(t, l.Close())
		}
		src := focusfile.Source{}
		r, ok, err := sourcetest.Recognize(t.Context(), src, file)
		if err != nil && finops.CodeOf(err) == finops.CodeInternal {
			t.Fatalf("error without a code: %v", err)
		}
		if err != nil || !ok {
			return
		}
		reader, err := opener.Open(t.Context(), src, r)
		require.NoError(t, err)
		for err == nil {
			var b *source.Batch
			if b, err = reader.Next(t.Context()); err == nil {
				b.Release()
			}
		}
		if !errors.Is(err, io.EOF) && finops.CodeOf(err) == finops.CodeInternal {
			t.Fatalf("error without a code: %v", err)
		}
		require.NoError(t, reader.Close())
	})
}
