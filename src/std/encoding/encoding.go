// Package encoding has the interfaces of values that turn themselves into text or bytes and back. Go: src/encoding/encoding.go.
package encoding

type BinaryMarshaler interface{ MarshalBinary() ([]byte, error) }

type BinaryUnmarshaler interface{ UnmarshalBinary(from []byte) error }

type BinaryAppender interface {
	AppendBinary(to []byte) ([]byte, error)
}

type TextMarshaler interface{ MarshalText() ([]byte, error) }

type TextUnmarshaler interface{ UnmarshalText(from []byte) error }

type TextAppender interface {
	AppendText(to []byte) ([]byte, error)
}
