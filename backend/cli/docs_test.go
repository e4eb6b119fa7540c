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

// documentation is docs/cli.md.
func documentation(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/cli.md")
	require.NoError(t, err)
	return string(text)
}

// synopses are the lines of a text that say how a command is called, with the lines that go on further in.
func synopses(t *testing.T, text string) (list []string) {
	t.Helper()
	fenced := false
	for line := range strings.Lines(text) {
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

// everyCommand are the commands of the program by their names.
func everyCommand() map[string]*cobra.Command {
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
	return commands
}

// CommandOf is the command that arguments call, "migrate list".
func CommandOf(args []string) string {
	c, _, err := (&runner{}).root().Find(args)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.TrimPrefix(c.CommandPath(), program), " ")
}

// DocumentedJSON is what a section of docs/cli.md says of the JSON of its commands.
type DocumentedJSON struct {
	Commands []string
	Fields   []string // each with those around it, as far as the section shows them: "imports.totals.currency"
}

var (
	inlineCode = regexp.MustCompile("`([^`]+)`")
	fieldName  = regexp.MustCompile(`^[a-z]+([A-Z][a-z0-9]*)+$`)
)

// DocumentedFields reads docs/cli.md, by the titles of its sections. Fields are what stands in JSON, and words in code that are written as only fields are.
func DocumentedFields(t *testing.T) map[string]DocumentedJSON {
	t.Helper()
	commands, found := everyCommand(), map[string]DocumentedJSON{}
	for _, section := range strings.Split(documentation(t), "\n### ")[1:] {
		title, text, _ := strings.Cut(section, "\n")
		var d DocumentedJSON
		for _, line := range synopses(t, text) {
			d.Commands = append(d.Commands, meant(commands, line)...)
		}
		for i, part := range strings.Split(text, "```") {
			if i%2 == 1 {
				d.Fields = append(d.Fields, fieldsOf(part)...)
				continue
			}
			for _, m := range inlineCode.FindAllStringSubmatch(part, -1) {
				switch code := m[1]; {
				case strings.HasPrefix(code, "{"):
					d.Fields = append(d.Fields, fieldsOf(code)...)
				case strings.HasPrefix(code, `"`) && strings.Contains(code, `": `):
					d.Fields = append(d.Fields, fieldsOf("{"+code+"}")...)
				case fieldName.MatchString(code):
					d.Fields = append(d.Fields, code)
				}
			}
		}
		if len(d.Commands) > 0 && len(d.Fields) > 0 {
			found[title] = d
		}
	}
	return found
}

// fieldsOf are the names of the fields in JSON of which some is left out: {"a", "b": [{"c": 1}, …]} has a, b and b.c.
func fieldsOf(text string) (fields []string) {
	var stack []string // of objects and lists that are open, the field that each is the value of; "[" before a list
	key, value := "", false
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '{', '[':
			mark := ""
			if text[i] == '[' {
				mark = "["
			}
			stack, key, value = append(stack, mark+key), "", false
		case '}', ']':
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
			key, value = "", false
		case ',':
			value = false
		case ':':
			value = true
		case '"':
			end := strings.IndexByte(text[i+1:], '"')
			if end < 0 {
				return fields
			}
			name := text[i+1 : i+1+end]
			i += end + 1
			if value || len(stack) == 0 || strings.HasPrefix(stack[len(stack)-1], "[") || strings.Trim(name, "0123456789") == "" {
				continue
			}
			key = name
			path := ""
			for _, outer := range stack {
				if outer = strings.TrimPrefix(outer, "["); outer != "" {
					path += outer + "."
				}
			}
			fields = append(fields, path+name)
		}
	}
	return fields
}

// TestFieldsOf reads JSON of which some is left out.
func TestFieldsOf(t *testing.T) {
	assert.Equal(t, []string{"a", "b", "b.c", "b.c.d", "e", "f", "g"}, fieldsOf(`{"a", "b": [{"c": {"d": "x: y"}}, …], "e": ["one", "two"], "f": ROW, "g": {"200": "Shop"}}`))
	assert.Empty(t, fieldsOf(`no JSON, "text" only`))
}

// TestDocs_CommandsAndFlagsAreThoseOfTheProgram compares docs/cli.md with the commands.
func TestDocs_CommandsAndFlagsAreThoseOfTheProgram(t *testing.T) {
	commands := everyCommand()
	require.Greater(t, len(commands), 60)

	documented := map[string]map[string]bool{} // flags by command
	for _, line := range synopses(t, documentation(t)) {
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
