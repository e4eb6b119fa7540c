// Package savings finds what a client could stop paying for, and prices it from the charge lines alone.
//
// A Rule says what to look for: it is data, one YAML file each (folder catalogue), with a filter in the
// language of package filter, parameters, a saving formula and sample lines that test it. A Catalogue is
// a set of rules. Examine reads the charge lines once for all rules (a Table) and returns a Result: the
// findings with their money, the totals, and the rules that could not be examined with the reason.
//
// Invariants: amounts are exact, a month is 30.4375 days, and a division happens once, at the end, rounded
// half to even at 10 decimals; currencies are never added; the order of the lines changes nothing. A finding
// names its evidence: the lines that are priced. docs/adr/0030 and 0031 say why, docs/savings.md lists the rules.
package savings
