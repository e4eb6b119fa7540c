// Package azurecosts is the connector of the query of Azure Cost Management, the light way to Azure: daily totals by service and subscription, for
// those who have no export and whose agreement has no cost details report. It hides how costs are asked and how answers become a file.
//
// One question for each kind of cost says what each month comes to; a month whose totals have changed is asked for in two more, one by what is billed
// and one by what is effective. docs/sync.md has the rest.
package azurecosts
