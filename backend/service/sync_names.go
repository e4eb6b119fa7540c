package service

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// unfetched is what becomes of a group that could not be fetched. Of what is read beside bills the run says so, and the next one tries it again: bills
// are up to date without it.
func (s *syncing) unfetched(ctx context.Context, g source.Group, err error) error {
	if g.Holds != source.Bills && ctx.Err() == nil {
		if name, extra := source.ExtraName(g.DataSet); extra {
			s.result.Skipped = append(s.result.Skipped, name+": "+finops.MessageOf(err))
		} else {
			s.result.NamesProblem = finops.MessageOf(err)
		}
		return nil
	}
	return fmt.Errorf("%w: %w", errFetch, err)
}

// keepNames keeps the names of accounts that were fetched.
func (s *syncing) keepNames(ctx context.Context, g source.Group, folder string, size int64) error {
	names := map[string]string{}
	for _, o := range g.Objects {
		list, err := namesIn(filepath.Join(folder, filepath.FromSlash(o.Key)))
		if err != nil {
			return errors.Join(err, s.stage.drop(g.State())) // so that it is fetched anew
		}
		for _, a := range list {
			names[a.ID] = a.Name
		}
	}
	changed, err := s.db.KeepAccountNames(ctx, s.c.ID, s.c.Name, names, s.user, s.now())
	if err != nil {
		return err
	}
	if changed {
		s.result.Named = len(names)
	}
	err = s.db.KeepSynced(ctx, store.Synced{Connection: s.c.ID, DataSet: g.DataSet, State: g.State(), Files: int64(len(g.Objects)), Bytes: size, At: s.now()}, s.user)
	if err != nil {
		return err
	}
	return s.stage.drop(g.State())
}

func namesIn(path string) (list []source.Account, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, finops.WrapError(finops.CodeUnavailable, err, "A file that was fetched is not there any more")
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return source.ReadNames(f)
}
