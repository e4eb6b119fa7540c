package awscosts

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/aws/smithy-go"

	"cloud-intelligence/backend/connector/awscloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// money is an amount as Cost Explorer gives it.
type money struct{ Amount, Unit string }

// metrics are what is asked for.
type metrics struct{ UnblendedCost, AmortizedCost money }

// interval has an end that is exclusive.
type interval struct{ Start, End string }

// request is one question; for each page of its answer the same one is sent.
type request struct {
	TimePeriod    interval
	Granularity   string
	Metrics       []string
	GroupBy       []group         `json:",omitempty"`
	Filter        json.RawMessage `json:",omitempty"`
	NextPageToken string          `json:",omitempty"`
}

type group struct{ Type, Key string }

// answer is a page.
type answer struct {
	NextPageToken string
	ResultsByTime []struct {
		TimePeriod interval
		Total      metrics
		Groups     []struct {
			Keys    []string
			Metrics metrics
		}
		Estimated bool
	}
	DimensionValueAttributes []struct {
		Value      string
		Attributes map[string]string
	}
}

// walk asks a question and hands the pages of its answer over. Those that an earlier run was answered are not asked for again.
func (c *connection) walk(ctx context.Context, q request, kept *source.Pages, page func(answer) error) error {
	q.Metrics = []string{"UnblendedCost", "AmortizedCost"}
	for {
		var a answer
		was := kept.Answered(q, &a)
		if !was {
			var err error
			if a, err = awscloud.Ask[answer](ctx, c.session, c.lane, awscloud.Service{Endpoint: c.endpoint, Region: region, Signing: "ce", Target: "AWSInsightsIndexService."}, "GetCostAndUsage", q, c.explain); err != nil {
				return err
			}
			c.pages++ // AWS charges what it answers, not what it refuses
		}
		if err := page(a); err != nil {
			return err
		}
		if !was {
			if err := kept.Keep(q, a); err != nil {
				return err
			}
		}
		if q.NextPageToken = a.NextPageToken; q.NextPageToken == "" {
			return nil
		}
	}
}

// explain turns what a call ended with into an error of the contract.
func (c *connection) explain(err error) error {
	api, ok := errors.AsType[smithy.APIError](err)
	if !ok {
		return c.session.Explain(callCosts, err)
	}
	cause := fmt.Errorf("%s: %s", callCosts.Action, api.ErrorCode())
	switch api.ErrorCode() {
	case "RequestChangedException", "InvalidNextTokenException":
		return finops.WrapError(finops.CodeConflict, cause, "AWS has refreshed its costs meanwhile.")
	case "DataUnavailableException":
		return finops.WrapError(finops.CodeDenied, cause, "Cost Explorer has no costs yet: it was switched on less than a day ago. Try again tomorrow.")
	case "BillExpirationException":
		return finops.WrapError(finops.CodeInvalid, cause, "Cost Explorer keeps 13 months and the current one. Choose a later first month.")
	}
	return c.session.Explain(callCosts, err)
}
