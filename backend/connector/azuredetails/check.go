package azuredetails

import (
	"context"
	"fmt"

	"cloud-intelligence/backend/connector/azurecloud"
	"cloud-intelligence/backend/source"
)

// Test signs in, asks what the months come to, and says what a sync will do.
func (c *connection) Test(ctx context.Context) []source.Step {
	var steps source.Steps
	who, err := c.costs.Session.WhoAmI(ctx, c.costs.Endpoint+"/.default")
	if !steps.Add("Sign in", who, err) {
		return steps
	}
	var survey source.Survey
	months := 0
	err = c.List(ctx, func(o source.Object) error {
		if o.Holds != source.Bills {
			return nil
		}
		months++
		survey.Add(o.DataSet, o.Month, nil, "")
		return nil
	})
	if !steps.Add("Ask for costs", azurecloud.ActionsCosts[0]+" answers.", err) {
		return steps
	}
	if survey.Found(&steps) {
		steps.Add("What the first sync does", fmt.Sprintf("It asks for %s, each of which takes Azure some minutes; four calls a minute are allowed. Azure charges nothing for it. Later syncs ask for months that changed.", source.Things(months, "report")), nil)
	}
	return c.names.Try(ctx, steps)
}
