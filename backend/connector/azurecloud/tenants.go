package azurecloud

import (
	"context"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

const optTenants = "tenants"

// TenantsOption asks for the tenants whose subscriptions are read together.
func TenantsOption() source.Option {
	return source.Option{Name: optTenants, Label: "Tenants", Rare: true, Example: "72f988bf-0000-4000-8000-2d7cd011db47, 9c2e0000-0000-4000-8000-000000000002", Help: "In place of a scope: the IDs of tenants that the service principal is registered in, with commas between. Every subscription in them that it may read is brought in."}
}

var tenantID = regexp.MustCompile(`^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// InTenants makes a connection to the subscriptions of several tenants, each as one makes it; false = values name no tenants. It
// answers CodeInvalid.
func InTenants(values map[string]string, via source.Reach, scope, endpoint string, one func(map[string]string, source.Reach) (source.Connection, error)) (source.Connection, bool, error) {
	text := strings.TrimSpace(values[optTenants])
	if text == "" {
		return nil, false, nil
	}
	c := &tenants{values: maps.Clone(values), via: via, scope: scope, one: one, parts: map[string]source.Connection{}}
	delete(c.values, optTenants)
	for _, o := range BesideOptions() {
		delete(c.values, o.Name) // it is read of all together
	}
	switch {
	case strings.TrimSpace(values[scope]) != "":
		return nil, true, finops.Errorf(finops.CodeInvalid, "Scope and Tenants are two ways to say what is read: give one of them.")
	case source.SwitchedOn(values, optDevice):
		return nil, true, finops.Errorf(finops.CodeInvalid, "Sign in by code is for one tenant: use a service principal for several.")
	}
	management, err := ManagementEndpoint(values[endpoint])
	if err != nil {
		return nil, true, err
	}
	var sessions []*Session
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.TrimSpace(name); !tenantID.MatchString(name) {
			return nil, true, finops.Errorf(finops.CodeInvalid, "Tenants must be IDs such as 72f988bf-0000-4000-8000-2d7cd011db47, with commas between.")
		}
		own := maps.Clone(c.values)
		own[optTenant] = name
		signIn, err := ParseSignIn(own)
		if err != nil {
			return nil, true, err
		}
		session, err := signIn.Open(via)
		if err != nil {
			return nil, true, err
		}
		sessions = append(sessions, session)
		c.list = append(c.list, tenant{name, &Management{Session: session, Lane: via.Door.Lane(apiNames, "subscriptions for "+via.Purpose, via.Waiting), Endpoint: management, Refused: refusedNames}})
	}
	c.beside, err = besideOf(sessions, values, management, via)
	return c, true, err
}

type tenant struct {
	id         string
	management *Management
}

// tenants is a connection made of one for each subscription.
type tenants struct {
	values map[string]string
	via    source.Reach
	scope  string // name of its option
	one    func(map[string]string, source.Reach) (source.Connection, error)
	list   []tenant
	parts  map[string]source.Connection // by id of the subscription
	beside source.Beside
}

// each finds the subscriptions of all tenants. One that several tenants see, as Lighthouse lets them, is read once.
func (c *tenants) each(ctx context.Context, found func(id string, part source.Connection) error) error {
	seen := map[string]bool{}
	for _, t := range c.list {
		var ids []string
		if err := t.management.eachSubscription(ctx, func(a source.Account) error {
			ids = append(ids, strings.ToLower(a.ID))
			return nil
		}); err != nil {
			return err
		}
		slices.Sort(ids)
		for _, id := range ids {
			if seen[id] {
				continue
			}
			seen[id] = true
			if c.parts[id] == nil {
				own := maps.Clone(c.values)
				own[optTenant], own[c.scope] = t.id, "subscriptions/"+id
				part, err := c.one(own, c.via)
				if err != nil {
					return err
				}
				c.parts[id] = part
			}
			if err := found(id, c.parts[id]); err != nil {
				return err
			}
		}
	}
	return nil
}

// List lists what the subscriptions have, each below its ID, and what is read beside the bills of all of them.
func (c *tenants) List(ctx context.Context, found func(source.Object) error) error {
	err := c.each(ctx, func(id string, part source.Connection) error {
		return part.List(ctx, func(o source.Object) error {
			o.Key, o.DataSet = id+"/"+o.Key, id+"/"+o.DataSet
			return found(o)
		})
	})
	if err != nil {
		return err
	}
	return c.beside.List(found)
}

// Fetch fetches from the subscription that an object belongs to.
func (c *tenants) Fetch(ctx context.Context, o source.Object, w io.Writer) error {
	if o.Holds != source.Bills {
		return c.beside.Fetch(ctx, o, w)
	}
	id, key, _ := strings.Cut(o.Key, "/")
	part := c.parts[id]
	if part == nil {
		return finops.Errorf(finops.CodeNotFound, "The subscription %s has gone.", id)
	}
	o.Key, o.DataSet = key, strings.TrimPrefix(o.DataSet, id+"/")
	return part.Fetch(ctx, o, w)
}

// Test signs in to each tenant and tests each of its subscriptions.
func (c *tenants) Test(ctx context.Context) []source.Step {
	var steps source.Steps
	for _, t := range c.list {
		who, err := t.management.Session.WhoAmI(ctx, t.management.Endpoint+"/.default")
		if !steps.Add("Sign in to "+t.id, who, err) {
			return steps
		}
	}
	count := 0
	err := c.each(ctx, func(id string, part source.Connection) error {
		count++
		for _, s := range part.Test(ctx) {
			s.Name += " of " + id
			if steps = append(steps, s); !s.OK {
				return finops.Errorf(finops.CodeDenied, "The subscription %s cannot be read.", id)
			}
		}
		return nil
	})
	if !steps.Add("Find the subscriptions", source.Things(count, "subscription")+" can be read.", err) {
		return steps
	}
	return c.beside.Try(ctx, steps)
}

// asked is what finding the subscriptions called.
func (c *tenants) asked() (u network.Usage) {
	for _, t := range c.list {
		u = u.Add(t.management.Session.Usage()).Add(t.management.Lane.Usage())
	}
	return u
}

// Usage adds what all of them did.
func (c *tenants) Usage() (u network.Usage) {
	u = c.asked().Add(c.beside.Usage())
	for _, part := range c.parts {
		u = u.Add(part.Usage())
	}
	return u
}

// Close ends them.
func (c *tenants) Close() error {
	for _, part := range c.parts {
		_ = part.Close() // nothing was written
	}
	return nil
}
