package bufio

import (
	"bytes"
	"errors"
	"io"
	"unicode"
	"unicode/utf8"
)

// Errors of Scanner.
var (
	ErrTooLong         = errors.New("bufio.Scanner: token too long")
	ErrNegativeAdvance = errors.New("bufio.Scanner: SplitFunc returns negative advance count")
	ErrAdvanceTooFar   = errors.New("bufio.Scanner: SplitFunc returns advance count beyond input")
	ErrBadReadCount    = errors.New("bufio.Scanner: Read returned impossible count")

	// ErrFinalToken is what a SplitFunc returns with the last token.
	ErrFinalToken = errors.New("final token")
)

const (
	// MaxScanTokenSize is the longest token unless Buffer says otherwise.
	MaxScanTokenSize = 64 * 1024

	firstBuffer = 4096
)

// SplitFunc finds the next token in data: how far to go on, and the token; 0 and nil ask for more data.
type SplitFunc func(data []byte, atEOF bool) (advance int, token []byte, err error)

// Scanner reads tokens, lines unless Split says otherwise.
type Scanner struct {
	r            io.Reader
	split        SplitFunc
	maxTokenSize int
	token        []byte
	buf          []byte // what was not scanned is buf[start:end]
	start        int
	end          int
	err          error
	empties      int // empty tokens in a row without going on
	scanCalled   bool
	done         bool
}

// NewScanner returns a Scanner of lines.
func NewScanner(in io.Reader) *Scanner {
	return &Scanner{r: in, split: ScanLines, maxTokenSize: MaxScanTokenSize}
}

// Err returns the first error that is not io.EOF.
func (scan *Scanner) Err() error {
	if scan.err == io.EOF {
		return nil
	}
	return scan.err
}

// Bytes returns the token, until the next Scan.
func (scan *Scanner) Bytes() []byte { return scan.token }

// Text returns the token as a string.
func (scan *Scanner) Text() string { return string(scan.token) }

// Buffer sets the first buffer and the longest token.
func (scan *Scanner) Buffer(room []byte, max int) {
	if scan.scanCalled {
		panic("Buffer called after Scan")
	}
	scan.buf = room[:cap(room)]
	scan.maxTokenSize = max
}

// Split sets what a token is.
func (scan *Scanner) Split(split SplitFunc) {
	if scan.scanCalled {
		panic("Split called after Scan")
	}
	scan.split = split
}

func (scan *Scanner) fail(err error) {
	if scan.err == nil || scan.err == io.EOF {
		scan.err = err
	}
}

// Scan goes on to the next token; false at the end or after an error.
func (scan *Scanner) Scan() bool {
	if scan.done {
		return false
	}
	scan.scanCalled = true
	for {
		if scan.end > scan.start || scan.err != nil {
			found, over := scan.cut()
			if over {
				return found
			}
			if found {
				return true
			}
		}
		if scan.err != nil { // nothing more will come
			scan.start, scan.end = 0, 0
			return false
		}
		if !scan.makeRoom() {
			return false
		}
		scan.read()
	}
}

// cut asks for a token in what is there; over says that Scan is at its end with that.
func (scan *Scanner) cut() (found, over bool) {
	advance, token, err := scan.split(scan.buf[scan.start:scan.end], scan.err != nil)
	if err != nil {
		if err == ErrFinalToken {
			scan.token = token
			scan.done = true
			return token != nil, true
		}
		scan.fail(err)
		scan.token = nil
		return false, true
	}
	switch {
	case advance < 0:
		scan.fail(ErrNegativeAdvance)
		scan.token = nil
		return false, true
	case advance > scan.end-scan.start:
		scan.fail(ErrAdvanceTooFar)
		scan.token = nil
		return false, true
	}
	scan.start += advance
	scan.token = token
	if token == nil {
		return false, false
	}
	if scan.err == nil || advance > 0 {
		scan.empties = 0
	} else if scan.empties++; scan.empties > maxEmpties {
		panic("bufio.Scan: too many empty tokens without progressing")
	}
	return true, false
}

// makeRoom moves what is there to the front, or doubles the buffer.
func (scan *Scanner) makeRoom() bool {
	scan.token = nil
	if scan.start > 0 && (scan.end == len(scan.buf) || scan.start > len(scan.buf)/2) {
		copy(scan.buf, scan.buf[scan.start:scan.end])
		scan.end -= scan.start
		scan.start = 0
	}
	if scan.end < len(scan.buf) {
		return true
	}
	if len(scan.buf) >= scan.maxTokenSize || len(scan.buf) > int(^uint(0)>>1)/2 {
		scan.fail(ErrTooLong)
		return false
	}
	size := 2 * len(scan.buf)
	if size == 0 {
		size = firstBuffer
	}
	larger := make([]byte, min(size, scan.maxTokenSize))
	copy(larger, scan.buf[scan.start:scan.end])
	scan.buf = larger
	scan.end -= scan.start
	scan.start = 0
	return true
}

func (scan *Scanner) read() {
	for tries := 0; ; tries++ {
		n, err := scan.r.Read(scan.buf[scan.end:])
		if n < 0 || n > len(scan.buf)-scan.end {
			scan.fail(ErrBadReadCount)
			return
		}
		scan.end += n
		if err != nil {
			scan.fail(err)
			return
		}
		if n > 0 {
			scan.empties = 0
			return
		}
		if tries > maxEmpties {
			scan.fail(io.ErrNoProgress)
			return
		}
	}
}

// ScanBytes splits into bytes.
func ScanBytes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	return 1, data[:1], nil
}

// ScanRunes splits into characters; an invalid byte becomes U+FFFD.
func ScanRunes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 || !atEOF && !utf8.FullRune(data) {
		return 0, nil, nil
	}
	r, size := utf8.DecodeRune(data)
	if r == utf8.RuneError && size == 1 {
		return 1, []byte(string(utf8.RuneError)), nil
	}
	return size, data[:size], nil
}

// ScanLines splits into lines without their ends.
func ScanLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	end := bytes.IndexByte(data, '\n')
	advance = end + 1
	if end < 0 {
		if !atEOF || len(data) == 0 {
			return 0, nil, nil
		}
		end, advance = len(data), len(data)
	}
	if end > 0 && data[end-1] == '\r' {
		end--
	}
	return advance, data[:end], nil
}

// ScanWords splits into what stands between white space.
func ScanWords(data []byte, atEOF bool) (advance int, token []byte, err error) {
	start := 0
	for start < len(data) {
		r, size := utf8.DecodeRune(data[start:])
		if !unicode.IsSpace(r) {
			break
		}
		start += size
	}
	for i := start; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if unicode.IsSpace(r) {
			return i + size, data[start:i], nil
		}
		i += size
	}
	if atEOF && len(data) > start {
		return len(data), data[start:], nil
	}
	return start, nil, nil
}
