package io

import (
	"errors"
	"sync"
)

// ErrClosedPipe is the error of writing to a pipe that nobody reads.
var ErrClosedPipe = errors.New("io: read/write on closed pipe")

// onceError keeps the first error.
type onceError struct {
	sync.Mutex
	err error
}

func (kept *onceError) Store(err error) {
	kept.Lock()
	if kept.err == nil {
		kept.err = err
	}
	kept.Unlock()
}

func (kept *onceError) Load() error {
	kept.Lock()
	err := kept.err
	kept.Unlock()
	return err
}

// pipe is what the two ends share: the writer offers its bytes, the reader says how many it took.
type pipe struct {
	wrMu sync.Mutex
	wrCh chan []byte
	rdCh chan int

	once sync.Once
	done chan struct{}
	rerr onceError
	werr onceError
}

func (p *pipe) close() { p.once.Do(func() { close(p.done) }) }

func (p *pipe) closed() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// PipeReader is the end that reads.
type PipeReader struct{ pipe }

// PipeWriter is the end that writes.
type PipeWriter struct{ r PipeReader }

// Pipe returns two ends: what is written to one is read from the other, without a buffer.
func Pipe() (*PipeReader, *PipeWriter) {
	w := &PipeWriter{PipeReader{pipe{wrCh: make(chan []byte), rdCh: make(chan int), done: make(chan struct{})}}}
	return &w.r, w
}

// Read waits for a writer.
func (end *PipeReader) Read(data []byte) (n int, err error) {
	if end.closed() {
		return 0, end.readError()
	}
	select {
	case b := <-end.wrCh:
		n = copy(data, b)
		end.rdCh <- n
		return n, nil
	case <-end.done:
		return 0, end.readError()
	}
}

func (end *PipeReader) readError() error {
	if err := end.werr.Load(); end.rerr.Load() == nil && err != nil {
		return err
	}
	return ErrClosedPipe
}

// Close makes writes fail with ErrClosedPipe.
func (end *PipeReader) Close() error { return end.CloseWithError(nil) }

// CloseWithError makes writes fail with err.
func (end *PipeReader) CloseWithError(err error) error {
	if err == nil {
		err = ErrClosedPipe
	}
	end.rerr.Store(err)
	end.close()
	return nil
}

// Write waits until everything was read.
func (end *PipeWriter) Write(data []byte) (n int, err error) {
	p := &end.r.pipe
	if p.closed() {
		return 0, end.writeError()
	}
	p.wrMu.Lock()
	defer p.wrMu.Unlock()
	for once := true; once || len(data) > 0; once = false {
		select {
		case p.wrCh <- data:
			m := <-p.rdCh
			data = data[m:]
			n += m
		case <-p.done:
			return n, end.writeError()
		}
	}
	return n, nil
}

func (end *PipeWriter) writeError() error {
	if err := end.r.rerr.Load(); end.r.werr.Load() == nil && err != nil {
		return err
	}
	return ErrClosedPipe
}

// Close makes reads end with EOF.
func (end *PipeWriter) Close() error { return end.CloseWithError(nil) }

// CloseWithError makes reads fail with err.
func (end *PipeWriter) CloseWithError(err error) error {
	if err == nil {
		err = EOF
	}
	end.r.werr.Store(err)
	end.r.close()
	return nil
}
