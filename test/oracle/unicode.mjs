/**
 * Asks a real Go where letters, digits and printable characters begin and end, and writes it into test/truth/unicode/classes.txtar:
 * one line a class, the lengths of alternating runs from U+0080 on (out, in, out, …) in base 36. The tables of
 * src/compiler/syntax/unicode.ts are made of these lines. Needs go on PATH.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = `package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

func main() {
	classes := []struct {
		name string
		in   func(rune) bool
	}{{"letter", unicode.IsLetter}, {"digit", unicode.IsDigit}, {"printable", unicode.IsPrint}}
	for _, class := range classes {
		var runs []string
		inside, last := false, rune(0x80)
		for r := last; r <= unicode.MaxRune+1; r++ {
			if is := r <= unicode.MaxRune && class.in(r); is != inside {
				runs = append(runs, strconv.FormatInt(int64(r-last), 36))
				inside, last = is, r
			}
		}
		fmt.Println(class.name, strings.Join(runs, " "))
	}
}
`;

const dir = mkdtempSync(join(tmpdir(), "unicode-oracle-"));
try {
  writeFileSync(join(dir, "main.go"), program);
  const want = execFileSync("go", ["run", join(dir, "main.go")], { encoding: "utf8" });
  const version = execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).trim();
  const file = fileURLToPath(new URL("../truth/unicode/classes.txtar", import.meta.url));
  writeFileSync(file, `Letters, digits and printable characters are those of Go's own tables.\ngo: ${version} run\n-- want --\n${want}`);
} finally {
  rmSync(dir, { recursive: true });
}
