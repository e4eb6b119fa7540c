package azurecloud

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

var apiPermissions = network.API{Name: "Azure Authorization", PerSecond: 3, Burst: 5} // Azure allows 12,000 calls an hour

// actionPermissions is what a test needs to read which permissions there are. No sync needs it.
const actionPermissions = "Microsoft.Authorization/permissions/read"

// judgedMax is on how many subscriptions a test reads permissions.
const judgedMax = 20

// besideNeeds are the permissions of what each switch has read, in the order of the switches. The prices themselves are public.
var besideNeeds = []struct {
	option  string
	actions []string
}{
	{source.OptInventory, []string{
		"Microsoft.Compute/virtualMachines/read", "Microsoft.Compute/disks/read", "Microsoft.Compute/snapshots/read", "Microsoft.Network/publicIPAddresses/read", "Microsoft.Network/loadBalancers/read",
		"Microsoft.Network/applicationGateways/read", "Microsoft.Web/serverfarms/read",
	}},
	{source.OptMetrics, []string{"Microsoft.Compute/virtualMachines/read", "Microsoft.Insights/metrics/read"}},
	{source.OptRecommendations, []string{"Microsoft.Advisor/recommendations/read"}},
	{source.OptPurchases, []string{actionNames, actionReservations}},
	{source.OptPrices, []string{"Microsoft.Compute/virtualMachines/read", "Microsoft.Compute/disks/read"}},
	{source.OptBudgets, []string{actionNames, actionBudgets}},
}

// needs are the permissions of one switch.
func needs(option string) []string {
	for _, n := range besideNeeds {
		if n.option == option {
			return n.actions
		}
	}
	return nil
}

// missingActions says that permissions are missing, and what to do.
func missingActions(actions ...string) string {
	return missing(actions) + ": give the role " + roleNames + ", or that of the policy of this connection, on the subscriptions."
}

func missing(actions []string) string {
	if len(actions) == 1 {
		return "The permission " + actions[0] + " is missing"
	}
	return "The permissions " + strings.Join(actions, ", ") + " are missing"
}

// permission is what one assignment of a role allows.
type permission struct {
	Actions    []string `json:"actions"`
	NotActions []string `json:"notActions"`
}

// allowed says that any of several assignments allows an action: what one leaves out another may give.
func allowed(list []permission, action string) bool {
	matches := func(pattern string) bool {
		form := regexp.MustCompile(`(?is)^` + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, `.*`) + `$`)
		return form.MatchString(action)
	}
	return slices.ContainsFunc(list, func(p permission) bool {
		return slices.ContainsFunc(p.Actions, matches) && !slices.ContainsFunc(p.NotActions, matches)
	})
}

// granted reads which permissions there are on the subscriptions that may be seen: Resource Graph leaves out without a word what may not be read.
// It answers CodeDenied where Azure shows them on none.
func (b *besides) granted(ctx context.Context) (source.Granted, string, error) {
	seen, err := b.subscriptions(ctx, false)
	if err != nil {
		return nil, "", err
	}
	shown := map[string][]permission{} // by name of the subscription
	var refused error
	for _, s := range seen[:min(len(seen), judgedMax)] {
		list, err := s.permissionsOn(ctx, "/subscriptions/"+s.ID)
		switch code := finops.CodeOf(err); {
		case err == nil:
			shown[s.Name+" ("+s.ID+")"] = list
		case code == finops.CodeDenied || code == finops.CodeNotFound || code == finops.CodeInvalid:
			refused = err
		default:
			return nil, "", err
		}
	}
	if len(shown) == 0 {
		return nil, "", finops.WrapError(finops.CodeDenied, refused, "The permission %s is missing on the subscriptions. No sync needs it.", actionPermissions)
	}
	said := fmt.Sprintf("Azure shows the permissions on %s.", source.Things(len(shown), "subscription"))
	if len(shown) < len(seen) {
		said = fmt.Sprintf("Azure shows the permissions on %d of %d subscriptions.", len(shown), len(seen))
	}
	return func(actions []string) (there, partly, nowhere []string) {
		without := map[string][]string{} // the actions that are missing, by names of subscriptions
		for _, action := range actions {
			var names []string
			for _, name := range slices.Sorted(maps.Keys(shown)) {
				if !allowed(shown[name], action) {
					names = append(names, name)
				}
			}
			if len(names) == len(shown) {
				nowhere = append(nowhere, action)
				continue
			}
			there = append(there, action)
			if len(names) > 0 {
				at := strings.Join(names, ", ")
				without[at] = append(without[at], action)
			}
		}
		for _, at := range slices.Sorted(maps.Keys(without)) {
			partly = append(partly, missing(without[at])+" on "+at+".")
		}
		if len(nowhere) > 0 {
			nowhere = []string{missingActions(nowhere...)}
		}
		return there, partly, nowhere
	}, said, nil
}

// permissionsOn reads what the caller may do on a scope, page by page.
func (m *managed) permissionsOn(ctx context.Context, scope string) (list []permission, err error) {
	for next := m.permissions.Endpoint + scope + "/providers/Microsoft.Authorization/permissions?api-version=2022-04-01"; next != ""; {
		_, _, text, err := m.permissions.Ask(ctx, next, nil)
		if err != nil {
			return nil, err
		}
		var page struct {
			Value []permission `json:"value"`
			Next  string       `json:"nextLink"`
		}
		if json.Unmarshal(text, &page) != nil {
			return nil, errCut
		}
		list = append(list, page.Value...)
		next = page.Next
	}
	return list, nil
}
