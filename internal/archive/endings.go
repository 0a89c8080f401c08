package archive

import "bytes"

var crlf, lf = []byte("\r\n"), []byte("\n")

// otherEndings returns the bytes with the given hash, if data has them but for the ends of its lines: a checkout that
// turned LF into CR LF, as git does where core.autocrlf is set and .gitattributes does not forbid it, or the other way
// round. Data that has the hash itself is not taken.
func otherEndings(data []byte, hash string) ([]byte, bool) {
	if Hash(data) == hash {
		return nil, false
	}
	unix := bytes.ReplaceAll(data, crlf, lf)
	for _, sealed := range [][]byte{unix, bytes.ReplaceAll(unix, lf, crlf)} {
		if Hash(sealed) == hash {
			return sealed, true
		}
	}
	return nil, false
}

// endingsDiffer reports whether data has the given hash but for the ends of its lines.
func endingsDiffer(data []byte, hash string) bool {
	_, ok := otherEndings(data, hash)
	return ok
}
