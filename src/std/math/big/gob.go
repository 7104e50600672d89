// Numbers as bytes for encoding/gob. Go keeps the original in math/big/intmarsh.go, floatmarsh.go and ratmarsh.go.
package big

import (
	"errors"
	"fmt"
)

// gobVersion stands in the first byte; for an Int and a Rat beside the sign.
const gobVersion = 1

// GobEncode answers the sign and the bytes of x.
func (x *Int) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	return append([]byte{gobVersion<<1 | signBit(x.neg)}, x.Bytes()...), nil
}

func signBit(neg bool) byte {
	if neg {
		return 1
	}
	return 0
}

// GobDecode sets z to what GobEncode answered.
func (z *Int) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Int{}
		return nil
	}
	if version := buf[0] >> 1; version != gobVersion {
		return fmt.Errorf("Int.GobDecode: encoding version %d not supported", version)
	}
	z.SetBytes(buf[1:])
	z.neg = buf[0]&1 != 0
	return nil
}

// GobEncode answers the sign, the length of the numerator, and both numbers.
func (x *Rat) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	above := x.a.Bytes()
	size := uint32(len(above))
	out := []byte{gobVersion<<1 | signBit(x.a.neg), byte(size >> 24), byte(size >> 16), byte(size >> 8), byte(size)}
	return append(append(out, above...), x.b.Bytes()...), nil
}

// GobDecode sets z to what GobEncode answered.
func (z *Rat) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Rat{}
		return nil
	}
	if len(buf) < 5 {
		return errors.New("Rat.GobDecode: buffer too small")
	}
	if version := buf[0] >> 1; version != gobVersion {
		return fmt.Errorf("Rat.GobDecode: encoding version %d not supported", version)
	}
	size := uint64(buf[1])<<24 | uint64(buf[2])<<16 | uint64(buf[3])<<8 | uint64(buf[4])
	if uint64(len(buf)-5) < size {
		return errors.New("Rat.GobDecode: buffer too small")
	}
	z.a.SetBytes(buf[5 : 5+size])
	z.a.neg = buf[0]&1 != 0
	z.b.SetBytes(buf[5+size:])
	return nil
}
