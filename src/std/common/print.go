package main

import "fmt"

func main() {
	fmt.Println("hello", 42)
	fmt.Printf("%d %s\n", 7, "x")
}
