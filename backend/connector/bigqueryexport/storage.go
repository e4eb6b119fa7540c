package bigqueryexport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"cloud.google.com/go/bigquery/storage/apiv1/storagepb"
	"connectrpc.com/connect"
	"google.golang.org/genproto/googleapis/rpc/errdetails"

	"cloud-intelligence/backend/connector/googlecloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

const (
	publicStorage = "https://bigquerystorage.googleapis.com"
	readService   = "/google.cloud.bigquery.storage.v1.BigQueryRead/"
	messageMax    = 129 << 20 // bytes: BigQuery says 100 MiB of rows
)

// apiStorage is paced as BigQuery is; Google allows more.
var apiStorage = network.API{Name: "BigQuery Storage Read API", PerSecond: 5, Burst: 5}

var callSession = googlecloud.Call{
	Permissions: []string{"bigquery.readsessions.create", "bigquery.readsessions.getData"}, Role: "BigQuery Read Session User", On: "google_project_iam_member",
}

// Errors of reading by a session, both with a sentence.
var (
	errRefused = errors.New("the Storage Read API cannot be used")
	errSession = errors.New("the session has ended")
)

// storage reads results by sessions of the Storage Read API, the gRPC interface of BigQuery.
type storage struct {
	client  *googlecloud.Client
	project string
	host    string
	now     func() time.Time
	given   int64 // bytes of rows
	create  *connect.Client[storagepb.CreateReadSessionRequest, storagepb.ReadSession]
	read    *connect.Client[storagepb.ReadRowsRequest, storagepb.ReadRowsResponse]
}

func newStorage(s settings, via source.Reach) *storage {
	c := googlecloud.NewClient(s.signIn, apiStorage, []string{scope}, via)
	options := []connect.ClientOption{connect.WithGRPC(), connect.WithReadMaxBytes(messageMax)}
	host, _ := url.Parse(s.storageAt) // which was checked
	return &storage{
		client: c, project: s.project, host: host.Hostname(), now: via.Now,
		create: connect.NewClient[storagepb.CreateReadSessionRequest, storagepb.ReadSession](c.Lane().Client(), s.storageAt+readService+"CreateReadSession", options...),
		read:   connect.NewClient[storagepb.ReadRowsRequest, storagepb.ReadRowsResponse](c.Lane().Client(), s.storageAt+readService+"ReadRows", options...),
	}
}

// session is a read session of one stream. Within it rows have an order; that of another session may be another.
type session struct {
	Stream string
	Ends   time.Time
	Schema string // of Avro
	Bytes  int64  // that are read, as BigQuery estimates
}

// open begins a session over a table. It answers errRefused where that is not possible, for whatever reason.
func (s *storage) open(ctx context.Context, table string) (session, error) {
	var answer *storagepb.ReadSession
	err := s.client.Signed(ctx, func(ctx context.Context, show func(http.Header)) error {
		r := connect.NewRequest(&storagepb.CreateReadSessionRequest{
			Parent: "projects/" + s.project, MaxStreamCount: 1,
			ReadSession: &storagepb.ReadSession{Table: table, DataFormat: storagepb.DataFormat_AVRO},
		})
		show(r.Header())
		r.Header().Set("X-Goog-Request-Params", "read_session.table="+url.QueryEscape(table))
		response, err := s.create.CallUnary(ctx, r)
		if err != nil {
			if connect.IsWireError(err) {
				return s.explain(err)
			}
			if own, ok := errors.AsType[*finops.Error](err); ok {
				return refused(own) // of the network door: no host, no way through a proxy; pages may have one
			}
			return refused(finops.WrapError(finops.CodeDenied, err, "%s does not answer over HTTP/2, which some proxies do not let through.", s.host))
		}
		answer = response.Msg
		return nil
	})
	switch cause := context.Cause(ctx); {
	case cause != nil:
		return session{}, cause
	case err != nil && !errors.Is(err, errRefused):
		return session{}, refused(err)
	case err != nil:
		return session{}, err
	}
	one := session{Ends: answer.GetExpireTime().AsTime(), Schema: answer.GetAvroSchema().GetSchema(), Bytes: answer.GetEstimatedTotalBytesScanned()}
	if streams := answer.GetStreams(); len(streams) == 1 {
		one.Stream = streams[0].GetName()
	}
	return one, nil
}

// rows reads a stream from a row on and hands its messages over. It may end before the stream does, where it has handed some over; the rest is asked for
// with another offset.
func (s *storage) rows(ctx context.Context, stream string, from func() int64, each func(*storagepb.ReadRowsResponse) error) error {
	return s.client.Signed(ctx, func(ctx context.Context, show func(http.Header)) error {
		offset := from()
		r := connect.NewRequest(&storagepb.ReadRowsRequest{ReadStream: stream, Offset: offset})
		show(r.Header())
		r.Header().Set("X-Goog-Request-Params", "read_stream="+url.QueryEscape(stream))
		answer, err := s.read.CallServerStream(ctx, r)
		if err != nil {
			return s.explain(err)
		}
		for answer.Receive() {
			s.given += int64(len(answer.Msg().GetAvroRows().GetSerializedBinaryRows()))
			if err := each(answer.Msg()); err != nil {
				return errors.Join(err, answer.Close())
			}
		}
		err = answer.Err()
		_ = answer.Close() // what it says was said by Err
		if err == nil {
			return nil
		}
		if err = s.explain(err); finops.CodeOf(err) == finops.CodeUnavailable && from() > offset {
			return nil
		}
		return err
	})
}

// statuses are the statuses of HTTP that mean what the codes of gRPC do. What is not here ends a session: it is not found, has expired, or has no such row.
var statuses = map[connect.Code]int{
	connect.CodeUnauthenticated: http.StatusUnauthorized, connect.CodePermissionDenied: http.StatusForbidden,
	connect.CodeResourceExhausted: http.StatusTooManyRequests, connect.CodeUnimplemented: http.StatusNotImplemented,
	connect.CodeUnavailable: http.StatusServiceUnavailable, connect.CodeInternal: http.StatusInternalServerError, connect.CodeDeadlineExceeded: http.StatusGatewayTimeout,
	connect.CodeAborted: http.StatusServiceUnavailable, connect.CodeCanceled: http.StatusServiceUnavailable, connect.CodeUnknown: http.StatusServiceUnavailable, connect.CodeDataLoss: http.StatusServiceUnavailable,
}

// explain turns what a call ended with into an error of the contract of a connection, into errRefused or errSession.
func (s *storage) explain(err error) error {
	if own, ok := errors.AsType[*finops.Error](err); ok {
		return own // of the network door
	}
	code := connect.CodeOf(err)
	f := googlecloud.Failure{Status: code.String(), Message: err.Error()}
	if own, ok := errors.AsType[*connect.Error](err); ok {
		f.Message = own.Message()
		for _, d := range own.Details() {
			if v, err := d.Value(); err == nil {
				if info, ok := v.(*errdetails.ErrorInfo); ok {
					f.Details = append(f.Details, googlecloud.FailureDetail{Reason: info.GetReason()})
				}
			}
		}
	}
	status, known := statuses[code]
	explained := googlecloud.Explain(callSession, "the project "+s.project, f, status)
	switch {
	case code == connect.CodeUnimplemented:
		return refused(finops.WrapError(finops.CodeDenied, explained, "There is no Storage Read API at this address."))
	case code == connect.CodePermissionDenied:
		return refused(explained)
	case !known:
		return errors.Join(errSession, explained)
	}
	return explained
}

// refused is an error after which results are read page by page. It is not worth another try.
func refused(err error) error {
	return finops.WrapError(finops.CodeDenied, errors.Join(errRefused, err), "%s", finops.MessageOf(err))
}

// tableOfJob finds the table that BigQuery keeps the result of a query in.
func (c *connection) tableOfJob(ctx context.Context, j job) (string, error) {
	var answer struct {
		Configuration struct {
			Query struct {
				Table struct {
					Project string `json:"projectId"`
					Dataset string `json:"datasetId"`
					ID      string `json:"tableId"`
				} `json:"destinationTable"`
			} `json:"query"`
		} `json:"configuration"`
	}
	err := c.get(ctx, callJob, "the query "+j.ID, "/projects/"+url.PathEscape(c.project)+"/jobs/"+url.PathEscape(j.ID), url.Values{"location": {c.location}, "fields": {"configuration(query(destinationTable))"}}, &answer)
	t := answer.Configuration.Query.Table
	switch code := finops.CodeOf(err); {
	case code == finops.CodeNotFound:
		return "", gone(err)
	case code == finops.CodeDenied, code == finops.CodeInvalid:
		return "", refused(err)
	case err == nil && t.ID == "":
		return "", refused(finops.Errorf(finops.CodeDenied, "BigQuery does not say where the result of a query is."))
	}
	return fmt.Sprintf("projects/%s/datasets/%s/tables/%s", t.Project, t.Dataset, t.ID), err
}

// openResult begins a session over the result of a query.
func (c *connection) openResult(ctx context.Context, j job) (session, error) {
	table, err := c.tableOfJob(ctx, j)
	if err != nil {
		return session{}, err
	}
	return c.storage.open(ctx, table)
}

// sessionsMax is how many sessions are begun for a result in one run.
const sessionsMax = 3

// stream writes the rows of a result by sessions. It answers errRefused when they have to be read page by page, also in the middle.
func (c *connection) stream(ctx context.Context, asked monthAsked, j job, s session, kept *source.Pages, w *writer) error {
	if c.storage == nil || c.paged != "" {
		return errRefused
	}
	for try := 1; ; try++ {
		if s.Stream == "" || !c.storage.now().Before(s.Ends) {
			if err := w.restart(kept, asked); err != nil { // the order of another session may be another
				return err
			}
			var err error
			if s, err = c.openResult(ctx, j); err != nil {
				return err
			}
			if s.Stream == "" {
				return refused(finops.Errorf(finops.CodeDenied, "BigQuery gives no stream of the result of a query."))
			}
			if err := kept.Keep(sessionAsked{j.ID}, s); err != nil {
				return err
			}
			c.notice(fmt.Sprintf("The BigQuery Storage Read API reads about %s of the result", source.Bytes(s.Bytes)))
		}
		err := c.readStream(ctx, j, s, kept, w)
		if !errors.Is(err, errSession) {
			return err
		}
		if try == sessionsMax {
			return refused(err)
		}
		s = session{}
	}
}

// partMax is how many bytes of rows are gathered before they are kept, also in the middle of a message.
const partMax = 8 << 20

// readStream writes the rows of a stream: first those that are kept, then the others.
func (c *connection) readStream(ctx context.Context, j job, s session, kept *source.Pages, w *writer) error {
	plans, err := schema(s.Schema, w.columns)
	if err != nil {
		return refused(finops.WrapError(finops.CodeUnsupported, err, "BigQuery gives rows in a form that is not known."))
	}
	total, err := strconv.ParseInt(j.Total, 10, 64)
	if err != nil {
		return errForm
	}
	began := w.records
	for w.records < total {
		var p part
		if kept.Answered(streamAsked{j.ID, s.Stream, w.records}, &p) && p.Records > 0 {
			if err := w.put(p); err != nil {
				return err
			}
			continue
		}
		if err := c.askStream(ctx, j, s, plans, kept, w); err != nil {
			if code := finops.CodeOf(err); w.records == began && (code == finops.CodeUnavailable || code == finops.CodeThrottled) && context.Cause(ctx) == nil {
				return refused(err) // sessions are begun here, but not read
			}
			return err
		}
	}
	if w.records > total {
		return finops.Errorf(finops.CodeConflict, "BigQuery gives another number of rows in the middle of an answer.")
	}
	return nil
}

// askStream asks for the rows that are missing, and keeps them part by part.
func (c *connection) askStream(ctx context.Context, j job, s session, plans []plan, kept *source.Pages, w *writer) error {
	var failed error // to keep rows: that is not worth another call
	keep := func() error {
		if asked := (streamAsked{j.ID, s.Stream, w.records}); failed == nil && w.taking.Records > 0 {
			p := w.take("")
			if failed = kept.Keep(asked, p); failed == nil {
				failed = w.put(p)
			}
		}
		return failed
	}
	began := w.records
	err := c.storage.rows(ctx, s.Stream, func() int64 { return w.records + w.taking.Records }, func(m *storagepb.ReadRowsResponse) error {
		b := block{rest: m.GetAvroRows().GetSerializedBinaryRows()}
		err := b.rows(plans, m.GetRowCount(), func(row []value) error {
			err := w.row(row)
			if err == nil && (w.taking.Records >= int64(c.pageRows) || w.line.Len() >= partMax) && keep() != nil {
				return errKeep
			}
			return err
		})
		if err != nil && !errors.Is(err, errKeep) {
			return refused(finops.WrapError(finops.CodeUnsupported, err, "BigQuery gives rows in a form that is not known."))
		}
		return err
	})
	switch {
	case errors.Is(err, errRefused), errors.Is(err, errSession):
		return err
	case keep() != nil:
		return failed
	case err == nil && w.records == began:
		return finops.Errorf(finops.CodeUnavailable, "BigQuery ends the answer to a query too early.")
	}
	return err
}

// errKeep ends a call whose rows cannot be kept.
var errKeep = errors.New("rows cannot be kept")
