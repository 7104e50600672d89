// Package binary writes numbers as bytes. binary.go: in either order; varint.go: in as few bytes as needed; struct.go: whole values.
// Go: src/encoding/binary.
package binary

// ByteOrder reads and writes numbers in an order of bytes.
type ByteOrder interface {
	Uint16([]byte) uint16
	Uint32([]byte) uint32
	Uint64([]byte) uint64
	PutUint16([]byte, uint16)
	PutUint32([]byte, uint32)
	PutUint64([]byte, uint64)
	String() string
}

// AppendByteOrder appends numbers in an order of bytes.
type AppendByteOrder interface {
	AppendUint16([]byte, uint16) []byte
	AppendUint32([]byte, uint32) []byte
	AppendUint64([]byte, uint64) []byte
	String() string
}

// The orders.
var (
	LittleEndian littleEndian
	BigEndian    bigEndian
	NativeEndian nativeEndian
)

type littleEndian struct{}

func (littleEndian) Uint16(b []byte) uint16 { return uint16(low(b, 2)) }
func (littleEndian) Uint32(b []byte) uint32 { return uint32(low(b, 4)) }
func (littleEndian) Uint64(b []byte) uint64 { return low(b, 8) }

func (littleEndian) PutUint16(b []byte, v uint16) { putLow(b, uint64(v), 2) }
func (littleEndian) PutUint32(b []byte, v uint32) { putLow(b, uint64(v), 4) }
func (littleEndian) PutUint64(b []byte, v uint64) { putLow(b, v, 8) }

func (littleEndian) AppendUint16(b []byte, v uint16) []byte { return append(b, byte(v), byte(v>>8)) }
func (littleEndian) AppendUint32(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}
func (littleEndian) AppendUint64(b []byte, v uint64) []byte {
	return LittleEndian.AppendUint32(LittleEndian.AppendUint32(b, uint32(v)), uint32(v>>32))
}
func (littleEndian) String() string   { return "LittleEndian" }
func (littleEndian) GoString() string { return "binary.LittleEndian" }

type bigEndian struct{}

func (bigEndian) Uint16(b []byte) uint16 { return uint16(high(b, 2)) }
func (bigEndian) Uint32(b []byte) uint32 { return uint32(high(b, 4)) }
func (bigEndian) Uint64(b []byte) uint64 { return high(b, 8) }

func (bigEndian) PutUint16(b []byte, v uint16) { putHigh(b, uint64(v), 2) }
func (bigEndian) PutUint32(b []byte, v uint32) { putHigh(b, uint64(v), 4) }
func (bigEndian) PutUint64(b []byte, v uint64) { putHigh(b, v, 8) }

func (bigEndian) AppendUint16(b []byte, v uint16) []byte { return append(b, byte(v>>8), byte(v)) }
func (bigEndian) AppendUint32(b []byte, v uint32) []byte {
	return append(b, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}
func (bigEndian) AppendUint64(b []byte, v uint64) []byte {
	return BigEndian.AppendUint32(BigEndian.AppendUint32(b, uint32(v>>32)), uint32(v))
}
func (bigEndian) String() string   { return "BigEndian" }
func (bigEndian) GoString() string { return "binary.BigEndian" }

// nativeEndian is the order of the machine.
type nativeEndian struct{ littleEndian }

func (nativeEndian) String() string   { return "NativeEndian" }
func (nativeEndian) GoString() string { return "binary.NativeEndian" }

// low reads n bytes, lowest first.
func low(b []byte, n int) (v uint64) {
	_ = b[n-1]
	for i := n - 1; i >= 0; i-- {
		v = v<<8 | uint64(b[i])
	}
	return v
}

func putLow(b []byte, v uint64, n int) {
	_ = b[n-1]
	for i := range n {
		b[i] = byte(v)
		v >>= 8
	}
}

// high reads n bytes, highest first.
func high(b []byte, n int) (v uint64) {
	_ = b[n-1]
	for i := range n {
		v = v<<8 | uint64(b[i])
	}
	return v
}

func putHigh(b []byte, v uint64, n int) {
	_ = b[n-1]
	for i := n - 1; i >= 0; i-- {
		b[i] = byte(v)
		v >>= 8
	}
}
