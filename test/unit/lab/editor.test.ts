/** What an editor is told: completion after a dot and of commands, cards with size, size class and where a variable lives. */
import { Lab } from "gomem";
import { expect, test } from "vitest";

/** A session with a type and a variable. */
function session(): Lab {
  const lab = new Lab();
  lab.cell("type rec struct { n int; name string }\nfunc (r *rec) Grow(k int) int { return r.n + k }", () => undefined);
  lab.cell('r := &rec{1, "a"}', () => undefined);
  return lab;
}

/** Text with `|` where the cursor is. */
const at = (marked: string): [string, number] => [marked.replace("|", ""), marked.indexOf("|")];
const matches = (lab: Lab, marked: string): string[] => lab.complete(...at(marked)).matches.map((m) => m.text);

test("after a dot stand fields and methods of the session's types, and names of the library", () => {
  expect(matches(session(), "r.|")).toEqual(["n", "name", "Grow"]);
  expect(matches(new Lab(), "strings.ToU|")).toContain("ToUpper");
});

test("values of flags are offered", () => {
  expect(matches(new Lab(), "heap -by=s|")).toEqual(["site", "size"]);
  expect(matches(new Lab(), "escape -on|")).toEqual(["-only"]);
});

test("a card tells size and slot of a type", () => {
  expect(session().inspect(...at("re|c{}"))?.text).toContain("24 bytes, underneath struct{n int; name string}\non the heap a slot of 24 bytes");
});

test("a card tells whether a variable of a program is on the heap, and why", () => {
  const program = (place: string): string => `package main\n\nfunc f() *int {\n\tx := 4\n\ty := [3]int{}\n\t_ = y${place === "y" ? "|" : ""}\n\treturn &x${place === "x" ? "|" : ""}\n}\n\nfunc main() { f() }\n`;
  expect(new Lab().inspect(...at(program("x")))?.text).toContain("x is on the heap because its address is returned on line 7");
  expect(new Lab().inspect(...at(program("y")))?.text).toContain("y is on the stack or in a register");
});

test("inside texts and comments no names are offered, in an import the paths of packages", () => {
  for (const marked of ['"fmt.Pri|"', "// fmt.Pri|", "/* fmt.Pri|", "x := `fmt.Pri|"]) expect(matches(session(), marked), marked).toEqual([]);
  expect(matches(session(), '"done"; r.|')).toEqual(["n", "name", "Grow"]);
  expect(matches(session(), "// it's\nr.|")).toEqual(["n", "name", "Grow"]);
  expect(matches(session(), 'import "strc|')).toEqual(["strconv"]);
  expect(matches(session(), 'import (\n\t"fmt"\n\tr "math/r|')).toEqual(["math/rand", "math/rand/v2"]);
});

test("verbs are offered behind settings of their own", () => {
  expect(matches(session(), "GOGC=50 g|")).toContain("gc");
});

test("a question mark asks for the card of a verb, a setting or a Go name", () => {
  const lab = session();
  const asked = (cell: string): string => {
    let text = "";
    lab.cell(cell, (o) => (text = o.kind === "text" && o.pager === true ? o.text : o.kind));
    return text;
  };
  expect(asked("rec?")).toContain("24 bytes");
  expect(asked("?strings.Repeat")).toBe("func strings.Repeat(s string, count int) string");
  expect(asked("r.Grow??")).toContain("Grow(k int) int");
  expect(asked("gc?")).toContain("usage: gc");
  expect(asked("GOGC?")).toContain("GOGC");
  expect(asked("nothing?")).toBe("error");
});
