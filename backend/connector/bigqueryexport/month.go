package bigqueryexport

import (
	"context"
	"errors"
	"strconv"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// What is kept of a month until it is whole: which query answers it, and the rows of that query, part by part.
type (
	monthAsked   struct{ SQL, Version string }
	pageAsked    struct{ Job, Page string } // page by page
	sessionAsked struct{ SessionOf string } // or by a session of the Storage Read API
	streamAsked  struct {
		Job, Stream string
		Row         int64
	}
)

// month writes the rows of a query. A run that was ended asks for no second query and for none of the rows that it kept.
func (c *connection) month(ctx context.Context, asked monthAsked, why string, kept *source.Pages, w *writer) error {
	keep := func(j job) error { return kept.Keep(asked, j) }
	var j job
	if !kept.Answered(asked, &j) {
		if err := c.announce(ctx, why, asked.SQL); err != nil {
			return err
		}
		j = newJob()
	}
	if j.Total == "" {
		var err error
		if j, _, err = c.begin(ctx, j, asked.SQL, 0, keep); err != nil {
			return err
		}
		if err := keep(j); err != nil {
			return err
		}
	}
	w.columns = j.Columns
	var s session
	if kept.Answered(sessionAsked{j.ID}, &s) || (c.large(j) && !kept.Answered(pageAsked{Job: j.ID}, &part{})) {
		err := c.stream(ctx, asked, j, s, kept, w)
		if !errors.Is(err, errRefused) {
			return err
		}
		c.refuse(err)
		if err := w.restart(kept, asked); err != nil {
			return err
		}
	}
	return c.pages(ctx, j, kept, w)
}

// large says that a result has more rows than a page.
func (c *connection) large(j job) bool {
	n, err := strconv.Atoi(j.Total)
	return err == nil && n > c.pageRows
}

// refuse has results read page by page from now on, and says why.
func (c *connection) refuse(err error) {
	if c.storage != nil && c.paged == "" {
		c.paged = "Large months were read page by page, which takes longer: the BigQuery Storage Read API cannot be used. " + finops.MessageOf(err)
		c.notice(c.paged)
	}
}

// pages writes the rows of a result page by page.
func (c *connection) pages(ctx context.Context, j job, kept *source.Pages, w *writer) error {
	for token := ""; ; {
		var p part
		if asked := (pageAsked{j.ID, token}); !kept.Answered(asked, &p) {
			answer, err := c.pageOf(ctx, j, c.paging(c.pageRows, token))
			if err != nil {
				return err
			}
			for _, row := range answer.Rows {
				if err := w.cells(row.F); err != nil {
					return err
				}
			}
			p = w.take(answer.Next)
			if err := kept.Keep(asked, p); err != nil {
				return err
			}
		}
		if err := w.put(p); err != nil {
			return err
		}
		if token = p.Next; token == "" {
			return nil
		}
	}
}
