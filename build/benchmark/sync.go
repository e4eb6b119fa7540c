package main

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cloud-intelligence/backend/connector/awsexport"
	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
)

// syncLimit is the most memory, in bytes, that a sync of a day's syncLines may need.
const (
	syncLimit = 300_000_000
	syncLines = 1_000_000
)

// bucket is a stand-in for S3 with one month of bills of the three providers, which are delivered at once: the lines of the benchmark on one day. It is in the
// process that starts the phases, so that the memory of the sync is the sync's own.
type bucket struct {
	files  map[string]string // paths by key
	texts  map[string]string // manifests by key
	server *http.Server
	URL    string
}

// serveDelivery generates the month and serves it until the bucket is closed.
func (b *bench) serveDelivery(ctx context.Context) (*bucket, error) {
	folder := b.file(".delivery")
	paths, err := demo.Write(ctx, folder, demo.Options{Lines: b.lines, Months: 1, LastDay: "2026-10-31"})
	if err != nil {
		return nil, err
	}
	s := &bucket{files: map[string]string{}, texts: map[string]string{}}
	for _, path := range paths {
		name := filepath.Base(filepath.Dir(filepath.Dir(path)))
		key := name + "/data/BILLING_PERIOD=2026-10/" + filepath.Base(path)
		text, err := json.Marshal(map[string]any{
			"executionId": "1", "exportArn": "arn:aws:bcm-data-exports:us-east-1:123456789012:export/" + name, "dataFiles": []string{key},
			"columns": []map[string]string{{"name": "BilledCost", "type": "double"}},
		})
		if err != nil {
			return nil, err
		}
		s.files[key], s.texts[name+"/metadata/BILLING_PERIOD=2026-10/"+name+"-Manifest.json"] = path, string(text)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s.server, s.URL = &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}, "http://"+listener.Addr().String()
	go func() { _ = s.server.Serve(listener) }() // ends with Close
	return s, nil
}

const etag = `"1"`

// ServeHTTP lists the bucket, and gives its files.
func (s *bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key := strings.TrimPrefix(r.URL.Path, "/bench/")
	w.Header().Set("ETag", etag)
	switch {
	case r.URL.Query().Get("list-type") == "2":
		s.list(w)
	case s.texts[key] != "":
		http.ServeContent(w, r, key, time.Time{}, strings.NewReader(s.texts[key]))
	case s.files[key] != "":
		http.ServeFile(w, r, s.files[key])
	default: // whoever asks STS who it is
		fmt.Fprint(w, `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/a</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`)
	}
}

func (s *bucket) list(w http.ResponseWriter) {
	type object struct {
		Key, LastModified, ETag string
		Size                    int64
	}
	var all struct {
		XMLName  xml.Name `xml:"ListBucketResult"`
		Contents []object
	}
	const delivered, complete = "2026-11-01T05:00:00.000Z", "2026-11-01T05:10:00.000Z"
	for key, path := range s.files {
		if info, err := os.Stat(path); err == nil {
			all.Contents = append(all.Contents, object{key, delivered, etag, info.Size()})
		}
	}
	for key, text := range s.texts {
		all.Contents = append(all.Contents, object{key, complete, etag, int64(len(text))})
	}
	_ = xml.NewEncoder(w).Encode(all) // a sync that is cut off says so
}

// syncPhase brings in the delivery at the address of the input, in a process of its own, so that its peak memory can be read.
func (b *bench) syncPhase(ctx context.Context) (err error) {
	patience := network.DefaultPatience()
	patience.Speed = 1000 // what limits allow is counted elsewhere, in virtual time
	opts := b.options()
	opts.Keychain, opts.Connectors, opts.Patience = &keychain.Memory{}, []source.Connector{awsexport.Connector{}}, &patience
	path := b.file(".sync.cloudintel")
	if err := removeWorkspace(path); err != nil {
		return err
	}
	w, err := service.Create(ctx, path, "Benchmark", opts)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close(), removeWorkspace(path)) }()
	_, err = w.Connections.Add(ctx, service.ConnectionInput{
		Name: "Exports", Kind: awsexport.Connector{}.Name(), Secrets: map[string]string{"secret_access_key": "not-a-real-one"},
		Values: map[string]string{"bucket": "bench", "access_key_id": "AKIAIOSFODNN7EXAMPLE", "region": "us-east-1", "endpoint": b.input, "sts_endpoint": b.input},
	})
	if err != nil {
		return err
	}
	start := time.Now()
	j, err := w.Syncs.Start(ctx, "Exports", service.SyncOptions{}, nil)
	if err != nil {
		return err
	}
	made, err := w.Jobs.Wait(ctx, j.ID)
	if err != nil {
		return err
	}
	result, ok := made.(*service.SyncResult)
	if !ok {
		return fmt.Errorf("a sync gave %T", made)
	}
	return say(measure{"sync", samples{time.Since(start).Seconds()}, int(result.Run.Lines)}, measure{"memory", samples{peakMemory()}, 0})
}

func printSync(ours map[string]measure) error {
	memory := ours["memory"].Times.p50()
	printRow(fmt.Sprintf("sync of %d lines of one month, s", ours["sync"].Rows), ours["sync"].Times.p50(), 0, "%.2f")
	printRow("sync, peak memory MB", memory/1e6, 0, "%.0f")
	if ours["sync"].Rows <= syncLines && memory > syncLimit {
		return fmt.Errorf("a sync needed %.0f MB, more than the %d MB that it may", memory/1e6, syncLimit/1_000_000)
	}
	return nil
}
