package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
)

// connectionFlags are the values of a connection as arguments.
type connectionFlags struct {
	set         []string
	secretStdin string
	secrets     []string
	from        string
}

func (f *connectionFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.set, "set", nil, "an option, as `OPTION=VALUE`; may be given several times")
}

func (f *connectionFlags) registerSecrets(cmd *cobra.Command) {
	f.register(cmd)
	cmd.Flags().StringVar(&f.from, "from", "", "leave out bills before the month `YYYY-MM`; empty for none")
	cmd.Flags().StringVar(&f.secretStdin, "secret-stdin", "", "read the secret `OPTION` from standard input")
}

func (f *connectionFlags) values() (map[string]string, error) {
	values := map[string]string{}
	for _, text := range f.set {
		name, value, ok := strings.Cut(text, "=")
		if !ok {
			return nil, finops.Errorf(finops.CodeInvalid, "--set %s is not understood: write it as OPTION=VALUE.", name)
		}
		values[name] = value
	}
	return values, nil
}

// secretMax is more than every keychain takes.
const secretMax = 64 << 10

func (r *runner) connectionsAddCommand() *cobra.Command {
	f := connectionFlags{}
	var kind string
	cmd := &cobra.Command{
		Use: "add NAME --kind KIND", Short: "Add a connection; what is not given is asked for in a terminal", Args: oneName("the connection one name"),
		Example: "  " + program + " connections add Production --kind aws-exports --set bucket=acme-billing --set profile=billing\n" +
			"  pass aws/key | " + program + " connections add Production --kind aws-exports --set bucket=acme-billing --set access_key_id=AKIA… --secret-stdin secret_access_key",
		RunE: func(cmd *cobra.Command, args []string) error {
			values, err := f.values()
			if err != nil {
				return err
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				if kind == "" {
					return finops.Errorf(finops.CodeInvalid, "Give the kind of the connection with --kind, such as --kind aws-exports. `connections kinds` lists them.")
				}
				k, err := w.Connections.Kind(kind)
				if err != nil {
					return err
				}
				in := service.ConnectionInput{Name: args[0], Kind: kind, From: &f.from, Values: values, Secrets: map[string]string{}}
				ask := newAsker(cmd.InOrStdin(), r.err)
				if err := f.readSecret(ask, k, in.Secrets); err != nil {
					return err
				}
				if err := ask.rest(k, in); err != nil {
					return err
				}
				c, err := w.Connections.Add(cmd.Context(), in)
				if err != nil {
					return err
				}
				return r.print("Added the connection %s. `connections test` tries it; `sync` brings in its bills.\n", visible(c.Name))
			})
		},
	}
	f.registerSecrets(cmd)
	cmd.Flags().StringVar(&kind, "kind", "", "the `KIND`; `connections kinds` lists them")
	return cmd
}

func (r *runner) connectionsEditCommand() *cobra.Command {
	f := connectionFlags{}
	var version int64
	cmd := &cobra.Command{
		Use: "edit NAME", Short: "Change options of a connection, or enter its secrets again", Args: oneName("the connection by its name"),
		Long: `Edit changes the options that --set names; an empty value takes one away. --secret asks for a secret in the terminal,
--secret-stdin reads it from standard input. With --version it is changed only if it still is of that version, else the exit code is 3.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				if !cmd.Flags().Changed("version") {
					version = service.AnyVersion
				}
				in := service.ConnectionInput{Name: args[0], Secrets: map[string]string{}}
				if cmd.Flags().Changed("from") {
					in.From = &f.from
				}
				return r.editConnection(cmd.Context(), w, in, f, newAsker(cmd.InOrStdin(), r.err), version)
			})
		},
	}
	f.registerSecrets(cmd)
	cmd.Flags().StringArrayVar(&f.secrets, "secret", nil, "ask for the secret `OPTION` in the terminal; may be given several times")
	cmd.Flags().Int64Var(&version, "version", 0, "change only version `N`")
	return cmd
}

func (r *runner) editConnection(ctx context.Context, w *service.Workspace, in service.ConnectionInput, f connectionFlags, ask *asker, version int64) error {
	have, err := w.Connections.ByName(ctx, in.Name)
	if err != nil {
		return err
	}
	k, err := w.Connections.Kind(have.Kind)
	if err != nil {
		return err
	}
	if in.Values, err = f.values(); err != nil {
		return err
	}
	if err := f.readSecret(ask, k, in.Secrets); err != nil {
		return err
	}
	for _, option := range f.secrets {
		o, err := secretOption(k, option)
		if err != nil {
			return err
		}
		if in.Secrets[o.Name], err = ask.secret(o); err != nil {
			return err
		}
	}
	c, err := w.Connections.Edit(ctx, in, version)
	if err != nil {
		return err
	}
	return r.print("Saved the connection %s, version %d.\n", visible(c.Name), c.Version)
}

func secretOption(k source.Connector, name string) (source.Option, error) {
	options := k.Options()
	if i := slices.IndexFunc(options, func(o source.Option) bool { return o.Name == name && o.Secret }); i >= 0 {
		return options[i], nil
	}
	return source.Option{}, finops.Errorf(finops.CodeInvalid, "%q is not a secret of connections of the kind %s; `connections kinds` lists the options.", name, k.Name())
}

// readSecret reads the one secret that standard input holds.
func (f *connectionFlags) readSecret(ask *asker, k source.Connector, secrets map[string]string) error {
	if f.secretStdin == "" {
		return nil
	}
	o, err := secretOption(k, f.secretStdin)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(ask.in, secretMax))
	if err != nil {
		return finops.WrapError(finops.CodeUnavailable, err, "The secret cannot be read from standard input")
	}
	secrets[o.Name] = strings.TrimRight(string(text), "\r\n")
	if secrets[o.Name] == "" {
		return finops.Errorf(finops.CodeInvalid, "Standard input holds no secret.")
	}
	ask.terminal = nil // it was not the person's keyboard, or has been read to its end
	return nil
}

// asker asks a person for what a command was not given.
type asker struct {
	in       io.Reader
	lines    *bufio.Reader
	out      io.Writer
	terminal *os.File // nil = nobody can be asked

	one   sync.Mutex  // what waits for an answer: one sign-in at a time
	asked atomic.Bool // one waits now
}

func newAsker(in io.Reader, out io.Writer) *asker {
	a := &asker{in: in, lines: bufio.NewReader(in), out: out}
	if f, ok := in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		a.terminal = f
	}
	return a
}

// rest asks for every option that is not there yet, but for those that few need and what is read beside bills: those are named.
func (a *asker) rest(k source.Connector, in service.ConnectionInput) error {
	if a.terminal == nil {
		return nil
	}
	var others []string
	for _, o := range k.Options() {
		_, given := in.Values[o.Name]
		_, secretGiven := in.Secrets[o.Name]
		if given || secretGiven {
			continue
		}
		if o.Rare || o.Beside {
			others = append(others, o.Name)
			continue
		}
		if o.Secret {
			secret, err := a.secret(o)
			if err != nil {
				return err
			}
			if secret != "" {
				in.Secrets[o.Name] = secret
			}
			continue
		}
		fmt.Fprintf(a.out, "%s\n%s: ", optionText(o), o.Label)
		line, err := a.lines.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return finops.WrapError(finops.CodeUnavailable, err, "The terminal cannot be read")
		}
		if line = strings.TrimSpace(line); line != "" {
			in.Values[o.Name] = line
		}
	}
	if len(others) > 0 {
		fmt.Fprintf(a.out, "Not asked for, and given with --set, or secrets with --secret of `connections edit`: %s. `connections kinds` explains them.\n", strings.Join(others, ", "))
	}
	return nil
}

// secret asks without showing what is typed.
func (a *asker) secret(o source.Option) (string, error) {
	if a.terminal == nil {
		return "", finops.Errorf(finops.CodeInvalid, "%s can only be asked for in a terminal. Use --secret-stdin %s.", o.Label, o.Name)
	}
	fmt.Fprintf(a.out, "%s\n%s (is not shown, Enter for none): ", optionText(o), o.Label)
	text, err := term.ReadPassword(int(a.terminal.Fd()))
	fmt.Fprintln(a.out)
	if err != nil {
		return "", finops.WrapError(finops.CodeUnavailable, err, "The terminal cannot be read")
	}
	return strings.TrimSpace(string(text)), nil
}
