package ingest

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// splitKnown puts the files that are imported already into the result and returns the
// others. A file is read for its hash only if one of the same size is held.
func (r *run) splitKnown(ctx context.Context, items []Item) (fresh []Item, err error) {
	known, err := KnownFiles(ctx, r.db)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	sizes := map[int64]int{}
	for _, item := range items {
		sizes[item.Recognition.File.ContentSize()]++
	}
	repeated := map[int64]Item{} // by the file that is held
	for _, item := range items {
		rec := item.Recognition
		f, hash, err := known.Find(ctx, rec.File, sizes[rec.File.ContentSize()] > 1)
		if err != nil && ctx.Err() == nil && r.trouble(ctx, item, &unreadable{err}) {
			continue
		}
		if err != nil {
			return nil, err
		}
		switch {
		case hash != "" && seen[hash]:
			r.result.Files = append(r.result.Files, FileResult{File: rec.File, Format: rec.Format, Version: rec.Version, Known: true, SHA256: hash})
		case f != nil:
			seen[hash] = true
			repeated[f.ID] = item
			r.again[f.ID] = rec.File.Delivery
		default:
			seen[hash] = true
			fresh = append(fresh, item)
		}
	}
	needed, err := r.needed(ctx, repeated)
	if err != nil {
		return nil, err
	}
	for _, f := range known.all {
		item, again := repeated[f.ID]
		switch {
		case !again:
		case needed[f.ID]:
			delete(r.again, f.ID)
			fresh = append(fresh, item)
		default:
			res := FileResult{File: item.Recognition.File, Format: f.Format, Version: f.Version, Known: true, SHA256: f.SHA256, Lines: f.Lines, Rejects: f.Rejects}
			if err := decodeTotals(f.Totals, &res); err != nil {
				return nil, err
			}
			r.result.Files = append(r.result.Files, res)
		}
	}
	return fresh, nil
}

// needed says which files, though held, are to be read again: another state took the place of
// their lines, and that they are imported once more gives them their place back; or they are all that is left of a delivery.
func (r *run) needed(ctx context.Context, repeated map[int64]Item) (map[int64]bool, error) {
	if len(repeated) == 0 {
		return nil, nil
	}
	h, err := r.db.BillRecords(ctx)
	if err != nil {
		return nil, err
	}
	next, here := int64(0), map[int64]bool{} // imports of which a file is among those to import
	for _, f := range h.Files {
		next = max(next, f.ImportID+1)
		if _, again := repeated[f.ID]; again {
			here[f.ImportID] = true
		}
	}
	lost := map[int64]int64{} // slices that may come back, by the file
	for i := range h.Slices {
		s := &h.Slices[i]
		if s.State == "undone" || s.Current() || len(h.Sources[s.ID]) != 1 {
			continue
		}
		file := h.Sources[s.ID][0]
		item, again := repeated[file]
		if !again || (here[s.ReplacedBy] && !r.opts.answer(item.Recognition.File.Name()).replaces()) {
			continue
		}
		lost[s.ID] = file
	}
	needed := shrunk(h, repeated)
	if len(lost) == 0 {
		return needed, nil
	}
	for i := range h.Slices {
		if s := &h.Slices[i]; lost[s.ID] != 0 {
			s.ImportID, s.Legacy = next, false
			s.Answer = string(r.opts.answer(repeated[lost[s.ID]].Recognition.File.Name()))
		}
	}
	for i := range h.Files {
		if d := r.again[h.Files[i].ID]; d.Series != "" {
			h.Files[i].Series, h.Files[i].Delivery, h.Files[i].DeliveredAt = d.Series, d.ID, d.At
		}
	}
	for _, s := range Decide(h) {
		if file := lost[s.SliceID]; file != 0 && s.Active {
			needed[file] = true
		}
	}
	return needed, nil
}

// shrunk are the files of deliveries that lack others which an earlier delivery of the series had and that still count.
func shrunk(h store.BillRecords, repeated map[int64]Item) map[int64]bool {
	counts := map[int64]bool{} // files
	for i := range h.Slices {
		if s := &h.Slices[i]; s.Current() && s.State != "undone" {
			for _, file := range h.Sources[s.ID] {
				counts[file] = true
			}
		}
	}
	less := map[string]bool{} // series
	for _, item := range repeated {
		d := item.Recognition.File.Delivery
		less[d.Series] = less[d.Series] || slices.ContainsFunc(h.Files, func(f store.ImportFile) bool {
			_, again := repeated[f.ID]
			return d.At != "" && f.Series == d.Series && f.DeliveredAt != "" && f.DeliveredAt < d.At && !again && counts[f.ID]
		})
	}
	list := map[int64]bool{}
	for id, item := range repeated {
		if d := item.Recognition.File.Delivery; d.Series != "" && less[d.Series] {
			list[id] = true
		}
	}
	return list
}

// Known finds files that the ledger holds.
type Known struct {
	all    []store.ImportFile
	bySize map[int64][]store.ImportFile
}

// KnownFiles returns the files of the imports that were not undone.
func KnownFiles(ctx context.Context, db *store.DB) (*Known, error) {
	imports, err := db.Imports(ctx)
	if err != nil {
		return nil, err
	}
	done := map[int64]bool{}
	for _, i := range imports {
		done[i.ID] = i.State == "done"
	}
	files, err := db.Files(ctx)
	if err != nil {
		return nil, err
	}
	k := &Known{bySize: map[int64][]store.ImportFile{}}
	for _, f := range files {
		if done[f.ImportID] && !f.Undone {
			k.all = append(k.all, f)
			k.bySize[f.Bytes] = append(k.bySize[f.Bytes], f)
		}
	}
	return k, nil
}

// Find returns the held file with the same content, nil if there is none. hash is ""
// when the content did not need to be read and must is false.
func (k *Known) Find(ctx context.Context, f source.File, must bool) (have *store.ImportFile, hash string, err error) {
	candidates := k.bySize[f.ContentSize()]
	if f.Entry != "" { // older versions kept the size of the archive
		if info, err := os.Stat(f.Path); err == nil {
			candidates = append(slices.Clone(candidates), k.bySize[info.Size()]...)
		}
	}
	if len(candidates) == 0 && !must {
		return nil, "", nil
	}
	if hash, err = hashFile(ctx, f); err != nil {
		return nil, "", err
	}
	for i := len(candidates) - 1; i >= 0; i-- { // the newest import of it
		if candidates[i].SHA256 == hash {
			return &candidates[i], hash, nil
		}
	}
	return nil, hash, nil
}

func hashFile(ctx context.Context, f source.File) (string, error) {
	if f.Entry != "" {
		return hashEntry(ctx, f)
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return "", finops.WrapError(finops.CodeNotFound, err, "%s cannot be opened.", f.Path)
	}
	defer func() { _ = file.Close() }() // only read
	return hash(ctx, f, file)
}

func hashEntry(ctx context.Context, f source.File) (string, error) {
	archive, err := zip.OpenReader(f.Path)
	if err != nil {
		return "", finops.WrapError(finops.CodeCorrupt, err, "%s is not a readable .zip archive.", f.Path)
	}
	defer archive.Close()
	entry, err := archive.Open(f.Entry)
	if err != nil {
		return "", finops.WrapError(finops.CodeNotFound, err, "%s has no readable entry %s.", f.Path, f.Entry)
	}
	defer entry.Close()
	return hash(ctx, f, entry)
}

func hash(ctx context.Context, f source.File, r io.Reader) (string, error) {
	h := sha256.New()
	buf := make([]byte, 1<<20)
	for {
		if ctx.Err() != nil {
			return "", context.Cause(ctx)
		}
		n, err := r.Read(buf)
		_, _ = h.Write(buf[:n]) // never fails
		if err == io.EOF {
			return hex.EncodeToString(h.Sum(nil)), nil
		}
		if err != nil {
			return "", finops.WrapError(finops.CodeUnavailable, err, "%s cannot be read.", f.Name())
		}
	}
}

type keptTotals struct {
	Periods []finops.Month `json:"periods"`
	Totals  []keptTotal    `json:"totals"`
}

type keptTotal struct {
	Currency string        `json:"currency"`
	Month    finops.Month  `json:"month"`
	Metric   finops.Metric `json:"metric"`
	Amount   finops.Amount `json:"amount"`
}

func encodeTotals(r *FileResult) (string, error) {
	k := keptTotals{Periods: r.Periods}
	for _, t := range r.Totals {
		k.Totals = append(k.Totals, keptTotal{t.Currency, t.Month, t.Metric, t.Amount.Amount()})
	}
	text, err := json.Marshal(k)
	if err != nil {
		return "", fmt.Errorf("encode totals: %w", err)
	}
	return string(text), nil
}

func decodeTotals(text string, r *FileResult) error {
	var k keptTotals
	if err := json.Unmarshal([]byte(text), &k); err != nil {
		return finops.WrapError(finops.CodeCorrupt, err, "The record of the file %s is damaged.", r.File.Name())
	}
	r.Periods = k.Periods
	for _, t := range k.Totals {
		var s finops.Sum
		s.Add(t.Amount)
		r.Totals = append(r.Totals, Total{t.Currency, t.Month, t.Metric, s})
	}
	return nil
}
