package report_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/report"
)

func TestReadSheet(t *testing.T) {
	f := excelize.NewFile()
	month, quoted := "mmm-yy", `0" y"`
	asMonth, err := f.NewStyle(&excelize.Style{CustomNumFmt: &month})
	require.NoError(t, err)
	asText, err := f.NewStyle(&excelize.Style{CustomNumFmt: &quoted})
	require.NoError(t, err)
	asDay, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	require.NoError(t, err)
	for cell, value := range map[string]any{"A1": "name", "B1": "period", "C1": "amount", "A2": "Shop", "B2": 46296, "C2": 46296.5, "A4": "=1+1", "B4": 46297, "C4": 46296, "D4": 2026} {
		require.NoError(t, f.SetCellValue("Sheet1", cell, value))
	}
	require.NoError(t, f.SetCellStyle("Sheet1", "B2", "B2", asMonth))
	require.NoError(t, f.SetCellStyle("Sheet1", "B4", "B4", asDay))
	require.NoError(t, f.SetCellStyle("Sheet1", "C4", "C4", asText))
	var file bytes.Buffer
	require.NoError(t, f.Write(&file))
	require.NoError(t, f.Close())
	require.True(t, strings.HasPrefix(file.String(), report.WorkbookMagic))

	rows, err := report.ReadSheet(bytes.NewReader(file.Bytes()), 4)
	require.NoError(t, err)
	require.Equal(t, [][]string{{"name", "period", "amount"}, {"Shop", "2026-10-01", "46296.5"}, nil, {"=1+1", "2026-10-02", "46296", "2026"}}, rows)

	rows, err = report.ReadSheet(bytes.NewReader(without(t, file.Bytes(), "xl/styles.xml")), 4)
	require.NoError(t, err, "a workbook need not have styles")
	require.Equal(t, []string{"Shop", "46296", "46296.5"}, rows[1])

	_, err = report.ReadSheet(bytes.NewReader(file.Bytes()), 3)
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	for at := 0; at < file.Len(); at += 97 { // a file that was cut never reads as a whole one
		_, err = report.ReadSheet(bytes.NewReader(file.Bytes()[:at]), 4)
		require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	}
}

// without leaves a file of an archive out.
func without(t *testing.T, archive []byte, name string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	require.NoError(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		if f.Name != name {
			require.NoError(t, w.Copy(f))
		}
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}
