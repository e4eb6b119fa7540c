// Package azuredetails is the connector of the cost details report of Azure Cost Management, for those who have no export: the same charges, which
// Azure gathers when it is asked. It hides how a report is asked for, how long it takes and where its parts lie.
//
// One query says what each month comes to; a month whose total has changed is asked for as a report. docs/sync.md has the rest.
package azuredetails
