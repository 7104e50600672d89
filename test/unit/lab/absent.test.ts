/** A program that mentions functions and variables of the library that nobody has runs until it comes to one. */
import { expect, test } from "vitest";
import { Lab } from "../../../src/lab/index.ts";

/** What a program prints, and the line that it ends with if it does not end well. */
function run(body: string): readonly [string, string | undefined] {
  let printed = "";
  let end: string | undefined;
  const lab = new Lab({ files: { read: () => ({ text: `package main\n${body}` }), list: (path) => ({ paths: [path] }) } });
  lab.command({ verb: "run", settings: [], flags: [], args: ["p.go"], line: 0, col: 0 }, (o) => {
    if (o.kind === "stream") printed += o.text;
    else if (o.kind === "error") end = `${o.ename}: ${o.evalue}`;
  });
  return [printed, end];
}

test("what is not reached does not matter", () => {
  const body = `import ("fmt"; "net/http"; "os")
var handle = http.HandleFunc
type Server struct{ http.Client }
func (s *Server) fetch() (*http.Response, error) { return s.Get("x") }
func main() { fmt.Println("a"); if len(os.Args) > 9 { http.Get("x"); new(Server).fetch(); fmt.Println(http.DefaultClient) }; fmt.Println(http.StatusOK, handle != nil) }`;
  expect(run(body)).toEqual(["a\n200 true\n", undefined]);
});

test.each([
  ["a call", `http.Get("x")`, "net/http.Get at ./p.go:3:38"],
  ["a call that is deferred, after the panic", `defer http.Get("x"); panic("p")`, "net/http.Get at ./p.go:3:44"],
  ["a call of a value", `f := http.Get; f("x")`, "net/http.Get at ./p.go:3:43"],
  ["a call of a method value", `var c http.Client; f := c.Get; f("x")`, "net/http.(*Client).Get at ./p.go:3:59"],
  ["a call by way of an interface", `var c http.Client; var i interface{ CloseIdleConnections() } = &c; i.CloseIdleConnections()`, "net/http.(*Client).CloseIdleConnections at ./p.go:3:122"],
  ["a call in a goroutine", `go http.Get("x"); select {}`, "net/http.Get at ./p.go:3:41"],
  ["the value of a variable", `_ = fmt.Sprint(http.DefaultClient)`, "net/http.DefaultClient at ./p.go:3:53"],
  ["the address of a variable", `fmt.Println(&http.DefaultClient)`, "net/http.DefaultClient at ./p.go:3:51"],
  ["an assignment to a variable", `http.DefaultClient = nil`, "net/http.DefaultClient at ./p.go:3:38"],
])("%s ends the program, with its place", (_, statement, what) => {
  expect(run(`import ("fmt"; "net/http")\nfunc main() { fmt.Println("a"); ${statement}; fmt.Println("b") }`)).toEqual(["a\n", `Unsupported: unsupported: ${what}`]);
});

test("the method of a value whose package nobody has ends the program when fmt calls it", () => {
  expect(run(`import ("fmt"; "net/http")\nfunc main() { fmt.Println("a"); fmt.Println(&http.Cookie{}) }`)).toEqual(["a\n", "Unsupported: unsupported: a method of a package that has no code"]);
});

test("an initialiser that needs what is not there ends the program before main", () => {
  expect(run(`import "net/http"\nvar c = http.DefaultClient\nvar p = &http.DefaultClient\nfunc main() { println(c, p) }`)).toEqual(["", "Unsupported: unsupported: net/http.DefaultClient at ./p.go:4:15"]);
});
