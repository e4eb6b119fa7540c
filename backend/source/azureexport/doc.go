// Package azureexport is the source "azure-export": the cost details that Azure exports
// in its own layouts (Enterprise Agreement, Microsoft Customer Agreement, partner
// agreement, pay-as-you-go), as CSV or Parquet, actual or amortized. It hides their many
// header spellings and turns every record into the columns of FOCUS 1.2 followed by the
// native ones.
//
// An actual and an amortized export of the same scope and month are two views of the
// same charges. The source maps each of them by the same two rules (billed, effective)
// and names the part of the bill that a record belongs to; source.Recognition.Yields
// says which part gives way where both are held.
//
// The mapping is written down in docs/sources/azure.md.
package azureexport
