package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// caseAnswer is an answer that a question offers.
type caseAnswer struct {
	file string // "" = for all files
	word string
}

func (a caseAnswer) flags() []string {
	if a.file == "" {
		return []string{"--overlap", a.word}
	}
	return []string{"--answer", a.file + "=" + a.word}
}

// caseTrial tries answers, each on a workspace of its own.
type caseTrial struct {
	program *caseProgram
	step    []string // the arguments that were answered with a question
	want    []caseExpectation
	before  caseState
	first   string // workspace with the first of the right totals
	tried   int
	faults  []string
}

// triesMax stops a chain of questions that has no end.
const triesMax = 100

// tryAnswers tries every answer that a question offers. Each must be accepted and lead to
// one of the totals that are wanted, and one to the first of them: with that the case goes on.
func (c *caseProgram) tryAnswers(want []caseExpectation, done caseCommand, before caseState) []string {
	c.t.Helper()
	t := caseTrial{program: c, step: done.args, want: want, before: before}
	t.each(done.stderr, nil)
	if t.first == "" {
		t.faults = append(t.faults, "no answer leads to the first of the right totals")
	}
	if len(t.faults) == 0 {
		c.workspace = t.first
	}
	return t.faults
}

// each tries the answers that a message offers, after those that were given before: a file
// may be asked about when another was answered.
func (t *caseTrial) each(message string, given []caseAnswer) {
	offers := offered(message)
	if len(offers) == 0 {
		t.faults = append(t.faults, "the question offers no answer")
	}
	for _, offer := range offers {
		if slices.ContainsFunc(given, func(g caseAnswer) bool { return g.file == offer.file || g.file == "" }) {
			t.faults = append(t.faults, fmt.Sprintf("%s is not accepted: the question comes again", answersText(given)))
			return
		}
	}
	for _, offer := range offers {
		if t.tried++; t.tried > triesMax {
			t.faults = append(t.faults, fmt.Sprintf("more than %d answers are offered", triesMax))
			return
		}
		// After an answer for one file the rest is answered file by file, too.
		if len(given) == 0 || offer.file != "" {
			t.one(append(slices.Clone(given), offer))
		}
	}
}

func (t *caseTrial) one(given []caseAnswer) {
	c := t.program
	workspace := c.copyWorkspace()
	args := slices.Clone(t.step)
	leave := true
	for _, g := range given {
		args = append(args, g.flags()...)
		leave = leave && g.word == "leave"
	}
	done := c.run(workspace, args...)
	if done.code == 3 {
		t.each(done.stderr, given)
		return
	}
	if done.code != 0 {
		t.faults = append(t.faults, fmt.Sprintf("%s is not accepted: %s", answersText(given), done.report()))
		return
	}
	var wrong []string
	for i := range t.want {
		faults := c.expect(workspace, &t.want[i])
		if len(faults) == 0 {
			if i == 0 && t.first == "" {
				t.first = workspace
			}
			return
		}
		wrong = append(wrong, strings.Join(faults, ", "))
	}
	if leave && c.state(workspace).equal(t.before) {
		return
	}
	t.faults = append(t.faults, fmt.Sprintf("%s leads to wrong totals: %s", answersText(given), strings.Join(wrong, "; or ")))
}

func answersText(given []caseAnswer) string {
	var words []string
	for _, g := range given {
		words = append(words, g.flags()...)
	}
	return strings.Join(words, " ")
}

// copyWorkspace copies the workspace with the files that SQLite may have beside it.
func (c *caseProgram) copyWorkspace() string {
	c.t.Helper()
	to := filepath.Join(c.t.TempDir(), filepath.Base(c.workspace))
	for _, suffix := range []string{"", "-wal", "-shm"} {
		text, err := os.ReadFile(c.workspace + suffix)
		if os.IsNotExist(err) {
			continue
		}
		require.NoError(c.t, err)
		require.NoError(c.t, os.WriteFile(to+suffix, text, 0o600))
	}
	return to
}

var (
	overlapOffer = regexp.MustCompile(`--overlap[ =](replace|add)\b`)
	answerOffer  = regexp.MustCompile(`^(.+?)=(replace|add|leave)\b`)
	quotedOffer  = regexp.MustCompile(`^=(replace|add|leave)\b`)
	// Further answers for all files, "replace|add" or "replace or add", and for one:
	// "=replace, =add or =leave". Without the sign a word after "or" is prose.
	furtherOverlap = regexp.MustCompile(`^(?:\||/|,? or )(replace|add)\b`)
	furtherAnswer  = regexp.MustCompile(`^['"]?(?:[|/]=?|,? or =|, =)(replace|add|leave)\b`)
)

// offered finds the answers that a message offers.
func offered(message string) (offers []caseAnswer) {
	add := func(file, word, rest string, further *regexp.Regexp) {
		for word != "" {
			if a := (caseAnswer{file, word}); !slices.Contains(offers, a) {
				offers = append(offers, a)
			}
			m := further.FindStringSubmatch(rest)
			if m == nil {
				return
			}
			word, rest = m[1], rest[len(m[0]):]
		}
	}
	for line := range strings.Lines(message) {
		for _, at := range overlapOffer.FindAllStringSubmatchIndex(line, -1) {
			add("", line[at[2]:at[3]], line[at[1]:], furtherOverlap)
		}
		for _, text := range strings.Split(line, "--answer")[1:] {
			file, word, rest := fileOffer(strings.TrimLeft(text, " ="))
			add(file, word, rest, furtherAnswer)
		}
	}
	return offers
}

// fileOffer reads FILE=ANSWER, where the file or all of it may be quoted as a shell wants it.
func fileOffer(text string) (file, word, rest string) {
	if m := answerOffer.FindStringSubmatch(text); m != nil {
		// A name that is written as it is may begin with a quote, and hold any.
		if _, err := os.Stat(m[1]); err == nil || !strings.ContainsAny(m[1], `'"`) {
			return m[1], m[2], text[len(m[0]):]
		}
	}
	unquoted, length := shellWord(text)
	rest = text[length:]
	if at := strings.LastIndex(unquoted, "="); at > 0 {
		if m := quotedOffer.FindStringSubmatch(unquoted[at:]); m != nil {
			return unquoted[:at], m[1], unquoted[at+len(m[0]):] + rest
		}
	}
	return "", "", ""
}

// shellWord reads one word as a shell does, with quotes and backslashes, and says how much
// of the text it takes.
func shellWord(text string) (word string, length int) {
	var b strings.Builder
	quote := byte(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && quote != '\'' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case c == quote && quote != 0:
			quote = 0
		case quote == 0 && (c == ' ' || c == '\n'):
			return b.String(), i
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), len(text)
}

func TestOffered_FindsEveryAnswer(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("it's one.csv", nil, 0o600))
	all := func(file string, words ...string) (list []caseAnswer) {
		for _, w := range words {
			list = append(list, caseAnswer{file, w})
		}
		return list
	}
	for message, want := range map[string][]caseAnswer{
		"Run it again with --overlap replace (the new file) or --overlap add (both), or: --answer a/b c.csv=replace, =add or =leave (left out).": append(all("", "replace", "add"), all("a/b c.csv", "replace", "add", "leave")...),
		"--answer it's one.csv=replace or =leave.\n":                   all("it's one.csv", "replace", "leave"),
		`--answer 'it'\''s one.csv=add' or --answer 'x y=z.csv'=leave`: append(all("it's one.csv", "add"), all("x y=z.csv", "leave")...),
		`--answer "say \"hi\".csv"=replace|add`:                        all(`say "hi".csv`, "replace", "add"),
		`--answer 'a.csv=replace', --answer 'b.csv=leave'.`:            append(all("a.csv", "replace"), all("b.csv", "leave")...),
		"--overlap ask":                        nil,
		"--overlap=add, or leave the file out": all("", "add"),
	} {
		assert.Equal(t, want, offered(message), message)
	}
}
