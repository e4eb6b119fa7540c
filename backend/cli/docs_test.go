package cli

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// everywhere are the flags that docs/cli.md describes once for all commands that have them.
var everywhere = []string{"format", "out", "json", "help"}

var flagInText = regexp.MustCompile(`--([a-z][a-z-]*)`)

// synopses are the lines of docs/cli.md that say how a command is called, with the lines that go on further in.
func synopses(t *testing.T) (list []string) {
	t.Helper()
	text, err := os.ReadFile("../../docs/cli.md")
	require.NoError(t, err)
	fenced := false
	for line := range strings.Lines(string(text)) {
		switch line = strings.TrimRight(line, "\n"); {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
		case fenced || !strings.HasPrefix(line, "    "):
		case strings.HasPrefix(line, "     "):
			require.NotEmpty(t, list, line)
			list[len(list)-1] += " " + strings.TrimSpace(line)
		default:
			list = append(list, strings.TrimSpace(line))
		}
	}
	return list
}

// meant are the commands that a line says how to call, one of "off|on" each; none for an example.
func meant(commands map[string]*cobra.Command, line string) []string {
	paths := []string{""}
	for word := range strings.FieldsSeq(line) {
		var next []string
		for _, path := range paths {
			for name := range strings.SplitSeq(word, "|") {
				if p := strings.TrimSpace(path + " " + name); commands[p] != nil {
					next = append(next, p)
				}
			}
		}
		if len(next) == 0 {
			break
		}
		paths = next
	}
	return slices.DeleteFunc(paths, func(path string) bool { return path == "" })
}

// TestDocs_CommandsAndFlagsAreThoseOfTheProgram compares docs/cli.md with the commands.
func TestDocs_CommandsAndFlagsAreThoseOfTheProgram(t *testing.T) {
	commands := map[string]*cobra.Command{}
	var walk func(c *cobra.Command, path string)
	walk = func(c *cobra.Command, path string) {
		commands[path] = c
		for _, sub := range c.Commands() {
			if sub.Name() != "help" && sub.Name() != "completion" {
				walk(sub, strings.TrimSpace(path+" "+sub.Name()))
			}
		}
	}
	walk((&runner{}).root(), "")
	require.Greater(t, len(commands), 60)

	documented := map[string]map[string]bool{} // flags by command
	for _, line := range synopses(t) {
		for _, path := range meant(commands, line) {
			flags := documented[path]
			if flags == nil {
				flags = map[string]bool{}
				documented[path] = flags
			}
			for _, m := range flagInText.FindAllStringSubmatch(line, -1) {
				flags[m[1]] = true
				assert.NotNil(t, commands[path].Flag(m[1]), "docs/cli.md gives %q the flag --%s, which it does not have", path, m[1])
			}
			if _, other, ok := strings.Cut(line, "the flags of "); ok {
				maps.Copy(flags, documented[strings.TrimSuffix(other, "]")])
			}
		}
	}
	for path, c := range commands {
		if path == "" || path == "version" || (c.HasSubCommands() && documented[path] == nil) {
			continue
		}
		flags, ok := documented[path]
		if !assert.True(t, ok, "docs/cli.md does not say how %q is called", path) {
			continue
		}
		c.NonInheritedFlags().VisitAll(func(f *pflag.Flag) {
			if !slices.Contains(everywhere, f.Name) && !f.Hidden {
				assert.True(t, flags[f.Name], "docs/cli.md does not give %q the flag --%s", path, f.Name)
			}
		})
	}
}
