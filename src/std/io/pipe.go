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

func (a *onceError) Store(err error) {
	a.Lock()
	if a.err == nil {
		a.err = err
	}
	a.Unlock()
}

func (a *onceError) Load() error {
	a.Lock()
	err := a.err
	a.Unlock()
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
func (r *PipeReader) Read(data []byte) (n int, err error) {
	if r.closed() {
		return 0, r.readError()
	}
	select {
	case b := <-r.wrCh:
		n = copy(data, b)
		r.rdCh <- n
		return n, nil
	case <-r.done:
		return 0, r.readError()
	}
}

func (r *PipeReader) readError() error {
	if err := r.werr.Load(); r.rerr.Load() == nil && err != nil {
		return err
	}
	return ErrClosedPipe
}

// Close makes writes fail with ErrClosedPipe.
func (r *PipeReader) Close() error { return r.CloseWithError(nil) }

// CloseWithError makes writes fail with err.
func (r *PipeReader) CloseWithError(err error) error {
	if err == nil {
		err = ErrClosedPipe
	}
	r.rerr.Store(err)
	r.close()
	return nil
}

// Write waits until everything was read.
func (w *PipeWriter) Write(data []byte) (n int, err error) {
	p := &w.r.pipe
	if p.closed() {
		return 0, w.writeError()
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
			return n, w.writeError()
		}
	}
	return n, nil
}

func (w *PipeWriter) writeError() error {
	if err := w.r.rerr.Load(); w.r.werr.Load() == nil && err != nil {
		return err
	}
	return ErrClosedPipe
}

// Close makes reads end with EOF.
func (w *PipeWriter) Close() error { return w.CloseWithError(nil) }

// CloseWithError makes reads fail with err.
func (w *PipeWriter) CloseWithError(err error) error {
	if err == nil {
		err = EOF
	}
	w.r.werr.Store(err)
	w.r.close()
	return nil
}
