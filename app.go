package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"
	"sync"
	"time"

	"cloud-intelligence/backend/cli"
	"cloud-intelligence/backend/connector/awscosts"
	"cloud-intelligence/backend/connector/awsexport"
	"cloud-intelligence/backend/connector/azureblob"
	"cloud-intelligence/backend/connector/azurecosts"
	"cloud-intelligence/backend/connector/azuredetails"
	"cloud-intelligence/backend/connector/bigqueryexport"
	"cloud-intelligence/backend/connector/folder"
	"cloud-intelligence/backend/connector/gcsexport"
	"cloud-intelligence/backend/desktop"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/platform/logging"
	"cloud-intelligence/backend/platform/paths"
	"cloud-intelligence/backend/platform/reveal"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/dailytotals"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/gcpexport"
	"cloud-intelligence/backend/source/ocireport"
)

// stopMax is how long the end of the program waits for what is running.
const stopMax = 8 * time.Second

// app is the composition root: it opens the parts in order, hands them to each other and
// closes them in reverse.
type app struct {
	log     *slog.Logger
	logFile io.Closer
	logPath string
	library *service.Library
	sources source.Registry
	user    string
	desktop *desktop.Desktop // nil for a command
	stop    func() error     // closes everything in reverse; later calls wait and answer the same
}

// newApp opens the parts that both faces need.
func newApp() (*app, error) {
	data, err := paths.Data()
	if err != nil {
		return nil, err
	}
	config, err := paths.Config()
	if err != nil {
		return nil, err
	}
	log, logFile, err := logging.Open(data)
	if err != nil {
		return nil, err
	}
	a := &app{
		log: log, logFile: logFile, logPath: filepath.Join(data, logging.FileName), sources: sources(), user: userName(),
		library: &service.Library{Dir: filepath.Join(data, "workspaces"), ConfigDir: config, Keychain: keychain.System()},
	}
	a.stop = sync.OnceValue(a.close)
	return a, nil
}

// newWindow makes the window's face.
func (a *app) newWindow(ctx context.Context, demo bool) *desktop.Desktop {
	a.desktop = desktop.New(ctx, desktop.Options{
		Version: version, Demo: demo, Library: a.library, Log: a.log, LogFile: a.logPath, Reveal: reveal.File,
		Service: service.Options{Sources: a.sources, User: a.user, Keychain: keychain.System(), Connectors: connectors()},
	})
	return a.desktop
}

func (a *app) close() error {
	var err error
	if a.desktop != nil {
		ctx, cancel := context.WithTimeout(context.Background(), stopMax)
		defer cancel()
		if err = a.desktop.Stop(ctx); err != nil {
			a.log.Error("the window did not end well", "err", err)
		}
	}
	return errors.Join(err, a.logFile.Close())
}

// sources are the families of files that are read; of two that are equally sure the first one reads a file.
func sources() source.Registry {
	return source.Registry{dailytotals.AWS, dailytotals.Azure, focusfile.Source{}, awscur.Source{}, azureexport.Source{}, gcpexport.Source{}, ocireport.Source{}}
}

// connectors are the kinds of places that bills come from by themselves.
func connectors() []source.Connector {
	return []source.Connector{awsexport.Connector{}, awscosts.Connector{}, azureblob.Connector{}, azuredetails.Connector{}, azurecosts.Connector{}, bigqueryexport.Connector{}, gcsexport.Connector{}, folder.Connector{}}
}

// userName is kept with imports; "" where the system does not tell.
func userName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return os.Getenv("USER")
}

// runCLI runs one command and answers with the exit code of the process. Commands work
// where no folder of one's own can be made; internal errors are then printed in full.
func runCLI(ctx context.Context, args []string) int {
	deps := cli.Deps{Version: version, Sources: sources(), User: userName(), Keychain: keychain.System(), Connectors: connectors()}
	if app, err := newApp(); err == nil {
		deps.Log = app.log
		defer func() {
			if err := app.stop(); err != nil {
				fmt.Fprintln(os.Stderr, "The log could not be closed:", err)
			}
		}()
	}
	return cli.Main(ctx, args, os.Stdin, os.Stdout, os.Stderr, deps)
}
