/** Build constraints as the go command reads them for linux on amd64; the answers are those of `go list -f {{.GoFiles}}`. */
import { expect, test } from "vitest";
import { isBuilt } from "../../../src/lab/constraint.ts";

test.each([
  ["a.go", "//go:build ignore\n\npackage p\n", false],
  ["a.go", "// +build ignore\n\npackage p\n", false],
  ["a.go", "// +build ignore\npackage p\n", true],
  ["a.go", "// Copyright\n\n// +build windows,amd64 linux\n\npackage p\n", true],
  ["a.go", "// +build linux\n// +build !amd64\n\npackage p\n", false],
  ["a.go", "// +build !windows,!go1.99\n\n// Package p.\npackage p\n", true],
  ["a.go", "//go:build linux\n// +build windows\n\npackage p\n", true],
  ["a.go", "/* text */\n\n// +build ignore\n\npackage p\n", true],
  ["a.go", "/* text */\n\n//go:build ignore\n\npackage p\n", false],
  ["a.go", "package p\n\n// +build ignore\n\n", true],
  ["a_windows.go", "package p\n", false],
  ["a_linux_arm64.go", "package p\n", false],
  ["linux.go", "package p\n", true],
  ["a_test.go", "package p\n", false],
])("%s %j", (name, text, built) => {
  expect(isBuilt(name, text)).toBe(built);
});
