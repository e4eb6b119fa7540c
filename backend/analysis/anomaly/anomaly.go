package anomaly

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Levels are the columns that lead from a provider to a leaf, as FOCUS names them, but for the first:
// that is the provider in its canonical spelling.
var Levels = [4]string{finops.DimProvider, "SubAccountId", "ServiceName", "RegionId"}

// Node is a leaf or a subtree: the leaves that have its values. It can be compared.
type Node struct {
	Values [4]string // by Levels; "" = no value
	Named  [4]bool   // the levels that count; of a leaf all
}

// LeafNode is the node of one leaf.
func LeafNode(values [4]string) Node { return Node{values, [4]bool{true, true, true, true}} }

// up is the node with the leaves of n that have its values at some levels.
func (n Node) up(named [4]bool) Node {
	for i := range n.Values {
		if !named[i] {
			n.Values[i] = ""
		}
	}
	n.Named = named
	return n
}

// Subtrees above a leaf, the smallest first.
var subtrees = [][4]bool{{true, true, true, false}, {true, false, true, true}, {true, false, true, false}, {true, true, false, false}, {true, false, false, false}}

// Kind says what an anomaly looks like.
type Kind string

// The kinds of anomalies.
const (
	Spike Kind = "spike" // some days
	Shift Kind = "shift" // seven days or more
	Drop  Kind = "drop"  // below half of what was expected, or gone
	Drift Kind = "drift" // grows by degrees, so that no single day explains it
)

// State says what is known of an anomaly.
type State string

// The states of anomalies.
const (
	Open     State = "open"
	Expected State = "expected" // the same happened a year before
	Restated State = "restated" // only a newer version of a bill shows it
	Resolved State = "resolved" // a person says that it has been dealt with
	Muted    State = "muted"    // a rule of a person hides it
)

// Sensitivity says how far a day must be off. All four must be exceeded.
type Sensitivity struct {
	Scales float64 // robust standard deviations
	Share  float64 // of what was expected
	Floor  float64 // share of the mean daily cost of all leaves in the currency over 28 days
	Least  float64 // US dollars a day, or money of about that size in another currency; see least
}

// Sensitivities are the choices by name.
var Sensitivities = map[string]Sensitivity{
	"low":    {6, 0.40, 0.005, 10},
	"medium": {4, 0.20, 0.001, 1},
	"high":   {3, 0.12, 0.0005, 0.1},
}

// Leaf is the daily usage cost of a leaf in one currency.
type Leaf struct {
	Values   [4]string
	Currency string
	Set      int       // index of its data set
	Cost     []float64 // by day from Input.First on; what is missing at the end is no cost
	// Sensitivity is that of this leaf; nil = the one of the input.
	Sensitivity *Sensitivity
}

// DataSet is what one provider exports of one billing account.
type DataSet struct {
	Last    finops.Day          // the last day that is complete
	Missing map[finops.Day]bool // days without any data
}

// Input is what is judged.
type Input struct {
	First, AsOf finops.Day // the first day with a cost, the last one that is judged
	Leaves      []Leaf
	Sets        []DataSet
	Sensitivity Sensitivity
}

// Anomaly is a run of days of one direction.
type Anomaly struct {
	ID       string // the same however often, and however much later, it is found
	Kind     Kind
	Node     Node
	Currency string
	First    finops.Day
	Last     finops.Day // the last day so far that is away from what was expected
	// Expected is what First to Last would have cost, Off what they cost beyond it, both from
	// statistics.
	Expected, Off float64
	// MonthOn is what a month more of it would add: the mean deviation of its last seven days × 30; 0 for a spike that is over.
	MonthOn float64
	State   State
}

// id names an anomaly by what does not change as it goes on.
func (a *Anomaly) id() string { return a.IDFrom(a.First) }

// IDFrom is the id that the anomaly would have if it began on another day, as a restatement can move its first one.
func (a *Anomaly) IDFrom(first finops.Day) string {
	direction := "up"
	if a.Off < 0 {
		direction = "down"
	}
	text := fmt.Sprintf("%q %v %s %s %s", a.Node.Values, a.Node.Named, a.Currency, direction, first)
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

// String names a node in words.
func (n Node) String() string {
	var parts []string
	for i, level := range Levels {
		if n.Named[i] {
			parts = append(parts, level+"="+n.Values[i])
		}
	}
	return strings.Join(parts, ", ")
}

// Has reports whether a leaf is one of the node.
func (n Node) Has(values [4]string) bool { return inside(n, LeafNode(values)) }
