package archive

import (
	"path"

	"placard/internal/diag"
)

// consistent finds what is said of versions that cannot be said of them.
func (a *Archive) consistent() diag.Findings {
	var findings diag.Findings
	for _, e := range a.Log {
		if e.Kind == KindKeys {
			findings = append(findings, a.follows(e)...)
			continue
		}
		v, i := a.place(e)
		f := v.folder(i)
		at := diag.Position{File: path.Join(e.Folder(), RecordFile)}
		args := diag.Args{"Version": v.Name(), "Effective": v.Effective(), "Published": e.Published}
		switch w := a.ended(e); {
		case w != nil:
			args["Notice"], args["Ended"] = e.Notice, w.Folder()
			findings.Add(at, "sealed-after-end", args)
		case (e.Kind == KindCancellation || e.Kind == KindWithdrawal) && v.closed() != f:
			findings.Add(at, "sealed-cancelled", args)
		case e.Kind == KindCancellation && e.Published >= v.Effective():
			findings.Add(at, "cancelled-late", args)
		case e.Kind == KindCancellation && f.Record.Instead != "" && !a.sealedBefore(e, f.Record.Instead):
			args["Instead"] = f.Record.Instead
			findings.Add(at, "cancelled-instead", args)
		case e.Kind == KindWithdrawal:
			if args["Last"] = a.lastBefore(e); args["Last"] != v.Name() {
				findings.Add(at, "withdrawn-not-last", args)
			}
		case e.Kind == KindVersion && v.Cancellation() == nil && a.Notices[e.Notice].On(v.Effective()) != v:
			args["Last"] = a.Notices[e.Notice].On(v.Effective()).Name()
			findings.Add(at, "sealed-same-day", args)
		}
	}
	return findings
}

// lastBefore is the name of the last version of the notice of a line that was not cancelled when the line was sealed.
func (a *Archive) lastBefore(e Entry) string {
	if last := a.Before(e.Number).Notices[e.Notice].Last(); last != nil {
		return last.Name()
	}
	return ""
}

// ended is the line by which the notice had ended when the version of a line was sealed; nil where it had not.
func (a *Archive) ended(e Entry) *Entry {
	if e.Kind != KindVersion {
		return nil
	}
	for _, o := range a.Log[:e.Number-1] {
		if o.Kind == KindWithdrawal && o.Notice == e.Notice {
			return &o
		}
	}
	return nil
}

// sealedBefore reports whether a version of the notice of a line stands above it.
func (a *Archive) sealedBefore(e Entry, version string) bool {
	v := a.Version(e.Notice, version)
	return v != nil && v.Entry.Number < e.Number
}
