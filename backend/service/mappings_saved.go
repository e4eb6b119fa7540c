package service

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/mappedfile"
	"cloud-intelligence/backend/store"
)

// registry returns the sources of the program, followed by the mappings of the workspace.
func (w *workspace) registry(ctx context.Context) (source.Registry, error) {
	saved, err := Mappings{w}.List(ctx)
	if err != nil {
		return nil, err
	}
	var usable []mappedfile.Mapping
	for _, m := range saved {
		if m.Problem == "" {
			usable = append(usable, m.Mapping)
		}
	}
	if len(usable) == 0 {
		return w.sources, nil
	}
	return append(slices.Clip(w.sources), mappedfile.Source{Mappings: usable}), nil
}

// recognize asks the sources of the program and, where none knows the file, those that the
// registry of the workspace has besides.
func (w *workspace) recognize(ctx context.Context, all source.Registry, l *source.Look) (source.Recognition, source.Source, bool, error) {
	r, s, ok, err := w.sources.Recognize(ctx, l)
	if ok || err != nil {
		return r, s, ok, err
	}
	return all[len(w.sources):].Recognize(ctx, l)
}

// List lists the mappings of the workspace by name.
func (w Mappings) List(ctx context.Context) ([]SavedMapping, error) {
	saved, err := w.db.SavedMappings(ctx)
	if err != nil {
		return nil, fmt.Errorf("list mappings: %w", err)
	}
	list := make([]SavedMapping, len(saved))
	for i, s := range saved {
		list[i] = savedMapping(s)
	}
	return list, nil
}

func savedMapping(s store.SavedMapping) SavedMapping {
	m, err := mappedfile.Decode([]byte(s.Content))
	saved := SavedMapping{Mapping: m, Version: s.Version, ChangedAt: s.ChangedAt, ChangedBy: s.ChangedBy}
	if err != nil {
		saved.Problem = finops.MessageOf(err)
	}
	saved.Name = s.Name
	return saved
}

// ByName returns a mapping that can be used. It answers CodeNotFound when there is none of the name.
func (w Mappings) ByName(ctx context.Context, name string) (SavedMapping, error) {
	saved, err := w.List(ctx)
	if err != nil {
		return SavedMapping{}, err
	}
	for _, s := range saved {
		if strings.EqualFold(s.Name, name) && s.Problem == "" {
			return s, nil
		}
	}
	return SavedMapping{}, finops.Errorf(finops.CodeNotFound, "There is no mapping named %q that could be used.", name)
}

// Save keeps a mapping in the workspace. It answers CodeInvalid for one that charges
// could not be read with, and CodeConflict when there is one of the name, unless replace is set.
func (w Mappings) Save(ctx context.Context, m mappedfile.Mapping, replace bool) error {
	return w.save(ctx, m, 0, replace)
}

// SaveVersion keeps a mapping of which the version seen is stored, 0 = none, and returns its new
// version. It answers CodeConflict with both values when another one is stored or it was deleted.
func (w Mappings) SaveVersion(ctx context.Context, m mappedfile.Mapping, seen int64) (int64, error) {
	if err := w.save(ctx, m, seen, seen != 0); err != nil {
		return 0, withBoth(err, savedMapping)
	}
	saved, err := w.ByName(ctx, strings.TrimSpace(m.Name))
	return saved.Version, err
}

func (w Mappings) save(ctx context.Context, m mappedfile.Mapping, seen int64, replace bool) error {
	m.Name = strings.TrimSpace(m.Name)
	if err := m.Check(); err != nil {
		return err
	}
	if missing := m.Missing(); len(missing) > 0 {
		return finops.Errorf(finops.CodeInvalid, "The mapping %q is not complete. %s", m.Name, strings.Join(missing, " "))
	}
	if len(m.Header) == 0 {
		return finops.Errorf(finops.CodeInvalid, "The mapping %q does not say which columns its table has (\"header\").", m.Name)
	}
	text, err := mappedfile.Encode(m)
	if err != nil {
		return fmt.Errorf("save mapping: %w", err)
	}
	return w.db.SaveMapping(ctx, store.SavedMapping{Name: m.Name, Version: seen, Content: string(text), ChangedAt: w.now()}, w.user, replace)
}

// Delete removes a mapping; what was imported with it stays. See Dimensions.Delete.
func (w Mappings) Delete(ctx context.Context, name string, seen int64) error {
	return withBoth(w.db.DeleteMapping(ctx, name, seen, w.user, w.now()), savedMapping)
}

// Text returns a mapping as the text of a file. It answers CodeNotFound when there is
// none of the name.
func (w Mappings) Text(ctx context.Context, name string) ([]byte, error) {
	saved, err := w.db.SavedMappings(ctx)
	if err != nil {
		return nil, fmt.Errorf("list mappings: %w", err)
	}
	for _, s := range saved {
		if strings.EqualFold(s.Name, name) {
			return []byte(s.Content), nil
		}
	}
	return nil, finops.Errorf(finops.CodeNotFound, "There is no mapping named %q.", name)
}

// Export writes a mapping to a file, which is replaced when it exists.
func (w Mappings) Export(ctx context.Context, name, path string) error {
	text, err := w.Text(ctx, name)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return finops.WrapError(finops.CodeDenied, err, "%s cannot be written. Check that the folder exists and that you may write there.", path)
	}
	return nil
}

// Import reads a file that Export wrote or a person edited, and keeps what it
// holds under the given name, or under its own where that is "".
func (w Mappings) Import(ctx context.Context, path, name string, replace bool) (mappedfile.Mapping, error) {
	text, err := readSmall(path, "mapping")
	if err != nil {
		return mappedfile.Mapping{}, err
	}
	m, err := mappedfile.Decode(text)
	if err != nil {
		return m, err
	}
	if name != "" {
		m.Name = name
	}
	return m, w.Save(ctx, m, replace)
}
