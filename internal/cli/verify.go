package cli

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/config"
	"placard/internal/diag"
	"placard/internal/disk"
	"placard/internal/signature"
)

// verifyOptions name what is known of the archive from elsewhere: the file of keys that somebody keeps, the hash of a line of LOG that was
// noted, and where to look for what is public.
type verifyOptions struct{ keys, noted, public string }

func (p *program) verifyCommand() *cobra.Command {
	var o verifyOptions
	c := &cobra.Command{
		Use:  "verify [FOLDER]",
		Args: atMost(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.verify(args, o) },
	}
	c.Flags().StringVar(&o.keys, "keys", "", p.messages.get("flag.keys", nil))
	c.Flags().StringVar(&o.noted, "noted", "", p.messages.get("flag.noted", nil))
	c.Flags().StringVar(&o.public, "site", "", p.messages.get("flag.verify-site", nil))
	return c
}

// undecided are the findings by which it cannot be told whether an archive was altered.
var undecided = []string{"unreadable", "format-unknown", "algorithm-unknown", "archive-absent", "published-unread"}

// verify holds the archive of the site against its seals, or that of another folder: a site, or what was published of one; and
// against what is known of it from elsewhere.
func (p *program) verify(args []string, o verifyOptions) error {
	known, err := p.fromElsewhere(o)
	if err != nil {
		return err
	}
	folder := p.verified(args)
	a, findings := archive.Open(p.site())
	if findings.Errors() == 0 {
		findings = append(findings, a.Verify()...)
	}
	if len(a.Log) == 0 && findings.Errors() == 0 {
		if there, err := disk.Exists(filepath.Join(p.dir, config.File)); err != nil || !there {
			findings.Add(diag.Position{File: archive.Dir + "/" + archive.LogFile}, "archive-absent", nil)
		}
	}
	if findings.Errors() == 0 {
		if o.keys != "" {
			findings = append(findings, signedByOthers(a, known.keys, o.keys)...)
		}
		findings = append(findings, a.Against(o.noted, known.log)...)
	}
	findings = append(findings.Below(filepath.ToSlash(folder)), known.unread...)
	if findings.Errors() > 0 {
		if slices.ContainsFunc(findings, func(f diag.Finding) bool { return f.Severity == diag.Error && !slices.Contains(undecided, f.ID) }) {
			return &refused{findings}
		}
		return &untold{findings}
	}
	p.print(findings)
	if len(a.Log) == 0 {
		p.say("verify.nothing", nil)
		return nil
	}
	p.sayGood(a, o, known)
	return nil
}

// knowledge is what is known of an archive from elsewhere.
type knowledge struct {
	keys   []signature.Key
	log    []byte        // that is public
	unread diag.Findings // why it could not be read
}

// fromElsewhere reads what the options name.
func (p *program) fromElsewhere(o verifyOptions) (known knowledge, err error) {
	if o.noted != "" && !archive.IsHash(o.noted) {
		return known, &usage{"noted-form", diag.Args{"Value": o.noted}}
	}
	if o.keys != "" {
		if known.keys, err = p.heldKeys(o.keys); err != nil {
			return known, err
		}
	}
	if o.public != "" {
		var r *refused
		if known.log, err = p.publishedLog(o.public, ""); errors.As(err, &r) {
			known.unread = r.findings
		}
	}
	return known, nil
}

// verified makes the folder of the arguments, if there is one, the site, and returns it.
func (p *program) verified(args []string) string {
	if len(args) == 0 {
		return ""
	}
	folder := filepath.Clean(args[0])
	// The folder of the archive itself is meant as the one that it lies in.
	if there, err := disk.Exists(filepath.Join(p.dir, folder, archive.LogFile)); err == nil && there && filepath.Base(folder) == archive.Dir {
		folder = filepath.Dir(folder)
	}
	if p.dir = filepath.Join(p.dir, folder); filepath.IsAbs(folder) {
		p.dir = folder
	}
	return folder
}

// sayGood says what was found good, and against what.
func (p *program) sayGood(a *archive.Archive, o verifyOptions, known knowledge) {
	versions := 0
	for _, timeline := range a.Notices {
		versions += len(timeline)
	}
	said := diag.Args{"Count": versions}
	if n := len(a.Log) - versions - len(a.Keys); n > 0 {
		said["Supplements"] = p.count("supplements", n)
	}
	p.say("verify.good", said)
	p.say("verify.head", diag.Args{"Number": len(a.Log), "Head": a.Head()})
	if o.noted != "" {
		p.say("verify.noted", diag.Args{"Number": a.LineOf(o.noted)})
	}
	if len(known.log) > 0 {
		p.say("verify.public", diag.Args{"Number": bytes.Count(known.log, []byte("\n")), "Site": o.public})
	}
	p.saySigners(a, o.keys)
}

// signedByOthers finds signatures by keys that are not among those that somebody keeps, and an archive that nobody signed.
func signedByOthers(a *archive.Archive, held []signature.Key, keys string) diag.Findings {
	var findings diag.Findings
	if len(a.Keys) == 0 {
		findings.Add(diag.Position{File: archive.Dir + "/" + archive.LogFile}, "archive-unsigned", nil)
	}
	for _, e := range a.Log {
		signer, signed := a.Signer(e.Number)
		if signed && !slices.ContainsFunc(held, signer.Key.Is) {
			findings.Add(diag.Position{File: archive.SignatureFile(e.Number)}, "signature-stranger", diag.Args{
				"Number": e.Number, "Name": signer.Name, "Fingerprint": signer.Key.Fingerprint(), "Keys": keys,
			})
		}
	}
	return findings
}

// saySigners says what the archive shows of who sealed it: which lines each key signed, or that nobody did.
func (p *program) saySigners(a *archive.Archive, keys string) {
	if len(a.Keys) == 0 {
		p.say("verify.unsigned", nil)
		return
	}
	lines := map[string][]int{} // of each key, by its fingerprint
	var order []signature.Signer
	for _, e := range a.Log {
		if s, ok := a.Signer(e.Number); ok {
			id := s.Key.Fingerprint()
			if lines[id] == nil {
				order = append(order, s)
			}
			lines[id] = append(lines[id], e.Number)
		}
	}
	for _, s := range order {
		id := s.Key.Fingerprint()
		p.say("verify.signed", diag.Args{"Name": s.Name, "Fingerprint": id, "Lines": spans(lines[id])})
	}
	if first := a.Keys[0].Entry.Number; first > 1 {
		p.say("verify.signed-late", diag.Args{"First": first})
	}
	if keys != "" {
		p.say("verify.held", diag.Args{"Keys": keys})
	} else {
		p.say("verify.not-held", nil)
	}
}

// spans writes numbers that ascend as "1-3, 5".
func spans(numbers []int) string {
	var out []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		span := strconv.Itoa(numbers[i])
		if j > i {
			span += "-" + strconv.Itoa(numbers[j])
		}
		out, i = append(out, span), j+1
	}
	return strings.Join(out, ", ")
}
