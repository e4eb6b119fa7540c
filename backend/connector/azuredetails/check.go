package azuredetails

import (
	"context"
	"fmt"

	"cloud-intelligence/backend/source"
)

// Test signs in, asks what the months come to, and says what a sync will do.
func (c *connection) Test(ctx context.Context) []source.Step {
	return c.costs.TestCosts(ctx, c, c.beside, func(months int) string {
		return fmt.Sprintf("It asks for %s, each of which takes Azure some minutes; four calls a minute are allowed. Azure charges nothing for it. Later syncs ask for months that changed.", source.Things(months, "report"))
	})
}
