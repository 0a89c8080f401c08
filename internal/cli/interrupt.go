package cli

import (
	"os"
	"os/signal"
	"syscall"

	"placard/internal/diag"
	"placard/internal/disk"
	"placard/internal/output"
)

// heed lets the program end soundly when it is told to, by Ctrl-C or by whoever stops the machine: no step on the disk is
// begun after that, and it says what it leaves. That is what a killed run leaves too, so the next run knows what to do with
// it, and there is one way for both. A second signal ends the program at once. Signals that whoever started it has
// turned off, as nohup and “&” do, stay so.
func (p *program) heed() {
	told := make(chan os.Signal, 1)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		if !signal.Ignored(s) {
			signal.Notify(told, s)
		}
	}
	go func() {
		s := <-told
		signal.Reset()
		disk.Halt()
		p.print(p.interrupted())
		endBy(s)
	}()
}

// endBy ends the program as the signal does by itself, so that shells see what ended it: their status is 130 after Ctrl-C and
// 143 after SIGTERM, and a script stops.
func endBy(s os.Signal) {
	if self, err := os.FindProcess(os.Getpid()); err == nil && self.Signal(s) == nil {
		select {}
	}
	code := 128
	if n, ok := s.(syscall.Signal); ok {
		code += int(n)
	}
	os.Exit(code) // where a program cannot send itself signals
}

// leaves notes what tells, if the run is interrupted from now on, what it leaves.
func (p *program) leaves(tell func() diag.Findings) { p.left.Store(&tell) }

// interrupted says what the run leaves.
func (p *program) interrupted() diag.Findings {
	var findings diag.Findings
	if tell := p.left.Load(); tell != nil {
		findings = (*tell)()
	}
	if len(findings) == 0 {
		findings.Add(diag.Position{}, "interrupted", nil)
	}
	return findings
}

// leavesOfBuild is what an interrupted build leaves of what it was to put into out.
func (p *program) leavesOfBuild(out string) diag.Findings {
	var findings diag.Findings
	at, args := diag.Position{File: p.shown(out)}, diag.Args{"Staged": p.shown(output.Staged(out))}
	if pending, err := output.Pending(out); pending || err != nil {
		findings.Add(at, "interrupted-pending", args)
	} else if isThere(output.Staged(out)) {
		findings.Add(at, "interrupted-staged", args)
	}
	return findings
}

// leavesIn is what an interrupted command leaves that prepares files in the folder stage.
func (p *program) leavesIn(stage, id string) diag.Findings {
	var findings diag.Findings
	if isThere(stage) {
		findings.Add(diag.Position{File: p.shown(stage)}, id, nil)
	}
	return findings
}

func isThere(name string) bool {
	there, err := disk.Exists(name)
	return there || err != nil
}
