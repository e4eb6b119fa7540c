// Package focusout writes FOCUS by the book: it hides what the specification asks of a
// file of one version, and turns lines as the ledger holds them into lines that keep it.
//
// A Converter is made for a version and the columns that a workspace holds. It names the
// columns of the file and those to be read, and converts line by line: times, numbers and
// allowed values get the spelling of the specification, columns that another column forbids
// become null, and what follows from the line by a rule of the specification is filled in.
// It never makes up a price, a name or an id: what a line should have and nobody knows stays
// null and is counted, and Gaps lists it. Every rule is described in
// docs/focus-export.md; the Foundation's own validator checks the result (build/validate).
//
// The costs of a line are never changed. Package service exports with it.
package focusout

import "cloud-intelligence/backend/finops"

// Version of the specification, as 10 × version: 12 is FOCUS 1.2.
type Version int

// The versions that can be written.
const (
	Version10 Version = 10
	Version12 Version = 12
)

// ParseVersion reads "1.0" or "1.2", and answers CodeInvalid for anything else.
func ParseVersion(text string) (Version, error) {
	switch text {
	case "1.0":
		return Version10, nil
	case "1.2":
		return Version12, nil
	}
	return 0, finops.Errorf(finops.CodeInvalid, "FOCUS %q cannot be written; the version can be 1.0 or 1.2.", text)
}

// Has says whether a column is part of this version.
func (v Version) Has(c finops.Column) bool {
	return c.Since <= int(v) && (c.Until == 0 || c.Until >= int(v))
}
