package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
)

type byLength []string

func (b byLength) Len() int           { return len(b) }
func (b byLength) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLength) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

func main() {
	words := strings.Fields("the quick brown fox jumps over the lazy dog and thirteen other animals")
	sort.Strings(words)
	sort.Sort(byLength(words))
	var numbers []int
	for i := range 100 {
		numbers = append(numbers, i*7919%101)
	}
	sort.Ints(numbers)
	sort.Slice(numbers, func(i, j int) bool { return numbers[i] > numbers[j] })
	n, err := strconv.Atoi(strconv.Itoa(numbers[0]))
	if errors.Is(err, os.ErrNotExist) {
		return
	}
	var b strings.Builder
	for _, part := range strings.Split(strings.Join(words, ","), ",") {
		b.WriteString(strings.Repeat(strings.ToUpper(part), 2))
	}
	text := strings.TrimSpace(strings.ReplaceAll(b.String(), "FOX", "dog"))
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			fmt.Fprintf(out, "%d %s\n", i, text)
		}()
	}
	wg.Wait()
	fmt.Fprintln(out, n, strings.Contains(text, "dog"), strings.Index(text, "T"), strings.HasPrefix(text, "T"))
}
