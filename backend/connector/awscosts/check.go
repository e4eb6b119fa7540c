package awscosts

import (
	"context"
	"fmt"

	"cloud-intelligence/backend/connector/awscloud"
	"cloud-intelligence/backend/source"
)

// Test signs in, asks what the months come to, which is one page, and says what a sync will do and cost.
func (c *connection) Test(ctx context.Context) []source.Step {
	var steps source.Steps
	who, err := c.identify(ctx)
	if !steps.Add("Sign in", who, err) {
		return steps
	}
	var survey source.Survey
	months := int64(0)
	err = c.months(ctx, func(o source.Object) error {
		months++
		survey.Add(o.DataSet, o.Month, nil, "")
		return nil
	})
	if !steps.Add("Ask for costs", fmt.Sprintf("%s answers. AWS charges %s for this test.", callCosts.Action, awscloud.CostPrice(c.pages)), err) {
		return steps
	}
	if survey.Found(&steps) {
		pages := 1 + months*int64(len(walks))
		steps.Add("What the first sync does", fmt.Sprintf("It asks for %d pages or more, for which AWS charges %s or more: $0.01 each. That takes %s. Later syncs ask for one page, and for %d or more of each month that changed.",
			pages, awscloud.CostPrice(pages), source.Paced(int(pages), awscloud.APICosts), len(walks)), nil)
	}
	return c.beside.Try(ctx, steps)
}
