// Package dailytotals is the sources of daily totals by service and account, as the connectors of AWS Cost Explorer and of the query of Azure Cost
// Management write them. They are FOCUS with one column more, and sources of their own, so that an export with the charges themselves goes
// before them.
package dailytotals

import (
	"context"
	"slices"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

// Source reads the totals of one provider. It stands before the source of FOCUS files in a registry.
type Source struct {
	focusfile.Source
	name, mark, reason string
}

var _ source.Source = Source{}

// The sources.
var (
	AWS   = Source{name: "aws-cost-explorer", mark: "x_CostExplorerEstimated", reason: "It has the daily totals by service and account that AWS Cost Explorer gives."}
	Azure = Source{name: "azure-cost-query", mark: "x_CostManagementQuery", reason: "It has the daily totals by service and subscription that Azure Cost Management gives."}
)

// Name is "aws-cost-explorer" or "azure-cost-query".
func (s Source) Name() string { return s.name }

// Columns are those of a file; the last one is the mark, which distinguishes it from others in FOCUS format.
func (s Source) Columns() []string {
	return []string{
		"ProviderName", "PublisherName", "InvoiceIssuerName", "BillingAccountId", "SubAccountId", "SubAccountName", "BillingPeriodStart", "BillingPeriodEnd",
		"ChargePeriodStart", "ChargePeriodEnd", "ChargeCategory", "ChargeDescription", "ServiceName", "BilledCost", "EffectiveCost", "BillingCurrency", s.mark,
	}
}

// Recognize wants the columns of FOCUS and the mark.
func (s Source) Recognize(ctx context.Context, l *source.Look) (source.Recognition, bool, error) {
	h := l.Exact()
	if h == nil || h.Form == source.FormJSON || !slices.Contains(h.Names, s.mark) {
		return source.Recognition{}, false, nil
	}
	r, ok, err := s.Source.Recognize(ctx, l)
	r.Format, r.Reason = s.name+"-csv", s.reason
	return r, ok, err
}
