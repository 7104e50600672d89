package gob

import (
	"bufio"
	"errors"
	"io"
	"reflect"
	"sync"
)

var (
	errNumber  = errors.New("gob: encoded unsigned integer out of range")
	errNoType  = errors.New("gob: unknown type id or corrupted data")
	errField   = errors.New("gob: bad data: field numbers out of bounds")
	errMessage = errors.New("invalid message length")
)

// Decoder reads values from a stream.
type Decoder struct {
	mutex   sync.Mutex
	from    io.Reader
	in      input
	types   map[typeId]*wire
	plans   map[reflect.Type]map[typeId]*plan
	skips   map[typeId]*plan
	err     error
	nesting int
}

// NewDecoder returns one that reads from r, beyond a value if r reads no single bytes.
func NewDecoder(r io.Reader) *Decoder {
	if _, ok := r.(io.ByteReader); !ok {
		r = bufio.NewReader(r)
	}
	return &Decoder{from: r, types: map[typeId]*wire{}, plans: map[reflect.Type]map[typeId]*plan{}, skips: map[typeId]*plan{}}
}

// Decode reads the next value into what e points to; nil passes it over.
func (dec *Decoder) Decode(e any) error {
	if e == nil {
		return dec.DecodeValue(reflect.Value{})
	}
	v := reflect.ValueOf(e)
	if v.Kind() != reflect.Pointer {
		dec.err = errors.New("gob: attempt to decode into a non-pointer")
		return dec.err
	}
	return dec.DecodeValue(v)
}

// DecodeValue reads the next value into v, which is a pointer or can be set; an invalid v passes it over.
func (dec *Decoder) DecodeValue(v reflect.Value) error {
	if v.IsValid() && (v.Kind() != reflect.Pointer || v.IsNil()) && !v.CanSet() {
		return errors.New("gob: DecodeValue of unassignable value")
	}
	dec.mutex.Lock()
	defer dec.mutex.Unlock()
	dec.in, dec.err = input{}, nil
	if id := dec.nextType(false); dec.err == nil {
		dec.value(id, v)
	}
	return dec.err
}

// nextType takes in descriptions until a value's id comes; inside an interface a description may be in the middle of a message.
func (dec *Decoder) nextType(inside bool) typeId {
	for first := true; dec.err == nil; first = false {
		if dec.in.len() == 0 && !dec.message() {
			if !first && dec.err == io.EOF {
				dec.err = io.ErrUnexpectedEOF
			}
			break
		}
		n, err := dec.in.number()
		if err != nil {
			dec.err = err
		}
		id := typeId(signed(n))
		if id >= 0 {
			return id
		}
		if dec.learn(-id); dec.err != nil {
			break
		}
		if dec.in.len() > 0 {
			if !inside {
				dec.err = errors.New("extra data in buffer")
				break
			}
			if _, err := dec.in.number(); err != nil {
				dec.err = err
			}
		}
	}
	return -1
}

// message reads the next message.
func (dec *Decoder) message() bool {
	size, err := readNumber(dec.from)
	if err == nil && size >= most {
		err = errMessage
	}
	if err != nil {
		dec.err = err
		return false
	}
	// What is not there is not made room for.
	data, err := io.ReadAll(io.LimitReader(dec.from, int64(size)))
	if err == nil && uint64(len(data)) < size {
		err = io.ErrUnexpectedEOF
	}
	dec.in, dec.err = input{data: data}, err
	return err == nil
}

// learn reads the description of a type.
func (dec *Decoder) learn(id typeId) {
	if id < firstUserId || dec.types[id] != nil {
		dec.err = errors.New("gob: duplicate type received")
		return
	}
	defer caught(&dec.err)
	dec.types[id] = dec.in.description()
}

// ---- bytes ------------------------------------------------------------------------------------------------------

// input is a message.
type input struct {
	data []byte
	at   int
}

func (in *input) len() int { return len(in.data) - in.at }

func (in *input) Read(p []byte) (int, error) {
	n := copy(p, in.data[in.at:])
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	in.at += n
	return n, nil
}

// number reads one; a message that ends here is an error like that of a stream.
func (in *input) number() (uint64, error) { return readNumber(in) }

func readNumber(r io.Reader) (x uint64, err error) {
	var room [8]byte
	if n, err := io.ReadFull(r, room[:1]); n == 0 {
		return 0, err
	}
	first := room[0]
	if first < 0x80 {
		return uint64(first), nil
	}
	size := -int(int8(first))
	if size > len(room) {
		return 0, errNumber
	}
	if _, err := io.ReadFull(r, room[:size]); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return 0, err
	}
	for _, b := range room[:size] {
		x = x<<8 | uint64(b)
	}
	return x, nil
}

func signed(x uint64) int64 { return int64(x>>1) ^ -int64(x&1) }

// uint reads a number inside a value.
func (in *input) uint() (x uint64) {
	if in.len() == 0 {
		fail(io.EOF)
	}
	first := in.data[in.at]
	in.at++
	if first < 0x80 {
		return uint64(first)
	}
	size := -int(int8(first))
	if size > 8 {
		fail(errNumber)
	}
	if in.len() < size {
		failf("invalid uint data length %d: exceeds input size %d", size, in.len())
	}
	for _, b := range in.take(size) {
		x = x<<8 | uint64(b)
	}
	return x
}

func (in *input) int() int64 { return signed(in.uint()) }

func (in *input) take(n int) []byte {
	in.at += n
	return in.data[in.at-n : in.at]
}

// length reads the length of what follows; false: there is less.
func (in *input) length() (int, bool) {
	n := int(in.uint())
	if n < 0 || n > in.len() || n >= most {
		return 0, false
	}
	return n, true
}

// ---- descriptions -----------------------------------------------------------------------------------------------

// fields reads a struct of at most `count` fields, each by `read`.
func (in *input) fields(count int, read func(field int)) {
	for at := -1; in.len() > 0; {
		step := int(in.uint())
		if step < 0 {
			failf("decode: corrupted data: negative delta")
		}
		if step == 0 {
			return
		}
		if at >= count-step {
			fail(errField)
		}
		at += step
		read(at)
	}
}

func (in *input) description() *wire {
	w := &wire{kind: textKind + 1}
	in.fields(int(textKind)+1, func(kind int) {
		// The first of several kinds counts.
		one := wire{kind: kind}
		counts := [...]int{arrayKind: 3, sliceKind: 2, structKind: 2, mapKind: 3, gobKind: 1, binaryKind: 1, textKind: 1}
		in.fields(counts[kind], func(field int) { in.part(&one, field) })
		if kind < w.kind {
			one.writers = w.writers
			*w = one
		}
		if kind >= gobKind {
			w.writers |= 1 << (kind - gobKind)
		}
	})
	return w
}

// part reads a field of the description of a kind of type.
func (in *input) part(w *wire, number int) {
	switch {
	case number == 0:
		w.Name, w.Id = in.named()
	case w.kind == structKind:
		n := in.uint()
		for range n {
			if in.len() == 0 {
				failf("decoding array or slice: length exceeds input size (%d elements)", n)
			}
			name, id := in.named()
			w.fields = append(w.fields, field{name, id})
		}
	case w.kind == mapKind && number == 1:
		w.key = in.id("Key")
	case w.kind == arrayKind && number == 2:
		w.length = int(in.int())
	default:
		w.elem = in.id("Elem")
	}
}

func (in *input) named() (name string, id typeId) {
	in.fields(2, func(field int) {
		if field == 1 {
			id = in.id("Id")
			return
		}
		n, ok := in.length()
		if !ok {
			failf("bad %s slice length: %d", "string", n)
		}
		name = string(in.take(n))
	})
	return name, id
}

func (in *input) id(field string) typeId {
	n := in.int()
	if int64(int32(n)) != n {
		fail(outOfRange(field))
	}
	return typeId(n)
}
