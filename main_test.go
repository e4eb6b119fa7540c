package main

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestConnectors_TerraformInOneFile: with every switch on, all policies of a connection can stand in one file, in which each name is there once.
func TestConnectors_TerraformInOneFile(t *testing.T) {
	names := regexp.MustCompile(`(?m)^(?:resource|data) "[a-z0-9_]+" "[a-z0-9_]+"`)
	for _, k := range connectors() {
		values := map[string]string{}
		for _, o := range k.Options() {
			if o.Switch {
				values[o.Name] = "on"
			}
		}
		seen := map[string]bool{}
		for _, p := range k.Policies(values) {
			if p.Form != "terraform" {
				continue
			}
			found := names.FindAllString(p.Text, -1)
			assert.NotEmpty(t, found, k.Name())
			for _, name := range found {
				assert.False(t, seen[name], "%s: %s is there twice", k.Name(), name)
				seen[name] = true
			}
		}
		assert.Equal(t, k.Name() != "folder", len(seen) > 0, k.Name())
	}
}

func TestParseWindowFlags(t *testing.T) {
	for name, c := range map[string]struct {
		args         []string
		demo, window bool
	}{
		"NoArgument":         {nil, false, true},
		"Demo":               {[]string{"--demo"}, true, true},
		"DemoOneDash":        {[]string{"-demo"}, true, true},
		"Command":            {[]string{"summary"}, false, false},
		"CommandAfterFlag":   {[]string{"--demo", "summary"}, false, false},
		"HelpIsForCLI":       {[]string{"--help"}, false, false},
		"FlagOfAnotherBuild": {[]string{"--no-such-flag=1"}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			demo, window := parseWindowFlags(c.args)
			require.Equal(t, c.demo, demo)
			require.Equal(t, c.window, window)
		})
	}
}
