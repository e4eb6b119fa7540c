package awscur

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"cloud-intelligence/backend/finops"
)

// ManifestFile is what AWS delivers beside a report: which files belong together, and which
// columns they have. CUR 2.0 names its deliveries executions, the legacy report
// assemblies; both are Assembly here.
type ManifestFile struct {
	Version  string // "legacy" or "2.0"
	Report   string // name of the report, or the ARN of the export
	Assembly string // assemblyId, or executionId
	Account  string // that the report is of; "" in CUR 2.0, whose ARN names it
	View     string // ARN of the billing view that the report is made of; "" for the bill itself
	// Start and End of the billing period as written; "" in CUR 2.0, whose folder names it.
	Start, End string
	Columns    []ManifestColumn
	Files      []string // keys of the data files in the bucket, in order
	Size       int64    // bytes of the manifest itself
}

// ManifestColumn is a column of the report. Category is "" in CUR 2.0.
type ManifestColumn struct {
	Category string `json:"category"`
	Name     string `json:"name"`
	Type     string `json:"type"`
}

// Header is the name of the column in the header of a CSV file.
func (c ManifestColumn) Header() string {
	if c.Category == "" {
		return c.Name
	}
	return c.Category + "/" + c.Name
}

const maxManifest = 16 << 20

// Manifest reads the manifest at path. It answers CodeInvalid for a file that is none,
// CodeNotFound where there is no file, and the cause of a cancelled ctx.
func Manifest(ctx context.Context, path string) (ManifestFile, error) {
	var m ManifestFile
	if err := context.Cause(ctx); err != nil {
		return m, err
	}
	text, err := readSmall(path)
	if err != nil {
		return m, err
	}
	return ParseManifest(path, text)
}

// ParseManifest reads the text of a manifest; path is for messages. It answers CodeInvalid for a text that
// is none.
func ParseManifest(path string, text []byte) (m ManifestFile, err error) {
	var raw struct {
		AssemblyID    string          `json:"assemblyId"`
		ExecutionID   string          `json:"executionId"`
		Account       json.RawMessage `json:"account"`
		BillingView   string          `json:"billingViewArn"`
		ReportName    string          `json:"reportName"`
		ExportARN     string          `json:"exportArn"`
		BillingPeriod struct{ Start, End string }
		Columns       []ManifestColumn `json:"columns"`
		ReportKeys    []string         `json:"reportKeys"`
		DataFiles     []json.RawMessage
	}
	if err := json.Unmarshal(text, &raw); err != nil {
		return m, finops.WrapError(finops.CodeInvalid, err, "%s is not the manifest of an AWS report: it is not the JSON that AWS writes.", path)
	}
	m = ManifestFile{Version: "legacy", Report: raw.ReportName, Account: strings.Trim(string(raw.Account), `"`), View: raw.BillingView, Assembly: raw.AssemblyID, Start: raw.BillingPeriod.Start, End: raw.BillingPeriod.End,
		Columns: raw.Columns, Files: raw.ReportKeys, Size: int64(len(text))}
	if raw.ExecutionID != "" || raw.DataFiles != nil {
		m.Version, m.Report, m.Assembly = "2.0", raw.ExportARN, raw.ExecutionID
		if m.Files, err = dataFiles(raw.DataFiles); err != nil {
			return m, finops.WrapError(finops.CodeInvalid, err, "%s lists its data files in a way that is not known.", path)
		}
	}
	if m.Assembly == "" || len(m.Columns) == 0 {
		return ManifestFile{}, finops.Errorf(finops.CodeInvalid, "%s is not the manifest of an AWS report: it names no assembly or execution, or no columns.", path)
	}
	return m, nil
}

// dataFiles reads the list of CUR 2.0: keys, or objects that hold one.
func dataFiles(all []json.RawMessage) ([]string, error) {
	var keys []string
	for _, raw := range all {
		var key string
		if json.Unmarshal(raw, &key) != nil {
			var object struct{ Key, FilePath, S3Key string }
			if err := json.Unmarshal(raw, &object); err != nil {
				return nil, fmt.Errorf("read data file: %w", err)
			}
			for _, k := range []string{object.Key, object.FilePath, object.S3Key} {
				if key == "" {
					key = k
				}
			}
		}
		if key == "" {
			return nil, fmt.Errorf("read data file: no key in %.100s", raw)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// readSmall reads a file whole, up to the size a manifest can have.
func readSmall(name string) (text []byte, err error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, finops.WrapError(finops.CodeNotFound, err, "%s does not exist.", name)
	}
	if err != nil {
		return nil, finops.WrapError(finops.CodeUnavailable, err, "%s may not be read; check its permissions.", name)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	text, err = io.ReadAll(io.LimitReader(f, maxManifest+1))
	if err != nil {
		return nil, finops.WrapError(finops.CodeUnavailable, err, "%s cannot be read.", name)
	}
	if len(text) > maxManifest {
		return nil, finops.Errorf(finops.CodeInvalid, "%s is too large for a manifest.", name)
	}
	return text, nil
}

// baseNames are the names of the data files without their folders: a bucket is often
// copied without its upper folders.
func (m *ManifestFile) baseNames() []string {
	names := make([]string, len(m.Files))
	for i, key := range m.Files {
		names[i] = path.Base(strings.TrimSuffix(key, "/"))
	}
	return names
}

// month names the billing period: 20260401-20260501 or 2026-04; "" where neither the
// manifest nor the keys of its files say it.
func (m *ManifestFile) month() string {
	if len(m.Start) >= 8 && len(m.End) >= 8 {
		return m.Start[:8] + "-" + m.End[:8]
	}
	for _, key := range m.Files {
		for part := range strings.SplitSeq(key, "/") {
			if name, ok := strings.CutPrefix(part, twoPrefix); ok && twoPeriod.MatchString(part) {
				return name
			}
		}
	}
	return ""
}
