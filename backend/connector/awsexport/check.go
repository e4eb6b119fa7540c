package awsexport

import (
	"context"
	"fmt"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// Test signs in, lists the bucket, reads every manifest, and says what a sync will do.
func (c *connection) Test(ctx context.Context) []source.Step {
	var steps source.Steps
	who, _, err := c.session.WhoAmI(ctx)
	if !steps.Add("Sign in", who, err) {
		return steps
	}
	all, pages, err := c.objects(ctx)
	if !steps.Add("List the bucket", fmt.Sprintf("%s lists %s in s3://%s/%s, region %s.", c.callList().Action, source.Things(len(all), "file"), c.bucket, c.prefix, c.at), err) {
		return steps
	}
	place := c.place()
	found := place.Manifests(all)
	if len(found) == 0 {
		steps.Add("Find exports", "", finops.Errorf(finops.CodeNotFound, "No export was found in s3://%s/%s. AWS writes the first one within 24 hours after it was set up; check the prefix%s.", c.bucket, c.prefix, c.namesAsked()))
		return steps
	}
	survey, err := place.Survey(ctx, found, all, pages)
	if err != nil {
		steps.Add("Read the manifests", "", err)
		return steps
	}
	steps.Add("Read the manifests", fmt.Sprintf("%s reads %s.", c.callGet().Action, source.Things(len(found), "manifest")), nil)
	return c.beside.Try(ctx, survey.Finish(steps, apiS3, "AWS charges both at the prices of the region"))
}

func (c *connection) namesAsked() string {
	if c.exports == nil {
		return ""
	}
	return " and the names of the exports"
}
