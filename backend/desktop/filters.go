package desktop

import (
	"errors"
	"unicode/utf16"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/service"
)

// Filters reads and prints filters for the page, which knows them only as trees.
type Filters struct{ d *Desktop }

// FilterProblem is what is wrong with a text that is no filter. The place is in UTF-16 code
// units, as the page counts them.
type FilterProblem struct {
	Message    string `json:"message"`
	Offset     int    `json:"offset"`
	Length     int    `json:"length"`
	Suggestion string `json:"suggestion"` // what to write in that place instead; "" = nothing is near
}

// ParsedFilter is a text read as a filter; the filter is every charge where there is a problem.
type ParsedFilter struct {
	Filter  finops.Filter  `json:"filter"`
	Problem *FilterProblem `json:"problem"`
}

// Parse reads a filter. Where anyColumn is false the ledger must have its columns; rules may use
// others, which count as empty.
func (f *Filters) Parse(text string, anyColumn bool) (parsed ParsedFilter, err error) {
	defer caught(&err)
	parsed.Filter = finops.All()
	err = f.d.session.use(func(ws *service.Workspace) (err error) {
		if anyColumn {
			parsed.Filter, err = filter.Parse(text)
		} else {
			parsed.Filter, err = ws.Ledger.ParseFilter(f.d.ctx, text)
		}
		return err
	})
	if problem, ok := errors.AsType[*filter.Error](err); ok {
		return ParsedFilter{Filter: finops.All(), Problem: filterProblem(text, problem)}, nil
	}
	return parsed, err
}

func filterProblem(text string, e *filter.Error) *FilterProblem {
	return &FilterProblem{
		Message: e.Error(), Offset: codeUnits(text[:e.Offset]), Length: codeUnits(text[e.Offset : e.Offset+e.Length]), Suggestion: e.Suggestion,
	}
}

// codeUnits counts a text as JavaScript does.
func codeUnits(text string) (n int) {
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

// Print returns the text of a filter; "" for every charge.
func (f *Filters) Print(tree finops.Filter) (text string, err error) {
	defer caught(&err)
	if err := tree.Check(); err != nil {
		return "", err
	}
	return filter.Print(tree.Normal()), nil
}
