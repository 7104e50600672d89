import { describe, expect, it } from "vitest";
import { encodeUtf8 } from "../../../../src/base/source.ts";
import { scanText, spelling, tokenText } from "../../../../src/compiler/syntax/index.ts";

/** The tokens of a text; an inserted semicolon is shown as `;`. */
const tokens = (text: string): string => {
  const t = scanText(encodeUtf8(text));
  return Array.from({ length: t.count }, (_, i) => spelling(t.kinds[i] ?? 0)).join(" ");
};
const errors = (bytes: string): string[] => scanText(bytes).errors.map((e) => `${e.offset} ${e.message}`);

describe("semicolons", () => {
  it.each([
    ["a\nb", "ident ; ident ;"],
    ["a +\nb", "ident + ident ;"],
    ["f()\n}\n", "ident ( ) ; } ;"],
    ["return\nbreak\ncontinue\nfallthrough", "return ; break ; continue ; fallthrough ;"],
    ["x++\ny--", "ident ++ ; ident -- ;"],
    ["1\n'a'\n\"s\"\n2.5\n3i", "intLit ; runeLit ; stringLit ; floatLit ; imaginaryLit ;"],
    ["a // c\nb", "ident ; ident ;"],
    ["a /* c\n */ b", "ident ; ident ;"],
    ["a /* c */ b", "ident ident ;"],
    ["if x {\n", "if ident {"],
    ["", ""],
  ])("are put into %j where a statement ends", (text, want) => {
    expect(tokens(text)).toBe(want);
  });

  it("stand at the newline, or at the comment that holds it", () => {
    const at = (text: string) => scanText(text).starts[1];
    expect([at("a \nb"), at("a  /* \n */ b"), at("a")]).toEqual([2, 3, 1]);
  });
});

describe("tokens", () => {
  it("are the longest that fit", () => {
    expect(tokens("a<<=b &^= c<-d ... e.f :=g &^h")).toBe("ident <<= ident &^= ident <- ident ... ident . ident := ident &^ ident ;");
    expect(tokens("a.0 .5 0x1p-2 1e+5")).toBe("ident floatLit floatLit floatLit floatLit ;");
  });

  it("may be names with letters of any script", () => {
    const t = scanText(encodeUtf8("p.η世界٣ := 1"));
    expect([spelling(t.kinds[1] ?? 0), tokenText(t, 2), t.errors]).toEqual([".", "η世界٣", []]);
  });

  it("are dense without end", () => {
    expect(scanText("(".repeat(5000)).count).toBe(5000);
  });
});

describe("bytes that Go's reader leaves out", () => {
  it("are reported at their place, and a mark at the start is not", () => {
    expect(errors("\xef\xbb\xbfpackage p\n")).toEqual([]);
    expect(errors("a\0b \xff \xef\xbb\xbfc")).toEqual(["1 invalid NUL character", "4 invalid UTF-8 encoding", "6 invalid BOM in the middle of the file"]);
    expect(scanText("a\0b c").ends[0]).toBe(3);
  });
});

describe("directives", () => {
  it("are kept with the token behind them", () => {
    const { directives } = scanText("package p\n\n//go:noinline\nfunc f() {} //go:late\n// go:not\n//line a.go:7\n/*line b.go:8:9*/ x\n");
    expect(directives.map((d) => [d.text, d.token, d.block, d.blank])).toEqual([
      ["go:noinline", 3, false, true], ["go:late", 9, false, false], ["line a.go:7", 10, false, true], ["line b.go:8:9", 10, true, true],
    ]);
  });
});
