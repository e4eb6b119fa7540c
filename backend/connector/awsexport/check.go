package awsexport

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// Test signs in, lists the bucket, reads every manifest, and says what a sync will do.
func (c *connection) Test(ctx context.Context) []source.Step {
	var steps []source.Step
	step := func(name, detail string, err error) bool {
		if err != nil {
			detail = finops.MessageOf(err)
		}
		steps = append(steps, source.Step{Name: name, OK: err == nil, Detail: detail})
		return err == nil
	}
	who, err := c.whoAmI(ctx)
	if !step("Sign in", who, err) {
		return steps
	}
	all, pages, err := c.objects(ctx)
	if !step("List the bucket", fmt.Sprintf("%s lists %s in s3://%s/%s, region %s.", callList.action, things(len(all), "file"), c.bucket, c.prefix, c.at), err) {
		return steps
	}
	found := c.manifests(all)
	if len(found) == 0 {
		step("Find exports", "", finops.Errorf(finops.CodeNotFound, "No export was found in s3://%s/%s. AWS writes the first one within 24 hours after it was set up; check the prefix%s.", c.bucket, c.prefix, c.namesAsked()))
		return steps
	}
	months, files, bytes, waiting, err := c.survey(ctx, found, all)
	if !step("Read the manifests", fmt.Sprintf("%s reads %s.", callGet.action, things(len(found), "manifest")), err) {
		return steps
	}
	if len(months) == 0 {
		step("Find bills", "", finops.Errorf(finops.CodeUnavailable, "No month is complete yet.%s", waiting))
		return steps
	}
	step("Find bills", months.text()+waiting, nil)
	calls := pages + len(found) + files
	step("What the first sync does", fmt.Sprintf("About %s of S3 (%d to list, %d to read) and %s to transfer; AWS charges both at the prices of the region. Later syncs read only months that changed.",
		things(calls, "call"), pages, calls-pages, size(bytes)), nil)
	return steps
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

// months are the complete ones by data set.
type months map[string][]string

func (m months) text() string {
	var parts []string
	for set, list := range m {
		slices.Sort(list)
		parts = append(parts, fmt.Sprintf("%s: %s, %s to %s", set, things(len(list), "month"), list[0], list[len(list)-1]))
	}
	slices.Sort(parts)
	return strings.Join(parts, "; ") + "."
}

// survey looks at every manifest.
func (c *connection) survey(ctx context.Context, found []manifest, all map[string]object) (m months, files int, bytes int64, waiting string, err error) {
	m = months{}
	for _, f := range found {
		objects, reason, err := c.complete(ctx, f, all)
		if err != nil {
			return nil, 0, 0, "", err
		}
		if reason != "" {
			waiting += fmt.Sprintf(" %s of %s is left out for now: %s.", f.month, f.dataSet, reason)
			continue
		}
		m[f.dataSet] = append(m[f.dataSet], f.month)
		for _, o := range objects {
			files++
			bytes += o.Size
		}
	}
	return m, files, bytes, waiting, nil
}

// ended says that a session is over.
func ended(err error) bool {
	api, ok := errors.AsType[smithy.APIError](err)
	return ok && (api.ErrorCode() == "ExpiredToken" || api.ErrorCode() == "ExpiredTokenException")
}

func things(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// size prints bytes for reading.
func size(bytes int64) string {
	switch {
	case bytes >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(bytes)/1e9)
	case bytes >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	}
	return fmt.Sprintf("%.1f KB", float64(bytes)/1e3)
}
