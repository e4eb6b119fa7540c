package azurecloud

import (
	"context"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strings"

	"cloud-intelligence/backend/source"
)

// actionReservations is what reading reservation recommendations needs.
const actionReservations = "Microsoft.Consumption/reservationRecommendations/read"

// reserved are the kinds of resources whose recommendations are read: each takes a call for each subscription.
var reserved = []string{"VirtualMachines", "SQLDatabases", "AppService", "RedisCache", "CosmosDB"}

// purchases reads which reservations Azure recommends for each subscription by itself, from the usage of 30 days.
func (b *besides) purchases(ctx context.Context, w io.Writer, probe bool) error {
	subscriptions, err := b.subscriptions(ctx, probe)
	if err != nil {
		return err
	}
	kinds := reserved
	if probe {
		kinds = kinds[:1]
	}
	out := &source.Array{W: w}
	out.Open("[")
	for _, s := range subscriptions {
		for _, kind := range kinds {
			query := url.Values{"api-version": {"2023-05-01"}, "$filter": {"properties/scope eq 'Single' and properties/resourceType eq '" + kind + "' and properties/lookBackPeriod eq 'Last30Days'"}}
			err := s.eachConsumed(ctx, "/subscriptions/"+s.ID+"/providers/Microsoft.Consumption/reservationRecommendations?"+query.Encode(), func(one json.RawMessage) error { return out.Add(one) })
			if err != nil {
				return err
			}
		}
	}
	out.Close("]")
	return nil
}

// subscription is one that may be seen, in its tenant.
type subscription struct {
	*managed
	source.Account
}

// subscriptions are those that may be seen, each once; with probe one of them. It answers CodeDenied where there is none.
func (b *besides) subscriptions(ctx context.Context, probe bool) (list []subscription, err error) {
	for _, m := range b.tenants {
		err := m.consumption.eachSubscription(ctx, func(a source.Account) error {
			if !slices.ContainsFunc(list, func(s subscription) bool { return strings.EqualFold(s.ID, a.ID) }) {
				list = append(list, subscription{m, a})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if len(list) == 0 {
		return nil, errNoSubscription
	}
	if probe {
		return list[:1], nil
	}
	return list, nil
}

// eachConsumed calls found for each entry of a list of the Consumption API; an answer without a body has none.
func (m *managed) eachConsumed(ctx context.Context, path string, found func(json.RawMessage) error) error {
	for next := m.consumption.Endpoint + path; next != ""; {
		_, _, text, err := m.consumption.Ask(ctx, next, nil)
		if err != nil {
			return err
		}
		var page struct {
			Value []json.RawMessage `json:"value"`
			Next  string            `json:"nextLink"`
		}
		if len(text) > 0 && json.Unmarshal(text, &page) != nil {
			return errCut
		}
		for _, one := range page.Value {
			if err := found(one); err != nil {
				return err
			}
		}
		next = page.Next
	}
	return nil
}
