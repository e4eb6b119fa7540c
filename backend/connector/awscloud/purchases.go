package awscloud

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// signCosts is the name that requests to Cost Explorer are signed for.
const signCosts = "ce"

// APICosts is Cost Explorer, paced as the design sets it: AWS publishes no number.
var APICosts = network.API{Name: "AWS Cost Explorer", PerSecond: 5, Burst: 1}

var (
	callPlans        = Call{Action: "ce:GetSavingsPlansPurchaseRecommendation", Resource: "*"}
	callReservations = Call{Action: "ce:GetReservationPurchaseRecommendation", Resource: "*"}
)

// purchaseQuestion is what both calls take. The others of Cost Explorer's terms and payments would each be a page more.
type purchaseQuestion struct {
	Plan     string `json:"SavingsPlansType,omitempty"`
	Service  string `json:",omitempty"`
	Term     string `json:"TermInYears"`
	Payment  string `json:"PaymentOption"`
	LookBack string `json:"LookbackPeriodInDays"`
	Next     string `json:"NextPageToken,omitempty"`
}

// purchaseAnswer has the recommendations of either.
type purchaseAnswer struct {
	Metadata        json.RawMessage   `json:"Metadata,omitempty"`
	Plan            json.RawMessage   `json:"SavingsPlansPurchaseRecommendation,omitempty"`
	Recommendations []json.RawMessage `json:"Recommendations,omitempty"`
	Next            string            `json:"NextPageToken,omitempty"`
}

// purchaseQuestions are what Cost Explorer is asked: Savings Plans of the two kinds that machines use, and what only reservations cover.
func purchaseQuestions() (list []purchaseQuestion) {
	base := purchaseQuestion{Term: "ONE_YEAR", Payment: "NO_UPFRONT", LookBack: "THIRTY_DAYS"}
	for _, plan := range []string{"COMPUTE_SP", "EC2_INSTANCE_SP"} {
		q := base
		q.Plan = plan
		list = append(list, q)
	}
	for _, service := range []string{"Amazon Elastic Compute Cloud - Compute", "Amazon Relational Database Service", "Amazon ElastiCache", "Amazon OpenSearch Service", "Amazon Redshift"} {
		q := base
		q.Service = service
		list = append(list, q)
	}
	return list
}

// ask is the call that answers a question, and its permission.
func (q purchaseQuestion) ask() (call string, what Call) {
	if q.Plan != "" {
		return "GetSavingsPlansPurchaseRecommendation", callPlans
	}
	return "GetReservationPurchaseRecommendation", callReservations
}

// purchases is what Cost Explorer recommends to buy.
func (b *beside) purchases() source.Extra {
	return source.Extra{
		Switch: source.Purchases, DataSet: "Purchase recommendations", File: "purchase-recommendations.json", Holds: source.Documents, Ask: b.readPurchases,
		Needs: []string{callPlans.Action, callReservations.Action}, Charge: "AWS charges " + CostPrice(int64(len(purchaseQuestions()))) + " or more each time",
	}
}

// readPurchases writes the answers as the command line of AWS writes them, in a list.
func (b *beside) readPurchases(ctx context.Context, w io.Writer, probe bool) error {
	questions := purchaseQuestions()
	if probe {
		questions = []purchaseQuestion{questions[0], questions[len(questions)-1]} // one of each call
	}
	b.via.Announce("AWS charges " + CostPrice(int64(len(questions))) + " or more for purchase recommendations")
	to := b.at(signCosts, region)
	to.Target = "AWSInsightsIndexService."
	out := &source.Array{W: w}
	out.Open("[")
	for _, q := range questions {
		for call, what := q.ask(); ; {
			charged := int64(1) // AWS charges what it answers, not what it refuses
			page, err := Ask[purchaseAnswer](ctx, b.session, b.lane(signCosts), to, call, q, func(err error) error {
				if codeOf(err) == "DataUnavailableException" {
					charged = 0
					return nil // too little was used to recommend anything
				}
				return b.session.Explain(what, err)
			})
			if err != nil {
				return err
			}
			b.costPages += charged
			q.Next, page.Next = page.Next, ""
			if page.Plan != nil || len(page.Recommendations) > 0 {
				if err := out.Add(page); err != nil {
					return err
				}
			}
			if q.Next == "" || probe {
				break
			}
		}
	}
	out.Close("]")
	return nil
}

// CostPrice is what pages of Cost Explorer cost, a cent each.
func CostPrice(pages int64) string {
	const aDollar = 100
	return fmt.Sprintf("$%d.%02d", pages/aDollar, pages%aDollar)
}

// charges says what CloudWatch and Cost Explorer charge.
func (b *beside) charges() string {
	metrics, pages := "", ""
	if b.metrics > 0 {
		metrics = fmt.Sprintf("%s for %s of CloudWatch", metricPrice(b.metrics), source.Things(int(b.metrics), "metric"))
	}
	if b.costPages > 0 {
		pages = fmt.Sprintf("%s for %s of Cost Explorer's recommendations", CostPrice(b.costPages), source.Things(int(b.costPages), "page"))
	}
	if metrics != "" && pages != "" {
		return metrics + "; " + pages
	}
	return cmp.Or(metrics, pages)
}
