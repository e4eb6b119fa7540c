package desktop

import (
	"context"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/job"
)

// passportJobLines is the size of a ledger from which a passport takes about a second, so
// that it shows as a job.
const passportJobLines = 500_000

// Quality shows the page how far the data of the open workspace can be relied on.
type Quality struct{ d *Desktop }

// Passport looks at every line, once for a state of the ledger. On a large one it shows as a
// job meanwhile.
func (q *Quality) Passport() (p DataPassport, err error) {
	defer caught(&err)
	p = dataPassport(&passport.Passport{})
	h, err := q.d.session.lease("A look at the data quality", false)
	if err != nil {
		return p, err
	}
	defer h.release()
	made, err := q.d.makePassport(h)
	if err != nil {
		return p, err
	}
	return dataPassport(made), nil
}

func (d *Desktop) makePassport(h *lease) (*passport.Passport, error) {
	info, err := h.ws.Info(d.ctx)
	if err != nil {
		return nil, err
	}
	counted, err := h.ws.Quality.Counted(d.ctx)
	if err != nil {
		return nil, err
	}
	if counted || info.Lines < passportJobLines {
		return h.ws.Quality.Passport(d.ctx)
	}
	return d.passportJob(h)
}

func (d *Desktop) passportJob(h *lease) (*passport.Passport, error) {
	var made *passport.Passport
	_, err := d.finish(kindPassport, "Look at the data quality", h, func(ctx context.Context, handle *job.Handle) (any, error) {
		handle.Message("Reading every charge line")
		var err error
		made, err = h.ws.Quality.Passport(ctx)
		return nil, err
	})
	return made, err
}
