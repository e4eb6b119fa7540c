// Package filter is the filter language: it reads and prints a finops.Filter as text that
// people type, reads its JSON, and reports whether a value meets a condition.
//
//	Provider = "AWS" and (Tags/env in ("prod", "stage") or Tags/env is empty) and not RegionId startswith "eu-"
//
// docs/filters.md describes the language. For every filter f, Parse(Print(f)) is f.Normal().
// Nothing here knows which columns a ledger has; package engine does, and answers a filter.
package filter
