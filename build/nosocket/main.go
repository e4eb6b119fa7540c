//go:build linux

// Command nosocket runs a program and refuses every internet socket that it or a process it starts asks for. It ends with the program's
// status, or with 97 when a socket was asked for, and names the processes: build/smoke proves with it that the window contacts nobody.
//
//	nosocket PROGRAM [ARGUMENT...]
//
// Sockets of the machine itself (unix, netlink) are allowed: the screen and the pages of the window need them.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The statuses that nosocket ends with by itself.
const (
	statusAsked  = 97
	statusBroken = 98
)

func main() {
	status, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "nosocket:", err)
	}
	os.Exit(status)
}

// run starts the program from a thread that has the filter, which all processes after it inherit; the other threads of this process watch.
func run(args []string) (int, error) {
	if len(args) == 0 {
		return statusBroken, errors.New("no program was given")
	}
	started := make(chan error)
	notices := -1
	cmd := exec.CommandContext(context.Background(), args[0], args[1:]...) // signals end it
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	go func() {
		runtime.LockOSThread() // it is never given back: a thread with the filter is of no use to others
		var err error
		if notices, err = filterSockets(); err == nil {
			err = cmd.Start()
		}
		started <- err
		select {}
	}()
	if err := <-started; err != nil {
		return statusBroken, fmt.Errorf("run the program without sockets: %w", err)
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		for s := range signals {
			_ = cmd.Process.Signal(s) // it may have ended
		}
	}()
	var w watch
	go w.refuse(notices)
	err := cmd.Wait()
	if asked := w.all(); len(asked) > 0 {
		return statusAsked, fmt.Errorf("internet sockets were asked for by %s", bytes.Join(asked, []byte(", ")))
	}
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return ended.ExitCode(), nil
	}
	if err != nil {
		return statusBroken, fmt.Errorf("wait for the program: %w", err)
	}
	return 0, nil
}

// filterSockets has the kernel ask before it gives this thread, or what it starts, a socket of the internet. It returns where it asks.
func filterSockets() (int, error) {
	const family = 16 // where the first argument of a call is, which is the family of the socket
	jump := func(value uint32, skipped uint8) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: value, Jt: skipped}
	}
	filter := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: 0}, // number of the system call
		jump(unix.SYS_SOCKET, 1),
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: family},
		jump(unix.AF_INET, 3), jump(unix.AF_INET6, 2), jump(unix.AF_PACKET, 1),
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_USER_NOTIF},
	}
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return 0, fmt.Errorf("give up new privileges: %w", err)
	}
	fd, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_NEW_LISTENER, uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return 0, fmt.Errorf("install a filter: %w", errno)
	}
	unix.CloseOnExec(int(fd))
	return int(fd), nil
}

// watch notes who asked for a socket.
type watch struct {
	mu    sync.Mutex
	asked [][]byte
}

func (w *watch) all() [][]byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.asked
}

// notice is struct seccomp_notif of the kernel, reply its seccomp_notif_resp.
type (
	notice struct {
		id         uint64
		pid, flags uint32
		call       [64]byte
	}
	reply struct {
		id           uint64
		value        int64
		errno, flags int32
	}
)

// refuse answers each question of the kernel with a refusal, until there is nobody left who could ask.
func (w *watch) refuse(fd int) {
	for {
		var n notice
		if _, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), unix.SECCOMP_IOCTL_NOTIF_RECV, uintptr(unsafe.Pointer(&n))); errno != 0 {
			if errno == unix.EINTR || errno == unix.ENOENT {
				continue // who asked has gone
			}
			return
		}
		name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", n.pid))
		if err != nil {
			name = []byte("a process that has ended")
		}
		w.mu.Lock()
		w.asked = append(w.asked, bytes.TrimSpace(name))
		w.mu.Unlock()
		r := reply{id: n.id, errno: -int32(unix.EACCES)}
		_, _, _ = unix.Syscall(unix.SYS_IOCTL, uintptr(fd), unix.SECCOMP_IOCTL_NOTIF_SEND, uintptr(unsafe.Pointer(&r))) // who asked may have gone
	}
}
