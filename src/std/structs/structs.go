// Package structs: fields that say something of the struct that they are in.
package structs

// HostLayout says that a struct has the layout of the host.
type HostLayout struct{ _ hostLayout }

type hostLayout struct{}
