// A forced collection in between.
package main

import "runtime"

var keep [][]byte

func main() {
	for i := 0; i < 4; i++ {
		keep = append(keep, make([]byte, 3<<20))
		runtime.GC()
	}
}
