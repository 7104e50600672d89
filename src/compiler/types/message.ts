/** A message with its parts still apart: the words, and the types, operands and expressions in them. Texts are made when it is reported. */
import type { Pos, Sources } from "../../base/source.ts";
import { type Value, valueString } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import { exprString } from "../syntax/index.ts";
import { type Operand, operandString } from "./operand.ts";
import { objectString, type Qualifier, typeString } from "./typestring.ts";
import type { Obj, Type, TypeParamType } from "./type.ts";

/** A position inside a message. */
export interface Place {
  readonly kind: "Place";
  readonly pos: Pos;
}

export type MessagePart = string | number | bigint | Operand | Type | ast.Expr | Obj | Value | Place | Message;

export interface Message {
  readonly kind: "Message";
  readonly words: readonly string[];
  readonly parts: readonly MessagePart[];
}

/** Makes a message from a template. */
export const text = (words: TemplateStringsArray, ...parts: MessagePart[]): Message => ({ kind: "Message", words, parts });

/** A place in a message. */
export const place = (pos: Pos): Place => ({ kind: "Place", pos });

/** How the checker names packages and places in its messages. */
export interface Formatter {
  readonly qualifier: Qualifier;
  readonly sources: Sources;
}

/** The message's text. */
export function format(f: Formatter, m: Message): string {
  return m.words.map((word, i) => word + (i < m.parts.length ? formatPart(f, m.parts[i] ?? "") : "")).join("");
}

function formatPart(f: Formatter, part: MessagePart): string {
  if (typeof part !== "object") return String(part);
  const where = (p: TypeParamType): string => f.sources.format(p.obj.pos);
  switch (part.kind) {
    case "Message":
      return format(f, part);
    case "Place":
      return f.sources.format(part.pos);
    case "Operand":
      return operandString(part, { qualifier: f.qualifier, place: where });
    case "unknown":
    case "bool":
    case "string":
    case "int":
    case "float":
    case "complex":
      return valueString(part);
    case "PkgName":
    case "Const":
    case "TypeName":
    case "Var":
    case "Func":
    case "Label":
    case "Builtin":
    case "Nil":
      return objectString(part, f.qualifier);
    case "Basic":
    case "Array":
    case "Slice":
    case "Struct":
    case "Pointer":
    case "Tuple":
    case "Signature":
    case "Union":
    case "Interface":
    case "Map":
    case "Chan":
    case "Named":
    case "TypeParam":
    case "Alias":
      return typeString(part, f.qualifier, where);
    default:
      return exprString(part);
  }
}
