// Package awscosts is the connector of AWS Cost Explorer, the light way to AWS: daily totals by service and account, for those who have no
// export. It hides how Cost Explorer is asked and how its answers become a file.
//
// Each page costs $0.01, which is said before and counted after. One page says what each month comes to; a month whose totals have changed is
// asked for in three walks (usage, tax, credits), since Cost Explorer groups by two things at most. docs/sync.md has the rest.
package awscosts
