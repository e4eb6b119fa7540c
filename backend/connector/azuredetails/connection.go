package azuredetails

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"time"

	"cloud-intelligence/backend/connector/azurecloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// connection is one scope as one person signs in to it.
type connection struct {
	scope, metric string
	from          string
	now           func() time.Time
	costs         *azurecloud.Management
	files         *network.Lane // of the parts of reports
	beside        source.Beside
}

// Usage adds what all lanes did.
func (c *connection) Usage() network.Usage {
	return c.costs.Lane.Usage().Add(c.files.Usage()).Add(c.costs.Session.Usage()).Add(c.beside.Usage())
}

// Close does nothing: the door closes what is open.
func (*connection) Close() error { return nil }

const dataSet = "cost-details"

// List asks what each month comes to, and lists what is read beside the bills.
func (c *connection) List(ctx context.Context, found func(source.Object) error) error {
	to := c.now().UTC().Format(time.DateOnly)
	if c.since() > to {
		return c.beside.List(found) // the first month is yet to come
	}
	months, err := c.months(ctx, c.since(), to)
	if err != nil {
		return err
	}
	for _, month := range slices.Sorted(maps.Keys(months)) {
		if err := found(source.Object{Key: dataSet + "/" + month + ".csv", Size: -1, Version: months[month], DataSet: dataSet, Month: month}); err != nil {
			return err
		}
	}
	return c.beside.List(found)
}

// period are the first and the last day of a month, the latter no later than today.
func (c *connection) period(month string) (start, end string, err error) {
	at, err := time.Parse("2006-01", month)
	if err != nil {
		return "", "", finops.Errorf(finops.CodeInvalid, "%q is no month.", month)
	}
	return at.Format(time.DateOnly), min(at.AddDate(0, 1, -1).Format(time.DateOnly), c.now().UTC().Format(time.DateOnly)), nil
}

// Fetch asks for a report and writes its parts as one file. Afterwards the total of the month must be the one that was listed.
func (c *connection) Fetch(ctx context.Context, o source.Object, w io.Writer) (err error) {
	if o.Holds != source.Bills {
		return c.beside.Fetch(ctx, o, w)
	}
	start, end, err := c.period(o.Month)
	if err != nil {
		return err
	}
	kept, done, err := source.PagesFor(w)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	parts, err := c.report(ctx, start, end, kept)
	if err != nil {
		return err
	}
	if err := join(parts, kept, w); err != nil {
		return err
	}
	months, err := c.months(ctx, start, end)
	switch {
	case err != nil:
		return err
	case months[o.Month] == "":
		return finops.Errorf(finops.CodeNotFound, "Azure has no costs of %s any more.", o.MonthWords())
	case months[o.Month] != o.Version:
		return finops.Errorf(finops.CodeConflict, "Azure has refreshed the costs of %s meanwhile.", o.MonthWords())
	}
	return nil
}

// join writes parts that are kept as one file.
func join(parts []part, kept *source.Pages, w io.Writer) error {
	joined := &joined{w: w}
	for _, p := range parts {
		f, _, err := kept.Grow(p)
		if err != nil {
			return err
		}
		joined.begin()
		out := &source.Sink{W: joined}
		_, err = io.Copy(out, io.NewSectionReader(f, 0, p.Bytes))
		if err = errors.Join(err, f.Close()); out.Err != nil {
			return out.Failed()
		}
		if err != nil {
			return finops.WrapError(finops.CodeUnavailable, err, "The file cannot be put together from its parts")
		}
	}
	return nil
}

// joined writes parts, each of which begins with the names of the columns, as one file.
type joined struct {
	w      io.Writer
	parts  int
	inHead bool
	last   byte // that was written
}

// begin begins a part.
func (j *joined) begin() {
	j.parts++
	j.inHead = true
}

// Write leaves out the first line of every part but the first.
func (j *joined) Write(p []byte) (int, error) {
	whole := len(p)
	if j.inHead && j.parts > 1 {
		end := bytes.IndexByte(p, '\n')
		if end < 0 {
			return whole, nil
		}
		p = p[end+1:]
		if j.last != '\n' {
			p = append([]byte{'\n'}, p...)
		}
	}
	j.inHead = false
	if len(p) == 0 {
		return whole, nil
	}
	j.last = p[len(p)-1]
	if _, err := j.w.Write(p); err != nil {
		return 0, err //nolint:wrapcheck // the sink explains it
	}
	return whole, nil
}
