package service

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// Connections are the places that the bills of a workspace come from by themselves.
type Connections struct{ *workspace }

// Connection is such a place. It never holds a secret.
type Connection struct {
	ID        string // made at random; names its secrets
	Name      string
	Kind      string
	Label     string            // of the kind, in words
	From      string            // first month that is brought in, YYYY-MM; "" = all that the place has
	Values    map[string]string // by option
	Secrets   []string          // the options whose values the keychain has
	Missing   []string          // labels of those that the keychain of this computer does not have, so that they must be entered again
	Problem   string            // why it cannot be used now, as a sentence; "" = it can
	Version   int64
	ChangedAt time.Time
	ChangedBy string
	Text      string // what it says, a line for each option, without secrets
	Months    []store.Synced
	NamedAt   time.Time      // when the names of accounts were read last; zero = never
	Extras    []store.Synced // what was read last beside bills, with the names that a person gives the data sets
	LastRun   *store.SyncRun // nil = it was never synced
	Standing  SyncStanding
}

// ConnectionInput is what a person says of a connection.
type ConnectionInput struct {
	Name    string
	Kind    string            // of a new one
	From    *string           // first month that is brought in, YYYY-MM; "" = all; nil leaves it as it is
	Values  map[string]string // by option; an empty value takes the one that is stored away
	Secrets map[string]string // by option; those that are left out stay as they are, an empty one is removed
}

// connectionContent is what the workspace keeps of a connection.
type connectionContent struct {
	ID      string            `json:"id"`
	Kind    string            `json:"kind"`
	From    string            `json:"from,omitempty"`
	Values  map[string]string `json:"values"`
	Secrets []string          `json:"secrets,omitempty"`
}

// Kinds lists the kinds of connections that there are.
func (w Connections) Kinds() []source.Connector { return w.connectors }

// Kind returns a kind by its name; CodeInvalid where there is none of the name.
func (w Connections) Kind(name string) (source.Connector, error) {
	names := make([]string, len(w.connectors))
	for i, c := range w.connectors {
		if names[i] = c.Name(); names[i] == name {
			return c, nil
		}
	}
	return nil, finops.Errorf(finops.CodeInvalid, "There is no kind of connection %q. There are: %s.", name, strings.Join(names, ", "))
}

// List lists the connections by name, with what was synced, and asks the keychain whether it has
// their secrets.
func (w Connections) List(ctx context.Context) ([]Connection, error) {
	saved, err := w.db.Connections(ctx)
	if err != nil {
		return nil, fmt.Errorf("list connections: %w", err)
	}
	list := make([]Connection, len(saved))
	for i, n := range saved {
		if list[i], err = w.describe(ctx, n); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// ByName returns a connection; CodeNotFound where there is none of the name.
func (w Connections) ByName(ctx context.Context, name string) (Connection, error) {
	saved, err := w.db.Connections(ctx)
	if err != nil {
		return Connection{}, fmt.Errorf("list connections: %w", err)
	}
	names := make([]string, len(saved))
	for i, n := range saved {
		if names[i] = n.Name; rules.Key(n.Name) == rules.Key(name) {
			return w.describe(ctx, n)
		}
	}
	return Connection{}, notNamed("connection", name, names)
}

// contentOf reads what is kept of a connection; whole is false where that is damaged.
func contentOf(n store.Named) (content connectionContent, whole bool) {
	err := json.Unmarshal([]byte(n.Content), &content)
	return content, err == nil
}

// read returns what is kept of a connection, with the words of its kind.
func (w Connections) read(n store.Named) Connection {
	c := Connection{Name: n.Name, Version: n.Version, ChangedAt: n.ChangedAt, ChangedBy: n.ChangedBy}
	content, whole := contentOf(n)
	if !whole {
		c.Problem = "It is damaged. Remove it and add it again."
		return c
	}
	c.ID, c.Kind, c.From, c.Values, c.Secrets = content.ID, content.Kind, content.From, content.Values, content.Secrets
	kind, unknown := w.Kind(c.Kind)
	if unknown != nil {
		c.Problem = finops.MessageOf(unknown)
		return c
	}
	c.Label = kind.Label()
	var lines []string
	for _, o := range kind.Options() {
		switch {
		case slices.Contains(c.Secrets, o.Name):
			lines = append(lines, o.Label+": in the keychain")
		case c.Values[o.Name] != "":
			lines = append(lines, o.Label+": "+c.Values[o.Name])
		}
	}
	if c.From != "" {
		lines = append(lines, "First month: "+dayWords(c.From))
	}
	c.Text = strings.Join(lines, "\n")
	return c
}

func (w Connections) describe(ctx context.Context, n store.Named) (Connection, error) {
	c := w.read(n)
	if c.ID == "" {
		return c, nil
	}
	var err error
	if c.Months, err = w.db.Synced(ctx, c.ID); err != nil {
		return c, err
	}
	if i := slices.IndexFunc(c.Months, func(s store.Synced) bool { return s.DataSet == source.NamesOfAccounts }); i >= 0 {
		c.NamedAt = c.Months[i].At
		c.Months = slices.Delete(c.Months, i, i+1)
	}
	for _, m := range c.Months {
		if name, extra := source.ExtraName(m.DataSet); extra {
			m.DataSet = name
			c.Extras = append(c.Extras, m)
		}
	}
	c.Months = slices.DeleteFunc(c.Months, func(m store.Synced) bool { _, extra := source.ExtraName(m.DataSet); return extra })
	runs, err := w.runs(ctx, c.ID, 0)
	if err != nil {
		return c, err
	}
	if len(runs) > 0 {
		c.LastRun = &runs[0]
	}
	c.Standing = standingOf(runs)
	if kind, unknown := w.Kind(c.Kind); unknown == nil {
		w.lookForSecrets(ctx, &c, kind)
	}
	return c, nil
}

// lookForSecrets finds what the keychain of this computer lacks.
func (w Connections) lookForSecrets(ctx context.Context, c *Connection, kind source.Connector) {
	for _, name := range c.Secrets {
		_, err := w.secret(ctx, c.ID, name)
		switch {
		case finops.CodeOf(err) == finops.CodeNotFound:
			c.Missing = append(c.Missing, labelOf(kind, name))
		case err != nil && c.Problem == "":
			c.Problem = finops.MessageOf(err)
		}
	}
	if len(c.Missing) > 0 {
		c.Problem = fmt.Sprintf("The keychain of this computer does not have: %s. Edit the connection to enter it again.", strings.Join(c.Missing, ", "))
	}
}

func labelOf(kind source.Connector, option string) string {
	for _, o := range kind.Options() {
		if o.Name == option {
			return o.Label
		}
	}
	return option
}

// Add makes a connection. It answers CodeInvalid for values that cannot be right and CodeConflict where there
// is one of the name; it contacts nobody.
func (w Connections) Add(ctx context.Context, in ConnectionInput) (Connection, error) {
	var random [8]byte
	if _, err := rand.Read(random[:]); err != nil {
		return Connection{}, fmt.Errorf("make an id: %w", err)
	}
	c := Connection{ID: hex.EncodeToString(random[:]), Name: strings.TrimSpace(in.Name), Kind: in.Kind, Values: map[string]string{}}
	if c.Name == "" {
		return c, finops.Errorf(finops.CodeInvalid, "A connection needs a name.")
	}
	return w.save(ctx, c, in)
}

// Edit changes a connection of the version that was seen (AnyVersion = whatever is stored). It answers CodeConflict, with
// both as Connection in a finops.ConflictError, when it was changed meanwhile, else what Add does.
func (w Connections) Edit(ctx context.Context, in ConnectionInput, seen int64) (Connection, error) {
	c, err := w.ByName(ctx, in.Name)
	if err != nil {
		return c, err
	}
	if seen != AnyVersion && seen != c.Version { // before the keychain is touched
		want := c
		want.Values = maps.Clone(c.Values)
		want.take(in)
		content, err := contentText(want)
		if err != nil {
			return c, err
		}
		return c, finops.WrapError(finops.CodeConflict, &finops.ConflictError{Have: c, Want: w.read(store.Named{Name: c.Name, Content: content})}, "The connection %q was changed meanwhile.", c.Name)
	}
	return w.save(ctx, c, in)
}

// contentText is what the workspace keeps of a connection.
func contentText(c Connection) (string, error) {
	text, err := json.Marshal(connectionContent{ID: c.ID, Kind: c.Kind, From: c.From, Values: c.Values, Secrets: c.Secrets})
	if err != nil {
		return "", fmt.Errorf("write the connection: %w", err)
	}
	return string(text), nil
}

// save checks the values together, then keeps the secrets, then the rest. Where the rest cannot be kept the
// secrets of a new connection are removed again.
func (w Connections) save(ctx context.Context, c Connection, in ConnectionInput) (Connection, error) {
	kind, err := w.Kind(c.Kind)
	if err != nil {
		return c, err
	}
	if c.take(in); c.From != "" {
		month, err := finops.ReadMonth(c.From)
		if err != nil {
			return c, err
		}
		c.From = month.String()
	}
	if err := w.check(ctx, c, kind, in.Secrets); err != nil {
		return c, err
	}
	isNew, had := c.Version == 0, c.Secrets
	c.Secrets = nil
	for _, o := range kind.Options() {
		secret, said := in.Secrets[o.Name]
		switch {
		case said && secret == "":
			err = w.dropSecret(ctx, c.ID, o.Name)
		case said:
			err = w.keepSecret(ctx, c.ID, o.Name, secret)
		}
		if err != nil {
			return c, err
		}
		if o.Secret && (secret != "" || (!said && slices.Contains(had, o.Name))) {
			c.Secrets = append(c.Secrets, o.Name)
		}
	}
	content, err := contentText(c)
	if err != nil {
		return c, err
	}
	_, err = w.db.SaveConnection(ctx, store.Named{Name: c.Name, Content: content, ChangedAt: w.now(), ChangedBy: w.user}, c.Version)
	if err != nil {
		if isNew {
			for _, name := range c.Secrets {
				_ = w.dropSecret(ctx, c.ID, name) // the first error is the one to report
			}
		}
		return c, withBoth(err, w.read)
	}
	return w.ByName(ctx, c.Name)
}

// take puts what a person says, but for secrets, in place of what there is.
func (c *Connection) take(in ConnectionInput) {
	merge(c.Values, in.Values)
	if in.From != nil {
		c.From = strings.TrimSpace(*in.From)
	}
}

// merge puts values over others; an empty one takes the other away.
func merge(values, over map[string]string) {
	for name, value := range over {
		if strings.TrimSpace(value) == "" {
			delete(values, name)
		} else {
			values[name] = strings.TrimSpace(value)
		}
	}
}

// check lets the connector look at the values and at the secrets as they will be.
func (w Connections) check(ctx context.Context, c Connection, kind source.Connector, secrets map[string]string) error {
	values := map[string]string{}
	merge(values, c.Values)
	for _, o := range kind.Options() {
		if _, plain := c.Values[o.Name]; plain && o.Secret {
			return finops.Errorf(finops.CodeInvalid, "%s is a secret and cannot be given as an option.", o.Label)
		}
	}
	for _, name := range c.Secrets {
		if _, said := secrets[name]; said {
			continue
		}
		secret, err := w.secret(ctx, c.ID, name)
		if err != nil {
			return err
		}
		values[name] = secret
	}
	merge(values, secrets)
	door, err := w.door(ctx)
	if err != nil {
		return err
	}
	defer door.Close()
	connection, err := kind.Connect(values, w.reach(door, c, source.Reach{}))
	if err != nil {
		return err
	}
	return connection.Close()
}

// Remove removes a connection with its secrets, and what was fetched and not imported yet. What it brought in
// stays. See Dimensions.Delete.
func (w Connections) Remove(ctx context.Context, name string, seen int64) error {
	c, err := w.ByName(ctx, name)
	if err != nil {
		return err
	}
	if err := w.db.DeleteConnection(ctx, c.Name, seen, w.user, w.now()); err != nil {
		return withBoth(err, w.read)
	}
	for _, option := range c.Secrets {
		if err := w.dropSecret(ctx, c.ID, option); err != nil {
			return fmt.Errorf("remove the secret of %s: %w", c.Name, err)
		}
	}
	return w.stage(c.ID).remove()
}

// Test goes through what a sync needs, step by step; see source.Connection. h is the job that it is, where a window shows one; else nil.
func (w Connections) Test(ctx context.Context, name string, h *job.Handle) ([]source.Step, error) {
	c, err := w.ByName(ctx, name)
	if err != nil {
		return nil, err
	}
	connection, door, err := w.connect(ctx, c, source.Reach{From: c.From, Waiting: waitingIn(h), Prompt: w.prompts(h)})
	if err != nil {
		return nil, err
	}
	defer door.Close()
	defer func() { _ = connection.Close() }() // nothing was written
	steps := connection.Test(ctx)
	if !w.db.ReadOnly() {
		err = w.db.KeepContacts(ctx, contacts(door), w.user, w.now())
	}
	return steps, err
}

// Policies returns what a connection of a kind with these values must be allowed.
func (w Connections) Policies(kind string, values map[string]string) ([]source.Policy, error) {
	k, err := w.Kind(kind)
	if err != nil {
		return nil, err
	}
	return k.Policies(values), nil
}

// door makes the door through which a connection reaches its place.
func (w Connections) door(ctx context.Context) (*network.Door, error) {
	settings, err := w.Network(ctx)
	if err != nil {
		return nil, err
	}
	door, err := network.New(settings.Settings)
	if err == nil && w.patience != nil {
		door.WithPatience(*w.patience)
	}
	return door, err
}

// reach adds to a reach how the network is reached and what for.
func (w Connections) reach(door *network.Door, c Connection, via source.Reach) source.Reach {
	via.Door, via.Purpose, via.Now, via.SignIn = door, "bills of "+c.Name, w.now, w.signedIn.of(c)
	return via
}

// connect makes a connection with its secrets; via says who hears of what it does, and the first month. It contacts nobody yet. The caller closes both.
func (w Connections) connect(ctx context.Context, c Connection, via source.Reach) (source.Connection, *network.Door, error) {
	kind, err := w.Kind(c.Kind)
	if err != nil {
		return nil, nil, err
	}
	values := map[string]string{}
	merge(values, c.Values)
	for _, name := range c.Secrets {
		if values[name], err = w.secret(ctx, c.ID, name); err != nil {
			return nil, nil, err
		}
	}
	door, err := w.door(ctx)
	if err != nil {
		return nil, nil, err
	}
	connection, err := kind.Connect(values, w.reach(door, c, via))
	if err != nil {
		door.Close()
		return nil, nil, err
	}
	return connection, door, nil
}

// contacts are those of a door since the last time, as the workspace keeps them.
func contacts(door *network.Door) []store.Contact {
	taken := door.TakeContacts()
	list := make([]store.Contact, len(taken))
	for i, c := range taken {
		list[i] = store.Contact(c)
	}
	return list
}

func secretName(connection, option string) string { return "connection/" + connection + "/" + option }

func (w *workspace) secret(ctx context.Context, connection, option string) (string, error) {
	id, err := w.db.ID(ctx, w.user, w.now())
	if err != nil {
		return "", err
	}
	return w.keychain.Get(ctx, id, secretName(connection, option))
}

func (w *workspace) keepSecret(ctx context.Context, connection, option, secret string) error {
	id, err := w.db.ID(ctx, w.user, w.now())
	if err != nil {
		return err
	}
	return w.keychain.Set(ctx, id, secretName(connection, option), secret)
}

func (w *workspace) dropSecret(ctx context.Context, connection, option string) error {
	id, err := w.db.ID(ctx, w.user, w.now())
	if err != nil {
		return err
	}
	return w.keychain.Delete(ctx, id, secretName(connection, option))
}
