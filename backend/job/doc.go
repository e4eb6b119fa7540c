// Package job runs long work in the background of one process: imports, exports,
// verifications. It hides the goroutines, the pace of progress events, the rates and the
// cancelling.
//
// A Runner owns every goroutine it starts and waits for them in Close. Work reports
// through its Handle; whoever listens gets at most ten events a second for each job while
// it runs, and its end always, as the last event. A panic in the work ends the job as
// failed with CodeInternal, never the process.
//
// Job knows nothing about what the work is; it imports package finops only.
package job
