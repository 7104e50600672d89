// Package binary writes numbers as bytes. binary.go: in either order; varint.go: in as few bytes as needed; struct.go: whole values.
// Go: src/encoding/binary.
package binary

// ByteOrder reads and writes numbers in an order of bytes.
type ByteOrder interface {
	Uint16(data []byte) uint16
	PutUint16(data []byte, v uint16)
	Uint32(data []byte) uint32
	PutUint32(data []byte, v uint32)
	Uint64(data []byte) uint64
	PutUint64(data []byte, v uint64)
	String() string
}

// AppendByteOrder appends numbers in an order of bytes.
type AppendByteOrder interface {
	AppendUint16(data []byte, v uint16) []byte
	AppendUint32(data []byte, v uint32) []byte
	AppendUint64(data []byte, v uint64) []byte
	String() string
}

// The orders.
var (
	LittleEndian littleEndian
	BigEndian    bigEndian
	NativeEndian nativeEndian
)

type littleEndian struct{}

func (littleEndian) Uint16(data []byte) uint16 { return uint16(low(data, 2)) }
func (littleEndian) Uint32(data []byte) uint32 { return uint32(low(data, 4)) }
func (littleEndian) Uint64(data []byte) uint64 { return low(data, 8) }

func (littleEndian) PutUint16(data []byte, v uint16) { putLow(data, uint64(v), 2) }
func (littleEndian) PutUint32(data []byte, v uint32) { putLow(data, uint64(v), 4) }
func (littleEndian) PutUint64(data []byte, v uint64) { putLow(data, v, 8) }

func (littleEndian) AppendUint16(data []byte, v uint16) []byte { return appendLow(data, uint64(v), 2) }
func (littleEndian) AppendUint32(data []byte, v uint32) []byte { return appendLow(data, uint64(v), 4) }
func (littleEndian) AppendUint64(data []byte, v uint64) []byte { return appendLow(data, v, 8) }

func (littleEndian) String() string   { return "LittleEndian" }
func (littleEndian) GoString() string { return "binary.LittleEndian" }

type bigEndian struct{}

func (bigEndian) Uint16(data []byte) uint16 { return uint16(high(data, 2)) }
func (bigEndian) Uint32(data []byte) uint32 { return uint32(high(data, 4)) }
func (bigEndian) Uint64(data []byte) uint64 { return high(data, 8) }

func (bigEndian) PutUint16(data []byte, v uint16) { putHigh(data, uint64(v), 2) }
func (bigEndian) PutUint32(data []byte, v uint32) { putHigh(data, uint64(v), 4) }
func (bigEndian) PutUint64(data []byte, v uint64) { putHigh(data, v, 8) }

func (bigEndian) AppendUint16(data []byte, v uint16) []byte { return appendHigh(data, uint64(v), 2) }
func (bigEndian) AppendUint32(data []byte, v uint32) []byte { return appendHigh(data, uint64(v), 4) }
func (bigEndian) AppendUint64(data []byte, v uint64) []byte { return appendHigh(data, v, 8) }

func (bigEndian) String() string   { return "BigEndian" }
func (bigEndian) GoString() string { return "binary.BigEndian" }

// nativeEndian is the order of the machine.
type nativeEndian struct{ littleEndian }

func (nativeEndian) String() string   { return "NativeEndian" }
func (nativeEndian) GoString() string { return "binary.NativeEndian" }

// appendLow appends count bytes, lowest first.
func appendLow(data []byte, v uint64, count int) []byte {
	for ; count > 0; count-- {
		data = append(data, byte(v))
		v >>= 8
	}
	return data
}

// appendHigh appends count bytes, highest first.
func appendHigh(data []byte, v uint64, count int) []byte {
	for shift := 8 * (count - 1); shift >= 0; shift -= 8 {
		data = append(data, byte(v>>shift))
	}
	return data
}

// low reads count bytes, lowest first.
func low(data []byte, count int) (v uint64) {
	_ = data[count-1]
	for i := count - 1; i >= 0; i-- {
		v = v<<8 | uint64(data[i])
	}
	return v
}

func putLow(data []byte, v uint64, count int) {
	_ = data[count-1]
	for i := range count {
		data[i] = byte(v)
		v >>= 8
	}
}

// high reads count bytes, highest first.
func high(data []byte, count int) (v uint64) {
	_ = data[count-1]
	for i := range count {
		v = v<<8 | uint64(data[i])
	}
	return v
}

func putHigh(data []byte, v uint64, count int) {
	_ = data[count-1]
	for i := count - 1; i >= 0; i-- {
		data[i] = byte(v)
		v >>= 8
	}
}
