package connectortest

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"cloud.google.com/go/bigquery/storage/apiv1/storagepb"
	"connectrpc.com/connect"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// BigQueryRead plays the gRPC interface of BigQuery that reads results of queries by sessions, with the messages of Google's own library. Rows are in
// Avro.
type BigQueryRead struct {
	URL, CAFile string // its address, and the certificate that a client must trust
	// BlockRows is how many rows a message has.
	BlockRows int
	// Turn has each session but the first give the rows in another order.
	Turn bool
	// Refuse is asked before each call; nil and a nil error allow it.
	Refuse func(BigQueryReadAsked) error
	// Break is asked before rows are sent: after how many of them the connection ends; negative = it does not.
	Break func(BigQueryReadAsked) int

	of       *BigQuery
	mu       sync.Mutex
	sessions map[string]*bqSession // by the name of the stream
	asked    []BigQueryReadAsked
}

// BigQueryReadAsked is a call.
type BigQueryReadAsked struct {
	Stream string // "" = a session is to be begun
	Offset int64
	Sent   int // rows, so far
}

type bqSession struct {
	schema []BigQueryColumn
	rows   []map[string]any
	ended  bool
}

// Read starts the gRPC interface for the time of a test.
func (b *BigQuery) Read(t *testing.T) *BigQueryRead {
	t.Helper()
	s := &BigQueryRead{BlockRows: 2, of: b, sessions: map[string]*bqSession{}}
	const service = "/google.cloud.bigquery.storage.v1.BigQueryRead/"
	mux := http.NewServeMux()
	mux.Handle(service+"CreateReadSession", connect.NewUnaryHandler(service+"CreateReadSession", s.create))
	mux.Handle(service+"ReadRows", connect.NewServerStreamHandler(service+"ReadRows", s.read))
	server := httptest.NewUnstartedServer(mux)
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	s.URL, s.CAFile = server.URL, certificate(t, server)
	return s
}

// Asked returns the calls so far.
func (s *BigQueryRead) Asked() []BigQueryReadAsked {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// End makes all sessions end.
func (s *BigQueryRead) End() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.sessions {
		one.ended = true
	}
}

func (s *BigQueryRead) allow(header http.Header, asked BigQueryReadAsked) error {
	s.asked = append(s.asked, asked)
	if s.of.whose(&http.Request{Header: header}) == "" {
		return coded(connect.CodeUnauthenticated)
	}
	if s.Refuse != nil {
		return s.Refuse(asked)
	}
	return nil
}

func (s *BigQueryRead) create(_ context.Context, r *connect.Request[storagepb.CreateReadSessionRequest]) (*connect.Response[storagepb.ReadSession], error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.allow(r.Header(), BigQueryReadAsked{}); err != nil {
		return nil, err
	}
	id, ok := strings.CutPrefix(r.Msg.GetReadSession().GetTable(), "projects/acme-pays/datasets/_results/tables/")
	schema, rows := s.of.resultOf(id)
	if !ok || rows == nil {
		return nil, coded(connect.CodeNotFound)
	}
	if r.Msg.GetParent() != "projects/acme-pays" || r.Msg.GetMaxStreamCount() != 1 || r.Msg.GetReadSession().GetDataFormat() != storagepb.DataFormat_AVRO {
		return nil, coded(connect.CodeInvalidArgument)
	}
	turn := 0
	if s.Turn {
		turn = len(s.sessions) % len(rows)
	}
	one := &bqSession{schema: schema, rows: slices.Concat(rows[turn:], rows[:turn])}
	name := fmt.Sprintf("projects/acme-pays/locations/eu/sessions/s%d", len(s.sessions))
	s.sessions[name+"/streams/1"] = one
	return connect.NewResponse(&storagepb.ReadSession{
		Name: name, ExpireTime: timestamppb.New(time.Now().Add(6 * time.Hour)), Streams: []*storagepb.ReadStream{{Name: name + "/streams/1"}},
		EstimatedTotalBytesScanned: int64(1000 * len(rows)),
		Schema:                     &storagepb.ReadSession_AvroSchema{AvroSchema: &storagepb.AvroSchema{Schema: avroSchema(schema)}},
	}), nil
}

func (s *BigQueryRead) read(_ context.Context, r *connect.Request[storagepb.ReadRowsRequest], stream *connect.ServerStream[storagepb.ReadRowsResponse]) error {
	asked := BigQueryReadAsked{Stream: r.Msg.GetReadStream(), Offset: r.Msg.GetOffset()}
	s.mu.Lock()
	err := s.allow(r.Header(), asked)
	at, one, most := len(s.asked)-1, s.sessions[asked.Stream], -1
	if err == nil && s.Break != nil {
		most = s.Break(asked)
	}
	s.mu.Unlock()
	switch {
	case err != nil:
		return err
	case one == nil || r.Header().Get("X-Goog-Request-Params") == "":
		return coded(connect.CodeNotFound)
	}
	for from := int(asked.Offset); from < len(one.rows); from += s.BlockRows {
		if s.hasEnded(one) {
			return coded(connect.CodeFailedPrecondition)
		}
		to := min(from+s.BlockRows, len(one.rows))
		if most >= 0 && to-int(asked.Offset) > most {
			(&Fault{Reset: true}).play(nil)
		}
		var rows []byte
		for _, row := range one.rows[from:to] {
			rows = avroRecord(rows, row, one.schema)
		}
		if err := stream.Send(&storagepb.ReadRowsResponse{RowCount: int64(to - from), Rows: &storagepb.ReadRowsResponse_AvroRows{AvroRows: &storagepb.AvroRows{SerializedBinaryRows: rows}}}); err != nil {
			return err //nolint:wrapcheck // it is the stream's own
		}
		s.mu.Lock()
		s.asked[at].Sent = to - int(asked.Offset)
		s.mu.Unlock()
	}
	return nil
}

func coded(c connect.Code) error { return connect.NewError(c, nil) } //nolint:wrapcheck // it is what a call answers

func (s *BigQueryRead) hasEnded(one *bqSession) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return one.ended
}

// resultOf is the result of a job.
func (b *BigQuery) resultOf(id string) ([]BigQueryColumn, []map[string]any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	job := b.jobs[id]
	if job == nil || job.gone {
		return nil, nil
	}
	return job.schema, job.values
}

// avroTypes are the types that BigQuery documents for its own.
var avroTypes = map[string]map[string]any{
	"STRING": {"type": "string"}, "JSON": {"type": "string", "sqlType": "JSON"}, "GEOGRAPHY": {"type": "string", "sqlType": "GEOGRAPHY"}, "DATETIME": {"type": "string", "sqlType": "DATETIME"}, "BYTES": {"type": "bytes"},
	"INTEGER": {"type": "long"}, "FLOAT": {"type": "double"}, "BOOLEAN": {"type": "boolean"}, "TIMESTAMP": {"type": "long", "logicalType": "timestamp-micros"},
	"NUMERIC": {"type": "bytes", "logicalType": "decimal", "precision": 38, "scale": 9}, "BIGNUMERIC": {"type": "bytes", "logicalType": "decimal", "precision": 77, "scale": 38},
	"DATE": {"type": "int", "logicalType": "date"}, "TIME": {"type": "long", "logicalType": "time-micros"},
}

func avroSchema(columns []BigQueryColumn) string {
	records := 0
	text, err := json.Marshal(avroRecordType("__root__", columns, &records))
	if err != nil {
		return "" // it always marshals
	}
	return string(text)
}

func avroRecordType(name string, columns []BigQueryColumn, records *int) any {
	fields := []any{}
	for _, c := range columns {
		var kind any = avroTypes[c.Type]
		if c.Type == "RECORD" {
			*records++
			kind = avroRecordType(fmt.Sprintf("__s_%d", *records), c.Fields, records)
		} else if len(avroTypes[c.Type]) == 1 {
			kind = avroTypes[c.Type]["type"]
		}
		switch c.Mode {
		case "REPEATED":
			kind = map[string]any{"type": "array", "items": kind}
		case "REQUIRED":
		default:
			kind = []any{"null", kind}
		}
		fields = append(fields, map[string]any{"name": c.Name, "type": kind})
	}
	return map[string]any{"type": "record", "name": name, "fields": fields}
}

func avroRecord(b []byte, values map[string]any, columns []BigQueryColumn) []byte {
	for _, c := range columns {
		v := values[c.Name]
		switch {
		case c.Mode == "REPEATED":
			list, _ := v.([]any)
			for i, x := range list { // a block for each, the first one with its size
				one := avroValue(nil, x, c)
				if i == 0 {
					b = binary.AppendVarint(binary.AppendVarint(b, -1), int64(len(one)))
				} else {
					b = binary.AppendVarint(b, 1)
				}
				b = append(b, one...)
			}
			b = append(b, 0)
		case c.Mode == "REQUIRED":
			b = avroValue(b, v, c)
		case v == nil:
			b = append(b, 0)
		default:
			b = avroValue(append(b, 2), v, c)
		}
	}
	return b
}

func avroValue(b []byte, v any, c BigQueryColumn) []byte {
	if record, ok := v.(map[string]any); ok {
		return avroRecord(b, record, c.Fields)
	}
	text := fmt.Sprint(v)
	switch c.Type {
	case "INTEGER":
		n, _ := strconv.ParseInt(text, 10, 64)
		return binary.AppendVarint(b, n)
	case "FLOAT":
		f, _ := strconv.ParseFloat(text, 64)
		return binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
	case "BOOLEAN":
		if strings.EqualFold(text, "true") {
			return append(b, 1)
		}
		return append(b, 0)
	case "NUMERIC", "BIGNUMERIC":
		raw := decimalBytes(text, map[string]int{"NUMERIC": 9, "BIGNUMERIC": 38}[c.Type])
		return append(binary.AppendVarint(b, int64(len(raw))), raw...)
	case "BYTES":
		raw, _ := base64.StdEncoding.DecodeString(text)
		return append(binary.AppendVarint(b, int64(len(raw))), raw...)
	case "TIMESTAMP":
		micros, _ := wireText(v, c.Type).(string)
		n, _ := strconv.ParseInt(micros, 10, 64)
		return binary.AppendVarint(b, n)
	case "DATE":
		at, _ := time.Parse(time.DateOnly, text)
		return binary.AppendVarint(b, at.Unix()/86400)
	case "TIME":
		at, _ := time.Parse("15:04:05.999999", text)
		return binary.AppendVarint(b, (int64(at.Hour())*3600+int64(at.Minute())*60+int64(at.Second()))*1e6+int64(at.Nanosecond())/1000)
	}
	return append(binary.AppendVarint(b, int64(len(text))), text...)
}

// decimalBytes is a decimal number times 10^scale in two's complement.
func decimalBytes(text string, scale int) []byte {
	whole, part, _ := strings.Cut(text, ".")
	n, _ := new(big.Int).SetString(whole+part+strings.Repeat("0", max(scale-len(part), 0)), 10)
	if n = cmp.Or(n, new(big.Int)); n.Sign() >= 0 {
		return append([]byte{0}, n.Bytes()...)
	}
	size := len(n.Bytes()) + 1
	return new(big.Int).Add(n, new(big.Int).Lsh(big.NewInt(1), uint(size)*8)).Bytes()
}
