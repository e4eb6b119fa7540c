package awsexport

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// Test signs in, lists the bucket, reads every manifest, and says what a sync will do.
func (c *connection) Test(ctx context.Context) []source.Step {
	var steps source.Steps
	who, err := c.whoAmI(ctx)
	if !steps.Add("Sign in", who, err) {
		return steps
	}
	all, pages, err := c.objects(ctx)
	if !steps.Add("List the bucket", fmt.Sprintf("%s lists %s in s3://%s/%s, region %s.", callList.action, source.Things(len(all), "file"), c.bucket, c.prefix, c.at), err) {
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
	steps.Add("Read the manifests", fmt.Sprintf("%s reads %s.", callGet.action, source.Things(len(found), "manifest")), nil)
	return survey.Finish(steps, "S3", "AWS charges both at the prices of the region")
}

func (c *connection) namesAsked() string {
	if c.exports == nil {
		return ""
	}
	return " and the names of the exports"
}

// whoAmI says who is signed in.
func (c *connection) whoAmI(ctx context.Context) (string, error) {
	var who *sts.GetCallerIdentityOutput
	err := c.sts.Do(ctx, func(ctx context.Context) error {
		out, err := c.identity.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
		who = out
		return c.explain(callIdentity, err)
	})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("Signed in as %s of account %s.", aws.ToString(who.Arn), aws.ToString(who.Account)), nil
}

// ended says that a session is over.
func ended(err error) bool {
	api, ok := errors.AsType[smithy.APIError](err)
	return ok && (api.ErrorCode() == "ExpiredToken" || api.ErrorCode() == "ExpiredTokenException")
}
