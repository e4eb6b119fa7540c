package awscloud

import (
	"context"
	"encoding/json"
	"io"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// The names that requests to the two are signed for.
const (
	signHub       = "cost-optimization-hub"
	signOptimizer = "compute-optimizer"
)

var (
	callHub       = Call{Action: "cost-optimization-hub:ListRecommendations", Resource: "*"}
	callOptimizer = Call{Action: "compute-optimizer:GetEC2InstanceRecommendations", Resource: "*"}
)

// adviceMax is how many recommendations both give at a time at most.
const adviceMax = 1000

// advicePage is a page of either.
type advicePage struct {
	Items           []json.RawMessage `json:"items"`
	Recommendations []json.RawMessage `json:"instanceRecommendations"`
	NextToken       string            `json:"nextToken"`
}

// recommendations are what AWS recommends by itself.
func (b *beside) recommendations() []source.Extra {
	return []source.Extra{
		{Switch: source.Recommendations, DataSet: "Cost Optimization Hub", File: "cost-optimization-hub.json", Holds: source.Documents, Ask: b.hub, Needs: []string{callHub.Action}},
		{Switch: source.Recommendations, DataSet: "Compute Optimizer", File: "compute-optimizer.json", Holds: source.Documents, Ask: b.optimizer, Needs: []string{callOptimizer.Action}},
	}
}

// hub reads Cost Optimization Hub, which is in one region and knows all others.
func (b *beside) hub(ctx context.Context, w io.Writer, probe bool) error {
	_, account, err := b.places(ctx)
	if err != nil {
		return err
	}
	to := b.at(signHub, region)
	to.Target, to.JSON = "CostOptimizationHubService.", "1.0"
	out := open(w, account, "items")
	if err := b.advice(ctx, to, callHub, "ListRecommendations", probe, out); err != nil {
		return err
	}
	out.Close(closing)
	return nil
}

// region is where Cost Optimization Hub is.
const region = "us-east-1"

// optimizer reads what Compute Optimizer recommends for machines, in each region.
func (b *beside) optimizer(ctx context.Context, w io.Writer, probe bool) error {
	regions, account, err := b.places(ctx)
	if err != nil {
		return err
	}
	out := open(w, account, "instanceRecommendations")
	for _, at := range regions {
		to := b.at(signOptimizer, at)
		to.Target, to.JSON = "ComputeOptimizerService.", "1.0"
		if err := b.advice(ctx, to, callOptimizer, "GetEC2InstanceRecommendations", probe, out); err != nil {
			return err
		}
		if probe {
			break
		}
	}
	out.Close(closing)
	return nil
}

// advice goes through the pages of one of the two.
func (b *beside) advice(ctx context.Context, to Service, what Call, call string, probe bool, out *source.Array) error {
	type question struct {
		MaxResults int    `json:"maxResults"`
		NextToken  string `json:"nextToken,omitempty"`
	}
	for q := (question{MaxResults: adviceMax}); ; {
		page, err := Ask[advicePage](ctx, b.session, b.lane(to.Signing), to, call, q, func(err error) error { return b.explainAdvice(what, err) })
		if err != nil {
			return err
		}
		for _, item := range append(page.Items, page.Recommendations...) {
			if err := out.Add(item); err != nil {
				return err
			}
		}
		if q.NextToken = page.NextToken; q.NextToken == "" || probe {
			return nil
		}
	}
}

// explainAdvice says which of the two must be switched on.
func (b *beside) explainAdvice(what Call, err error) error {
	switch code := codeOf(err); {
	case code == "OptInRequiredException":
		return finops.WrapError(finops.CodeDenied, plain(err), "Compute Optimizer is not switched on in this account. Switch it on in the AWS console; it needs up to 24 hours then.")
	case code == "ValidationException" && what == callHub:
		return finops.WrapError(finops.CodeDenied, plain(err), "Cost Optimization Hub is not switched on in this account. Switch it on in the AWS console under Billing and Cost Management.")
	}
	return b.session.Explain(what, err)
}
