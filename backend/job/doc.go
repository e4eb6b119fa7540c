// Package job runs long work in the background of one process: imports, exports,
// verifications. It hides the goroutines, the pace of progress events, the rates, pausing and
// cancelling, and the rows in which work is kept.
//
// A Runner owns every goroutine it starts and waits for them in Close. Work reports
// through its Handle; whoever listens gets at most ten events a second for each job while
// it runs, and its end always, as the last event. A panic in the work ends the job as
// failed with CodeInternal, never the process.
//
// A Book keeps the jobs of one workspace in its table job, so that they are known after the
// process has ended: with the parameters that they were started with, how far they are,
// their checkpoint and how they ended. A job whose process died is interrupted; its Kind says how it is run
// again. The other jobs of a Runner, such as a preview, are forgotten with the process.
//
// What the work is, job does not know. It imports packages finops and store.
package job
