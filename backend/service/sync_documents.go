package service

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// keepExtra keeps what was fetched beside bills. What cannot be used, the run notes: bills are up to date without it.
func (s *syncing) keepExtra(ctx context.Context, g source.Group, folder string, size int64) error {
	name, _ := source.ExtraName(g.DataSet)
	for _, o := range g.Objects {
		path := filepath.Join(folder, filepath.FromSlash(o.Key))
		day, err := finops.ParseDay(o.Version)
		if err != nil {
			return err
		}
		if g.Holds == source.Budgets {
			err = s.keepBudgets(ctx, path)
		} else {
			err = Documents(s.Syncs).keepFetched(ctx, path, s.c.ID+"/"+name, s.c.Name, day)
		}
		switch code := finops.CodeOf(err); {
		case code == finops.CodeInvalid || code == finops.CodeUnsupported || code == finops.CodeCorrupt:
			s.result.Skipped = append(s.result.Skipped, name+": "+finops.MessageOf(err))
			return s.stage.drop(g.State())
		case err != nil:
			return err
		}
	}
	s.result.Extras = append(s.result.Extras, name)
	err := s.db.KeepSynced(ctx, store.Synced{Connection: s.c.ID, DataSet: g.DataSet, State: g.State(), Files: int64(len(g.Objects)), Bytes: size, At: s.now()}, s.user)
	if err != nil {
		return err
	}
	return s.stage.drop(g.State())
}

// keepFetched keeps a file that a sync fetched as a document of the day, in place of the one that it fetched before. An empty one takes that
// away: what it listed is there no more. It answers CodeInvalid and CodeUnsupported as Add does for a file.
func (w Documents) keepFetched(ctx context.Context, path, from, connection string, day finops.Day) error {
	f := readFetched(path, day)
	if f.err != nil {
		return f.err
	}
	have, err := w.List(ctx)
	if err != nil {
		return err
	}
	hash := hashOf(f.data)
	before := docWith(have, func(d Document) bool { return d.Source == from })
	if same := docWith(have, func(d Document) bool { return d.Source != from && d.Hash == hash }); same != nil {
		if same.Day < day { // it is so today, too
			_, err = w.Change(ctx, same.Name, DocumentChange{Day: &day}, same.Version)
		}
		return err
	}
	if text := strings.TrimSpace(string(f.data)); text == "" || text == "[]" || text == "{}" {
		if before == nil {
			return nil
		}
		return w.Remove(ctx, before.Name, before.Version)
	}
	d, err := document.Read(f.path, f.data)
	if err != nil {
		return err
	}
	made := w.made(d, &f, hash)
	made.Source = from
	made.apply(DocumentChange{Day: &day})
	if before != nil {
		made.Name = before.Name
	} else {
		made.Name = freeName(connection+" "+filepath.Base(path), have)
	}
	content, err := json.Marshal(made)
	if err != nil {
		return fmt.Errorf("spell a document: %w", err)
	}
	n := store.Named{Name: made.Name, Content: string(content), ChangedAt: made.ChangedAt, ChangedBy: made.ChangedBy}
	return w.db.ReplaceDocument(ctx, n, store.DocumentFile{Hash: hash, Data: f.data})
}

// docWith is the document that meets a condition; nil = none does.
func docWith(list []Document, is func(Document) bool) *Document {
	if at := slices.IndexFunc(list, is); at >= 0 {
		return &list[at]
	}
	return nil
}

// readFetched reads a file that a sync fetched on a day.
func readFetched(path string, day finops.Day) documentFile {
	info, err := os.Stat(path)
	if err != nil {
		return documentFile{path: path, err: finops.WrapError(finops.CodeUnavailable, err, "A file that was fetched is not there any more")}
	}
	f := readDocument(path, info)
	f.day = day
	return f
}
