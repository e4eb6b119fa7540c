package azureblob

import (
	"context"
	"fmt"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// Test signs in, lists the container, reads every manifest, and says what a sync will do.
func (c *connection) Test(ctx context.Context) []source.Step {
	var steps source.Steps
	who, err := c.whoAmI(ctx)
	if !steps.Add("Sign in", who, err) {
		return steps
	}
	all, pages, err := c.objects(ctx)
	if !steps.Add("List the container", fmt.Sprintf("%s in %s/%s of the account %s.", source.Things(len(all), "file"), c.container, c.prefix, c.account), err) {
		return steps
	}
	place := c.place()
	found := place.Manifests(all)
	if len(found) == 0 {
		steps.Add("Find exports", "", finops.Errorf(finops.CodeNotFound, "No export with a manifest was found in %s/%s. Switch on file partitioning for the export, and check the directory and the names of the exports.", c.container, c.prefix))
		return steps
	}
	survey, err := place.Survey(ctx, found, all, pages)
	if err != nil {
		steps.Add("Read the manifests", "", err)
		return steps
	}
	steps.Add("Read the manifests", source.Things(len(found), "manifest")+" read.", nil)
	return c.beside.Try(ctx, survey.Finish(steps, apiBlob, "Azure charges operations and transfer at the prices of the account"))
}

// whoAmI signs in. A key or a SAS token says nothing of who has it.
func (c *connection) whoAmI(ctx context.Context) (string, error) {
	switch {
	case c.sas != "":
		return "With a SAS token.", nil
	case c.key != "":
		return "With a key of the account.", nil
	}
	return c.session.WhoAmI(ctx, "https://storage.azure.com/.default")
}
