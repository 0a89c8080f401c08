package check

import (
	"placard/internal/diag"
	"placard/internal/notice"
)

// meant finds characters that may not stand in a draft and are written otherwise. Where one can be sealed, terminals obey it, and readers
// see other words than there are.
func meant(_ *Input, draft *notice.Document, findings *diag.Findings) {
	*findings = append(*findings, draft.Meant()...)
}
