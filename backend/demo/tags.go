package demo

import (
	"math/rand/v2"
	"strings"
)

const untaggedPermille = 120

var owners = map[string][]string{
	"storefront": {"maya.lindqvist", "tom.abara"}, "logistics": {"ines.carvalho"}, "data": {"jonas.weiss", "priya.nair"},
	"platform": {"sam.okafor"}, "finance-it": {"laura.brandt"}, "workplace": {"erik.holm"}, "shop-de": {"anke.vogel", "felix.roth"},
	"orders": {"ines.carvalho", "li.zhang"},
}

// spellings are how people really wrote an environment: the common form first, then what tag rules have to repair.
var spellings = map[string][]string{
	"production":  {"production", "Production", "prod", "prodution"},
	"staging":     {"staging", "Staging", "stage", "stagin"},
	"development": {"development", "Development", "dev", "develpment"}, //nolint:misspell // as people misspell it
	"test":        {"test", "Test", "qa", "tset"},
	"shared":      {"shared", "Shared", "common", "sharde"},
}

// tagKeys are the key spellings in use. Google Cloud labels are lower case by its rules.
type tagKeys struct {
	environment                          []string
	costCenter, owner, application, team string
}

var (
	freeKeys  = tagKeys{[]string{"Environment", "env", "Env"}, "CostCenter", "Owner", "Application", "Team"}
	labelKeys = tagKeys{[]string{"environment", "env", "environment"}, "cost-center", "owner", "application", "team"}
)

// tagsOf returns the tags of a resource as one JSON object, or "" for a resource that nobody tagged.
func tagsOf(p provider, a account, app string, r *rand.Rand) string {
	if app == "" || r.IntN(1000) < untaggedPermille {
		return ""
	}
	keys := freeKeys
	if p == gcp {
		keys = labelKeys
	}
	var pairs []string
	add := func(key, value string) {
		if p == gcp {
			value = strings.ReplaceAll(strings.ToLower(value), ".", "_")
		}
		pairs = append(pairs, `"`+key+`":"`+value+`"`)
	}
	if r.IntN(100) < 82 {
		add(keys.environment[weighted(r, 70, 20)], spellings[a.env][weighted(r, 84, 6, 6)])
	}
	if r.IntN(100) < 52 {
		add(keys.costCenter, costCenterSpelling(a.costCenter, r))
	}
	if r.IntN(100) < 24 {
		names := owners[a.team]
		add(keys.owner, names[r.IntN(len(names))])
	}
	if r.IntN(100) < 48 {
		add(keys.application, app)
	}
	if r.IntN(100) < 22 {
		add(keys.team, a.team)
	}
	if len(pairs) == 0 {
		return ""
	}
	return "{" + strings.Join(pairs, ",") + "}"
}

func costCenterSpelling(id string, r *rand.Rand) string {
	switch weighted(r, 94, 3) {
	case 1:
		return strings.ToLower(id)
	case 2:
		return strings.Replace(id, "-", "", 1)
	}
	return id
}

// weighted returns the index of the chance that comes true, given in per cent; the rest belongs to the last index.
func weighted(r *rand.Rand, percent ...int) int {
	draw := r.IntN(100)
	for i, p := range percent {
		if draw < p {
			return i
		}
		draw -= p
	}
	return len(percent)
}
