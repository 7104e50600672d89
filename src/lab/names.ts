/** Go names for the editor: what could be typed at a place, and a card about the name that stands there. */
import { Sources, decodeUtf8, encodeUtf8 } from "../base/source.ts";
import { type CellScope, checkCell, describe, type Offer, type OfferPlace, offers } from "../compiler/index.ts";
import { slotSize } from "../runtime/index.ts";
import { type Compiler, GOROOT } from "./compile.ts";

/** What the editor's questions are asked against. */
export interface NamesPorts {
  readonly scope: CellScope;
  readonly compiler: Compiler;
  readonly isFile: (text: string) => boolean;
}

/** Names that could stand at UTF-16 position `at` of a cell. */
export function namesAt(ports: NamesPorts, text: string, at: number): Offer[] {
  return offers(placeOf(ports, text, at)).map((o) => ({ ...o, text: decodeUtf8(o.text), signature: decodeUtf8(o.signature) }));
}

/** What the cells of a session have declared and a person has named, in order of names. */
export function declaredNames(ports: NamesPorts): Offer[] {
  const own = new Set(ports.scope.scope.names.keys());
  const all = namesAt(ports, "", 0).filter((o) => own.has(encodeUtf8(o.text)));
  return all.sort((a, b) => (a.text < b.text ? -1 : 1));
}

/** A card about the name at a place. */
export function describeAt(ports: NamesPorts, text: string, at: number, livesAt: (name: string) => string | undefined): { readonly text: string; readonly markdown: string } | undefined {
  const found = describe(placeOf(ports, text, at));
  if (!found) return undefined;
  const name = `${/[\w\x80-\uffff]*$/.exec(text.slice(0, at))?.[0] ?? ""}${/^[\w\x80-\uffff]*/.exec(text.slice(at))?.[0] ?? ""}`;
  const { value } = found;
  const slot = value && value.size > 0 ? [!value.pointers && value.size < 16 ? "on the heap it shares a tiny block of 16 bytes" : `on the heap a slot of ${slotSize(value.size, !value.pointers)} bytes${value.pointers ? "" : ", never scanned"}`] : [];
  const lives = value?.variable ? livesAt(name) : undefined;
  const [head, lines] = [decodeUtf8(found.text), [...found.lines.map(decodeUtf8), ...slot, ...(lives === undefined ? [] : [lives])]];
  return { text: [head, ...lines].join("\n"), markdown: [`\`\`\`go\n${head}\n\`\`\``, ...lines].join("\n\n") };
}

/** The place in bytes, and how a text like it is checked: beside the session, which learns nothing of it. */
function placeOf({ scope, compiler, isFile }: NamesPorts, text: string, at: number): OfferPlace {
  const session: CellScope = { ...scope, sources: new Sources() };
  return {
    session,
    text: encodeUtf8(text),
    at: encodeUtf8(text.slice(0, at)).length,
    check: (whole) => {
      if (isFile(whole)) return compiler.checked({ files: [{ name: "./cell.go", text: whole }] });
      return checkCell({ name: "./cell.go", text: whole, number: 0, goroot: GOROOT, session: { ...session, sources: new Sources() } });
    },
  };
}
