package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

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
