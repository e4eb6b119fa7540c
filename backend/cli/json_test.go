package cli

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

func TestPlainJSON_OfTypesThatThePageShows(t *testing.T) {
	type Place struct {
		Name   string `json:"name"`
		Region string `json:"region" cli:"null"`
	}
	type row struct {
		Place
		Name     string          `json:"name"`
		Empty    string          `json:"empty"`
		Nothing  string          `json:"nothing" cli:"null"`
		Zero     int             `json:"zero" cli:"null"`
		Left     string          `json:"left" cli:"omit"`
		PageOnly string          `json:"pageOnly" cli:"-"`
		Known    string          `json:"known" cli:"null"`
		Kept     string          `json:"kept" cli:"omit"`
		Zeroed   int             `json:"zeroed,omitzero"`
		Hidden   string          `json:"-"`
		List     []Place         `json:"list"`
		None     *Place          `json:"none"`
		Cost     finops.Sum      `json:"cost"`
		NoCost   *finops.Sum     `json:"noCost"`
		Raw      json.RawMessage `json:"raw"`
	}
	var cost finops.Sum
	cost.Add(finops.NewAmount(1999, 2))
	text, err := plainJSON(object{{"rows", []row{{
		Place: Place{Name: "inner", Region: ""}, Name: "outer <&>", PageOnly: "x", Known: "k", Kept: "here", Hidden: "h", Cost: cost, Raw: json.RawMessage(`{"a":1}`),
		List: []Place{{"p", "eu"}, {"q", ""}},
	}}}, {"empty", []row{}}})
	require.NoError(t, err)
	assert.Equal(t, `{"rows":[{"region":null,"name":"outer <&>","empty":"","nothing":null,"zero":null,"known":"k","kept":"here",`+
		`"list":[{"name":"p","region":"eu"},{"name":"q","region":null}],"none":null,"cost":"19.99","noCost":null,"raw":{"a":1}}],"empty":[]}`, string(text))

	text, err = plainJSON(row{})
	require.NoError(t, err)
	assert.Contains(t, string(text), `"list":[]`, "a list is never null")
	text, err = plainJSON((*row)(nil))
	require.NoError(t, err)
	assert.Equal(t, "null", string(text))
}
