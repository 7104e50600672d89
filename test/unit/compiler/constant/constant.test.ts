/** Constants: results of GOROOT/src/go/constant on the same operands. */
import { describe, expect, it } from "vitest";
import { encodeUtf8 } from "../../../../src/base/source.ts";
import * as constant from "../../../../src/compiler/constant/index.ts";

const float = (lit: string): constant.Value => constant.makeFromLiteral(lit, "float");
const int = (lit: string): constant.Value => constant.makeFromLiteral(lit, "int");

describe("constants", () => {
  it.each([
    ["017", "15"], ["0b101", "5"], ["0o17", "15"], ["0x_1F", "31"], ["1_000_000", "1000000"], ["9223372036854775808", "9223372036854775808"],
  ])("the integer literal %s is %s", (lit, want) => {
    expect(constant.valueString(int(lit))).toBe(want);
  });

  it.each([
    ["1.5", "1.5", "3/2"], ["0.1", "0.1", "1/10"], ["1e100", "1e+100", `1${"0".repeat(100)}`], ["100000.", "100000", "100000"], ["1000000.", "1e+06", "1000000"],
    ["1000000.5", "1.0000005e+06", "2000001/2"], ["999999.5", "999999.5", "1999999/2"], ["0x1p-2", "0.25", "1/4"], ["0x1p5000", "1.41247e+1505", "0x.8p+5001"],
    ["0.0000001", "1e-07", "1/10000000"], ["2.5", "2.5", "5/2"],
  ])("the float literal %s shows as %s and is %s", (lit, short, exact) => {
    expect([constant.valueString(float(lit)), constant.exactString(float(lit))]).toEqual([short, exact]);
  });

  it("a literal with a huge exponent keeps 512 bits and a literal beyond every exponent is unknown", () => {
    expect(constant.valueString(float("1e1000000"))).toBe("1e+1000000");
    expect(constant.valueString(float("1e-1000000"))).toBe("1e-1000000");
    expect(float("1e646456994").kind).toBe("unknown");
    expect(constant.sign(float("1e-99999999999"))).toBe(0);
    expect(constant.numer(float("1e1000000")).kind).toBe("unknown");
  });

  it("a float rounds to the nearest machine float, ties to even, down to the denormals", () => {
    expect(constant.float64Val(float("0.1"))).toEqual({ value: 0.1, exact: false });
    expect(constant.float64Val(float("5e-324")).value).toBe(5e-324);
    expect(constant.float64Val(float("2e-324")).value).toBe(0);
    expect(constant.float64Val(float("2.2250738585072011e-308")).value).toBe(2.2250738585072011e-308);
    expect(constant.float64Val(float("1e309")).value).toBe(Infinity);
    expect(constant.float32Val(float("3.4028235677973367e38")).value).toBe(Infinity);
    expect(constant.float32Val(float("1e-45")).value).toBe(1.401298464324817e-45);
    expect(constant.float64Val(int("9007199254740993"))).toEqual({ value: 9007199254740992, exact: false });
  });

  it("a string literal holds one char for each byte", () => {
    const of = (lit: string): string => constant.stringVal(constant.makeFromLiteral(encodeUtf8(lit), "string"));
    expect(of('"é\\u00e9\\xff\\n"')).toBe("\u00c3\u00a9\u00c3\u00a9\u00ff\n");
    expect(of("`a\r\\n`")).toBe("a\\n");
    expect(constant.makeFromLiteral("'\\U00110000'", "rune").kind).toBe("unknown");
  });

  it("quoted strings show printable characters as they are, and are cut after 69 characters", () => {
    const quoted = (text: string): string => constant.valueString(constant.makeString(text));
    expect(quoted(encodeUtf8("é世\u2028\u{1f600}"))).toBe('"é世\\u2028\u{1f600}"');
    expect(quoted("\xff\0\x7f\t")).toBe('"\\xff\\x00\\x7f\\t"');
    expect(quoted("x".repeat(80))).toBe(`"${"x".repeat(68)}...`);
    expect(constant.quoteRune(0x27)).toBe("'\\''");
  });

  it("division of integers is exact unless an integer is asked for", () => {
    expect(constant.exactString(constant.binaryOp(int("7"), "/", int("2")))).toBe("7/2");
    expect(constant.exactString(constant.binaryOp(constant.makeInt64(-7), "quo", int("2")))).toBe("-3");
    expect(constant.exactString(constant.binaryOp(constant.makeInt64(-7), "%", int("2")))).toBe("-1");
  });

  it("the complement of an unsigned constant has the bits of its type", () => {
    expect(constant.valueString(constant.unaryOp("^", int("1"), 8))).toBe("254");
    expect(constant.valueString(constant.unaryOp("^", int("1")))).toBe("-2");
  });

  it("a complex constant without imaginary part is an integer if its real part is one", () => {
    const z = constant.binaryOp(constant.makeFromLiteral("2i", "imaginary"), "*", constant.makeFromLiteral("3i", "imaginary"));
    expect(constant.valueString(z)).toBe("(-6 + 0i)");
    expect(constant.valueString(constant.toInt(z))).toBe("-6");
  });

  it("numbers of different kinds compare by value", () => {
    expect(constant.compare(int("1"), "==", float("1.0"))).toBe(true);
    expect(constant.compare(float("1e1000000"), ">", float("1e999999"))).toBe(true);
    expect(constant.compare(float("1e-1000000"), "<", int("0"))).toBe(false);
  });

  it("exact texts of constants read back", () => {
    for (const v of [float("0.1"), float("0x1p5000"), int("12"), constant.makeFromLiteral("2.5i", "imaginary"), constant.makeString("a\xff")]) {
      expect(constant.exactString(constant.fromExactString(constant.exactString(v)))).toBe(constant.exactString(v));
    }
  });
});
