package binary

import (
	"errors"
	"io"
	"math"
	"reflect"
)

var errTooShort = errors.New("buffer too small")

// Size returns how many bytes a value of fixed size takes, -1 if its size is not fixed.
func Size(v any) int { return sizeOf(reflect.Indirect(reflect.ValueOf(v))) }

func sizeOf(v reflect.Value) int {
	if !v.IsValid() {
		return -1
	}
	if v.Kind() == reflect.Slice {
		n := fixedSize(v.Type().Elem())
		if n < 0 {
			return -1
		}
		return n * v.Len()
	}
	return fixedSize(v.Type())
}

func fixedSize(t reflect.Type) int {
	switch k := t.Kind(); {
	case k == reflect.Array:
		if n := fixedSize(t.Elem()); n >= 0 {
			return n * t.Len()
		}
	case k == reflect.Struct:
		sum := 0
		for i := range t.NumField() {
			n := fixedSize(t.Field(i).Type)
			if n < 0 {
				return -1
			}
			sum += n
		}
		return sum
	case k == reflect.Bool, k >= reflect.Int8 && k <= reflect.Int64, k >= reflect.Uint8 && k <= reflect.Uint64, k >= reflect.Float32 && k <= reflect.Complex128:
		return int(t.Size())
	}
	return -1
}

// Write writes a value of fixed size.
func Write(out io.Writer, order ByteOrder, data any) error {
	b, err := encode(order, data, "binary.Write")
	if err != nil {
		return err
	}
	_, err = out.Write(b)
	return err
}

// Append appends a value of fixed size.
func Append(room []byte, order ByteOrder, data any) ([]byte, error) {
	b, err := encode(order, data, "binary.Append")
	if err != nil {
		return nil, err
	}
	return append(room, b...), nil
}

// Encode writes a value of fixed size into room.
func Encode(room []byte, order ByteOrder, data any) (int, error) {
	b, err := encode(order, data, "binary.Encode")
	if err != nil {
		return 0, err
	}
	if len(room) < len(b) {
		return 0, errTooShort
	}
	return copy(room, b), nil
}

func encode(order ByteOrder, data any, who string) ([]byte, error) {
	v := reflect.Indirect(reflect.ValueOf(data))
	size := sizeOf(v)
	if size < 0 {
		return nil, errors.New(who + ": some values are not fixed-sized in type " + reflect.TypeOf(data).String())
	}
	c := coder{order: order, buf: make([]byte, size)}
	c.put(v)
	return c.buf, nil
}

// Read reads into what data points to, or into a slice.
func Read(in io.Reader, order ByteOrder, data any) error {
	v, size := target(data)
	if size < 0 {
		return errors.New("binary.Read: invalid type " + reflect.TypeOf(data).String())
	}
	c := coder{order: order, buf: make([]byte, size)}
	if _, err := io.ReadFull(in, c.buf); err != nil {
		return err
	}
	c.get(v)
	return nil
}

// Decode reads from room into what data points to, or into a slice.
func Decode(room []byte, order ByteOrder, data any) (int, error) {
	v, size := target(data)
	if size < 0 {
		return 0, errors.New("binary.Decode: invalid type " + reflect.TypeOf(data).String())
	}
	if len(room) < size {
		return 0, errTooShort
	}
	c := coder{order: order, buf: room[:size]}
	c.get(v)
	return size, nil
}

func target(data any) (reflect.Value, int) {
	v := reflect.ValueOf(data)
	switch v.Kind() {
	case reflect.Pointer:
		v = v.Elem()
		return v, sizeOf(v)
	case reflect.Slice:
		return v, sizeOf(v)
	}
	return v, -1
}

// coder goes through a value and a buffer side by side.
type coder struct {
	order ByteOrder
	buf   []byte
	at    int
}

func (c *coder) take(count int) []byte {
	part := c.buf[c.at : c.at+count]
	c.at += count
	return part
}

func (c *coder) number(count int) uint64 {
	switch part := c.take(count); count {
	case 1:
		return uint64(part[0])
	case 2:
		return uint64(c.order.Uint16(part))
	case 4:
		return uint64(c.order.Uint32(part))
	default:
		return c.order.Uint64(part)
	}
}

func (c *coder) putNumber(v uint64, count int) {
	switch part := c.take(count); count {
	case 1:
		part[0] = byte(v)
	case 2:
		c.order.PutUint16(part, uint16(v))
	case 4:
		c.order.PutUint32(part, uint32(v))
	default:
		c.order.PutUint64(part, v)
	}
}

func (c *coder) put(v reflect.Value) {
	size := int(v.Type().Size())
	switch v.Kind() {
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			c.put(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name == "_" {
				c.take(fixedSize(v.Field(i).Type()))
			} else {
				c.put(v.Field(i))
			}
		}
	case reflect.Bool:
		if v.Bool() {
			c.putNumber(1, 1)
		} else {
			c.putNumber(0, 1)
		}
	case reflect.Float32:
		c.putNumber(uint64(math.Float32bits(float32(v.Float()))), 4)
	case reflect.Float64:
		c.putNumber(math.Float64bits(v.Float()), 8)
	case reflect.Complex64:
		c.putNumber(uint64(math.Float32bits(float32(real(v.Complex())))), 4)
		c.putNumber(uint64(math.Float32bits(float32(imag(v.Complex())))), 4)
	case reflect.Complex128:
		c.putNumber(math.Float64bits(real(v.Complex())), 8)
		c.putNumber(math.Float64bits(imag(v.Complex())), 8)
	default:
		if v.CanInt() {
			c.putNumber(uint64(v.Int()), size)
		} else {
			c.putNumber(v.Uint(), size)
		}
	}
}

func (c *coder) get(v reflect.Value) {
	size := int(v.Type().Size())
	switch v.Kind() {
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			c.get(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				c.get(f)
			} else {
				c.take(fixedSize(f.Type()))
			}
		}
	case reflect.Bool:
		v.SetBool(c.number(1) != 0)
	case reflect.Float32:
		v.SetFloat(float64(math.Float32frombits(uint32(c.number(4)))))
	case reflect.Float64:
		v.SetFloat(math.Float64frombits(c.number(8)))
	case reflect.Complex64:
		re := math.Float32frombits(uint32(c.number(4)))
		v.SetComplex(complex(float64(re), float64(math.Float32frombits(uint32(c.number(4))))))
	case reflect.Complex128:
		re := math.Float64frombits(c.number(8))
		v.SetComplex(complex(re, math.Float64frombits(c.number(8))))
	default:
		n := c.number(size)
		if v.CanInt() {
			unused := uint(64 - 8*size)
			v.SetInt(int64(n<<unused) >> unused)
		} else {
			v.SetUint(n)
		}
	}
}
