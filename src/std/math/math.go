// Package math has the elementary functions, with exactly the results of Go on amd64.
//
// Results are exact because every operation is done in the same order on the same constants; exp.go also follows the fused
// multiply-adds that amd64 has. Square root and rounding to whole numbers are instructions of the machine (natives here).
// const.go, bits.go, round.go, exp.go, log.go, pow.go, trig.go, hyperbolic.go, root.go, rest.go, fma.go, gamma.go, erf.go.
// Go: src/math.
package math

func sqrt(x float64) float64
func floor(x float64) float64
func ceil(x float64) float64
func trunc(x float64) float64

// horner evaluates a polynomial, highest coefficient first.
func horner(x float64, coefficients []float64) float64 {
	sum := coefficients[0]
	for _, c := range coefficients[1:] {
		sum = sum*x + c
	}
	return sum
}
