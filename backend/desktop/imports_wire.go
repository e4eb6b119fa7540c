package desktop

import (
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// ImportPlan is what an import would read.
type ImportPlan struct {
	ID       string                `json:"id"`
	Files    []PlannedFile         `json:"files"`
	Skipped  []service.SkippedFile `json:"skipped"`
	Examined bool                  `json:"examined"` // the files were read to their end, so that Outlook can tell what an import would do
}

// PlannedFile is a billing file that an import would read.
type PlannedFile struct {
	Path           string       `json:"path"`
	Format         string       `json:"format"`
	FormatName     string       `json:"formatName"` // as people call it
	Version        string       `json:"version"`
	Confidence     float64      `json:"confidence"`
	Reason         string       `json:"reason"`
	Dialect        string       `json:"dialect"`
	SizeBytes      int64        `json:"sizeBytes"`
	Columns        []FileColumn `json:"columns"`
	SampleLines    int          `json:"sampleLines"`
	EstimatedLines int64        `json:"estimatedLines"`
	Providers      []string     `json:"providers"`
	BillingPeriods []string     `json:"billingPeriods"`
	Currencies     []string     `json:"currencies"`
	FirstRows      [][]*string  `json:"firstRows"`
	Warnings       []string     `json:"warnings"`
	Status         FileStatus   `json:"status"`
	Trouble        string       `json:"trouble"` // why a damaged file cannot be imported, in a sentence

	// What reading it to its end has shown; 0 and none where only the beginning was read.
	Lines   int64          `json:"lines"`
	Rejects int64          `json:"rejects"`
	Costs   []ingest.Money `json:"costs"`
}

// FileStatus says what an import would do with a file.
type FileStatus string

const (
	fileNew     FileStatus = "new"
	fileKnown   FileStatus = "known"   // the workspace has it already
	fileSame    FileStatus = "same"    // another file of the preview has the same content
	fileDamaged FileStatus = "damaged" // it cannot be read to its end
)

// FileColumn is a column of a billing file.
type FileColumn struct {
	Name  string `json:"name"`
	Raw   string `json:"raw"`
	Focus bool   `json:"focus"`
}

// ImportOptions of an import.
type ImportOptions struct {
	Strict bool `json:"strict"`
	// Answers say what to do with files that overlap. Of others it is asked.
	Answers []FileAnswer `json:"answers"`
	// Look stops an import that replaces a bill before it does, and shows what it would change.
	Look bool `json:"look"`
}

// FileAnswer is what a person wants done with the overlaps of one file.
type FileAnswer struct {
	File   string         `json:"file"`
	Answer ingest.Overlap `json:"answer"`
}

// ImportOutcome is what became of an import, or what one of a preview would do.
type ImportOutcome struct {
	service.ImportChanges
	Costs       []ingest.Money `json:"costs"` // of the lines of the files, by currency, also where they do not count
	Imports     []int64        `json:"imports"`
	Known       []string       `json:"known"`
	NeedsReview bool           `json:"needsReview"` // the import replaces bills, and waits until that is confirmed
	Warnings    []FileWarning  `json:"warnings"`
}

// FileWarning is what was odd in a file that was read, in a sentence.
type FileWarning struct {
	File string `json:"file"`
	Text string `json:"text"`
}

// ImportInfo describes an import that was made.
type ImportInfo struct {
	service.ImportDocument
	Format    string         `json:"format"` // of its files, as people know it
	Providers []string       `json:"providers"`
	Standing  ImportStanding `json:"standing"`
}

// ImportStanding says what became of the lines of an import.
type ImportStanding struct {
	Counted    int64   `json:"counted"`
	Replaced   int64   `json:"replaced"`   // newer imports took the place of them
	ReplacedBy []int64 `json:"replacedBy"` // those imports
	NotCounted int64   `json:"notCounted"` // another export or view of their bill is used
	Undone     int64   `json:"undone"`     // of files that were taken back
}

// RejectsPage is a page of lines that could not be read.
type RejectsPage struct {
	Total int                 `json:"total"`
	Rows  []service.RejectRow `json:"rows"`
}

// VerifyReport is the result of a verification.
type VerifyReport struct {
	OK         bool                  `json:"ok"`
	Checks     []service.VerifyCheck `json:"checks"`
	DurationMs int64                 `json:"durationMs"`
}

func importPlan(id string, p *service.Plan) ImportPlan {
	plan := ImportPlan{
		ID: id, Files: wire.Each(p.Files, plannedFile), Examined: p.Examined != nil,
		Skipped: wire.Each(p.Skipped, func(s source.Skipped) service.SkippedFile { return service.SkippedFile{Path: s.Path, Reason: s.Reason} }),
	}
	if p.Examined == nil {
		return plan
	}
	byPath := map[string]*PlannedFile{}
	for i := range plan.Files {
		byPath[plan.Files[i].Path] = &plan.Files[i]
	}
	for _, examined := range p.Examined.Files {
		if f := byPath[examined.File.Name()]; f != nil {
			f.examined(&examined)
		}
	}
	return plan
}

// examined takes over what reading the file to its end has shown.
func (f *PlannedFile) examined(e *ingest.ExaminedFile) {
	f.Lines, f.Rejects, f.Costs = e.Lines, e.Rejects, ingest.CostsOf(e.Totals)
	switch {
	case e.Trouble != nil:
		f.Status, f.Trouble = fileDamaged, finops.MessageOf(e.Trouble)
	case e.Known && f.Status == fileNew:
		f.Status = fileSame
	case !e.Known:
		f.Status = fileNew // also a known one whose lines would come back
	}
	for _, w := range e.Warnings {
		if !slices.Contains(f.Warnings, w) {
			f.Warnings = append(f.Warnings, w)
		}
	}
}

func plannedFile(f service.PlannedFile) PlannedFile {
	r := f.Recognition
	status := fileNew
	if f.Known {
		status = fileKnown
	}
	return PlannedFile{
		Path: r.File.Name(), Format: r.Format, FormatName: finops.FormatName(r.Format, r.Version), Version: r.Version, Confidence: r.Confidence, Reason: r.Reason, Dialect: r.Dialect,
		SizeBytes: r.File.Size, SampleLines: f.SampleLines, EstimatedLines: f.EstimatedLines,
		Columns:   wire.Each(r.Columns, func(c source.Column) FileColumn { return FileColumn{c.Name, c.Raw, c.Focus} }),
		Providers: wire.List(f.Providers), BillingPeriods: wire.List(f.Periods), Currencies: wire.List(f.Currencies),
		FirstRows: rows(f.FirstRows), Warnings: wire.List(f.Warnings), Status: status, Costs: []ingest.Money{},
	}
}

// rows makes every nil row an empty one.
func rows(values [][]*string) [][]*string { return wire.Each(values, wire.List[*string]) }

func importOutcome(r *ingest.Result) ImportOutcome {
	o := ImportOutcome{
		ImportChanges: service.ChangesOf(r), Imports: []int64{}, Known: []string{}, Warnings: []FileWarning{}, NeedsReview: r.NeedsReview,
	}
	if r.ImportID != 0 {
		o.Imports = []int64{r.ImportID}
	}
	var totals []ingest.Total
	for _, f := range r.Files {
		if f.Known {
			o.Known = append(o.Known, f.File.Name())
		} else {
			totals = append(totals, f.Totals...)
		}
		for _, w := range f.Warnings {
			o.Warnings = append(o.Warnings, FileWarning{f.File.Name(), w})
		}
	}
	o.Costs = ingest.CostsOf(totals)
	return o
}

func importInfo(i service.ImportInfo) ImportInfo {
	return ImportInfo{
		ImportDocument: i.Document(),
		Standing:       ImportStanding{i.Standing.Counted, i.Standing.Replaced, wire.List(i.Standing.ReplacedBy), i.Standing.NotCounted, i.Standing.Undone},
		Format:         strings.Join(distinct(wire.Each(i.Files, func(f store.ImportFile) string { return finops.FormatName(f.Format, f.Version) })), ", "),
		Providers:      distinct(wire.Each(i.Slices, func(s store.Slice) string { return s.Provider })),
	}
}

// distinct sorts texts and drops what comes twice and what is empty.
func distinct(texts []string) []string {
	slices.Sort(texts)
	return slices.DeleteFunc(slices.Compact(texts), func(s string) bool { return s == "" })
}

func verifyReport(r *service.VerifyReport) VerifyReport {
	return VerifyReport{OK: r.OK, DurationMs: r.Duration.Milliseconds(), Checks: wire.List(r.Checks)}
}

// importedAt says for each provider when the newest import finished of which a bill counts.
func importedAt(imports []service.ImportInfo) map[string]string {
	at := map[string]string{}
	for _, i := range imports { // newest first
		for _, s := range i.Slices {
			provider := finops.CanonicalProvider(s.Provider)
			if _, have := at[provider]; !have && s.State == "active" {
				at[provider] = wire.Instant(i.FinishedAt)
			}
		}
	}
	return at
}

func columnKind(k finops.Kind) ColumnKind {
	switch k {
	case finops.KindDecimal:
		return columnDecimal
	case finops.KindTime:
		return columnTime
	case finops.KindJSON:
		return columnJSON
	default:
		return columnText
	}
}
