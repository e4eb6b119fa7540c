package service

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// place is a connector of folders laid out as DATASET/MONTH/file, or DATASET/file where months are not distinguished, with faults.
type place struct {
	// fault hears of each step of a connection before it is done; an error is what the step ends with, in
	// the middle of a file.
	fault func(step string) error
	// names are what it calls accounts; nil = it is not asked.
	names func() []source.Account
	// extras are what it is asked for beside bills.
	extras []source.Extra
	// prompt says that signing in needs the code 123456, once, but at a root called silent.
	prompt bool
	note   string // on how it read
}

const planted = "planted-token-of-a-place"

func (place) Name() string                               { return "place" }
func (place) Label() string                              { return "Place" }
func (place) Policies(map[string]string) []source.Policy { return nil }
func (place) Options() []source.Option {
	return []source.Option{
		{Name: "root", Label: "Root", Help: "Where it is.", Required: true},
		{Name: "token", Label: "Token", Help: "Opens it.", Required: true, Secret: true},
	}
}

func (p place) Connect(values map[string]string, via source.Reach) (source.Connection, error) {
	if err := source.CheckOptions(p.Options(), values); err != nil {
		return nil, err
	}
	if values["token"] != planted {
		return nil, finops.Errorf(finops.CodeInvalid, "Token is not the right one.")
	}
	c := &placed{root: values["root"], fault: p.fault, note: p.note, beside: source.Beside{Extras: p.extras, Now: via.Now}}
	if p.prompt && filepath.Base(values["root"]) != "silent" {
		c.signIn = func(ctx context.Context) error {
			if via.SignIn.Load() != nil {
				return nil
			}
			code, err := via.Ask(ctx, source.Prompt{Text: "Enter the code.", Wanted: "Code"})
			if err == nil && code != "123456" {
				return finops.Errorf(finops.CodeDenied, "The code is another one.")
			}
			via.SignIn.Store(code)
			return err
		}
	}
	if p.names != nil {
		c.beside.Names = source.NameList{Now: via.Now, Each: func(_ context.Context, found func(source.Account) error) error {
			if err := c.step("names"); err != nil {
				return err
			}
			for _, a := range p.names() {
				if err := found(a); err != nil {
					return err
				}
			}
			return nil
		}}
	}
	return c, nil
}

type placed struct {
	root   string
	fault  func(string) error
	note   string
	beside source.Beside
	// signIn is called before anything is listed; nil = nobody has to.
	signIn func(context.Context) error
}

func (c *placed) step(name string) error {
	if c.fault == nil {
		return nil
	}
	return c.fault(name)
}

func (c *placed) Note() string { return c.note }

func (c *placed) Test(context.Context) []source.Step {
	return []source.Step{{Name: "Look", OK: true, Detail: "It is there."}}
}

func (c *placed) List(ctx context.Context, found func(source.Object) error) error {
	if c.signIn != nil {
		if err := c.signIn(ctx); err != nil {
			return err
		}
	}
	if err := c.step("list"); err != nil {
		return err
	}
	err := filepath.WalkDir(c.root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		key, err := filepath.Rel(c.root, path)
		if err != nil {
			return err
		}
		parts, month := strings.Split(filepath.ToSlash(key), "/"), ""
		if len(parts) > 2 {
			month = parts[1]
		}
		return found(source.Object{Key: filepath.ToSlash(key), Size: int64(len(text)), Version: version(text), DataSet: parts[0], Month: month})
	})
	if err != nil {
		return err
	}
	return c.beside.List(found)
}

func version(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

func (c *placed) Fetch(ctx context.Context, o source.Object, w io.Writer) error {
	if o.Holds != source.Bills {
		return c.beside.Fetch(ctx, o, w)
	}
	text, err := os.ReadFile(filepath.Join(c.root, filepath.FromSlash(o.Key)))
	switch {
	case err != nil:
		return finops.WrapError(finops.CodeNotFound, err, "It has gone.")
	case version(text) != o.Version:
		return finops.Errorf(finops.CodeConflict, "It has changed.")
	}
	if _, err := w.Write(text[:len(text)/2]); err != nil {
		return err
	}
	if err := c.step("fetch " + o.Key); err != nil {
		return err
	}
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	_, err = w.Write(text[len(text)/2:])
	return err
}

func (*placed) Usage() network.Usage { return network.Usage{Calls: 1} }
func (*placed) Close() error         { return nil }

// withPlace opens a workspace that knows the place.
func withPlace(t *testing.T, path string, p place, opts Options) *Workspace {
	t.Helper()
	opts.Sources, opts.User, opts.Connectors = testOptions.Sources, "Tester", []source.Connector{p}
	w, err := Open(t.Context(), path, opts)
	require.NoError(t, err)
	return w
}

// delivery writes one month of one account into a place, in two files.
func delivery(t *testing.T, root, account, month string, lines int, resource string) {
	t.Helper()
	first, err := finops.ParseMonth(month)
	require.NoError(t, err)
	for part := range 2 {
		bill := newTable().lines(lines, resource+string(rune('a'+part)), "BillingAccountId", account,
			"BillingPeriodStart", first.First().String()+"T00:00:00Z", "BillingPeriodEnd", (first+1).First().String()+"T00:00:00Z",
			"ChargePeriodStart", (first.First()+2).String()+"T00:00:00Z", "ChargePeriodEnd", (first.First()+3).String()+"T00:00:00Z")
		bill.write(t, filepath.Join(root, "account-"+account, month, "part-"+string(rune('1'+part))+".csv"))
	}
}
