package io

type multiReader struct{ readers []Reader }

// MultiReader reads one reader after the other.
func MultiReader(readers ...Reader) Reader {
	return &multiReader{append([]Reader(nil), readers...)}
}

func (all *multiReader) Read(data []byte) (n int, err error) {
	for len(all.readers) > 0 {
		if len(all.readers) == 1 {
			if inner, ok := all.readers[0].(*multiReader); ok {
				all.readers = inner.readers
				continue
			}
		}
		n, err = all.readers[0].Read(data)
		if err == EOF {
			all.readers[0] = atEnd{} // others may read the same list
			all.readers = all.readers[1:]
		}
		if n > 0 || err != EOF {
			if err == EOF && len(all.readers) > 0 {
				err = nil // others follow
			}
			return n, err
		}
	}
	return 0, EOF
}

// atEnd is a reader that has nothing.
type atEnd struct{}

func (atEnd) Read([]byte) (int, error) { return 0, EOF }

func (all *multiReader) WriteTo(out Writer) (sum int64, err error) {
	buf := make([]byte, 32*1024)
	for i, r := range all.readers {
		n, err := transfer(out, r, buf)
		sum += n
		if err != nil {
			all.readers = all.readers[i:]
			return sum, err
		}
		all.readers[i] = nil
	}
	all.readers = nil
	return sum, nil
}

type multiWriter struct{ writers []Writer }

// MultiWriter writes to all writers.
func MultiWriter(writers ...Writer) Writer {
	all := make([]Writer, 0, len(writers))
	for _, w := range writers {
		if inner, ok := w.(*multiWriter); ok {
			all = append(all, inner.writers...)
		} else {
			all = append(all, w)
		}
	}
	return &multiWriter{all}
}

func (all *multiWriter) Write(data []byte) (n int, err error) {
	for _, w := range all.writers {
		n, err = w.Write(data)
		if err != nil {
			return n, err
		}
		if n != len(data) {
			return n, ErrShortWrite
		}
	}
	return len(data), nil
}

func (all *multiWriter) WriteString(text string) (n int, err error) {
	for _, w := range all.writers {
		n, err = WriteString(w, text)
		if err != nil {
			return n, err
		}
		if n != len(text) {
			return n, ErrShortWrite
		}
	}
	return len(text), nil
}

type teeReader struct {
	r Reader
	w Writer
}

// TeeReader writes to out what it reads from in.
func TeeReader(in Reader, out Writer) Reader { return &teeReader{in, out} }

func (tee *teeReader) Read(data []byte) (n int, err error) {
	n, err = tee.r.Read(data)
	if n > 0 {
		if m, werr := tee.w.Write(data[:n]); werr != nil {
			return m, werr
		}
	}
	return n, err
}
