/** The wire against signatures made by Python's hmac, and against everything that can be wrong with a message. */
import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Wire } from "../../../kernel/wire.ts";

const delimiter = Buffer.from("<IDS|MSG>");
const part = (value: unknown) => Buffer.from(JSON.stringify(value));
const header = { msg_id: "m1", msg_type: "kernel_info_request", session: "s", username: "u", version: "5.5", date: "2026-01-01T00:00:00Z" };

/** As jupyter_client signs: hmac.new(key, digestmod=sha256), update with each of the four parts. */
function signed(key: string, parts: Buffer[]): Buffer[] {
  const hmac = createHmac("sha256", key);
  for (const p of parts) hmac.update(p);
  return [Buffer.from("peer"), delimiter, Buffer.from(hmac.digest("hex")), ...parts];
}

describe("the wire", () => {
  test("reads a signature that Python made", () => {
    // python3 -c "import hmac;h=hmac.new(b'key',digestmod='sha256');[h.update(p) for p in (b'{\"msg_id\":\"a\",\"msg_type\":\"t\"}',b'{}',b'{}',b'{}')];print(h.hexdigest())"
    const parts = ['{"msg_id":"a","msg_type":"t"}', "{}", "{}", "{}"].map((t) => Buffer.from(t));
    const frames = [delimiter, Buffer.from("fc58fb6554a9c830d2ec1eb4da9c796ce71d1e54e16858cd3a01da1e043b4be9"), ...parts];
    expect(new Wire("key").unpack(frames)).toMatchObject({ header: { msg_id: "a", msg_type: "t" } });
  });

  test("keeps identities and the header as they came", () => {
    const message = new Wire("k").unpack(signed("k", [part(header), part({}), part({}), part({ code: "𨭎" })]));
    expect(message).toMatchObject({ header, content: { code: "𨭎" } });
    expect("identities" in message && message.identities.map(String)).toEqual(["peer"]);
  });

  test("what it packs it can unpack", () => {
    const wire = new Wire("k");
    const frames = wire.pack(["peer"], { type: "status", content: { execution_state: "idle" } }).map((f) => Buffer.from(f));
    expect(wire.unpack(frames)).toMatchObject({ content: { execution_state: "idle" } });
  });

  test.each([
    ["no delimiter", [part(header)], "form"],
    ["three parts", [delimiter, Buffer.from(""), part(header), part({}), part({})], "form"],
    ["nothing at all", [], "form"],
  ])("drops a message with %s", (_, frames, reason) => {
    expect(new Wire("").unpack(frames)).toEqual({ reason });
  });

  test("drops wrong, empty and short signatures", () => {
    const parts = [part(header), part({}), part({}), part({})];
    const good = signed("k", parts);
    for (const signature of ["", "abc", "0".repeat(64)]) {
      expect(new Wire("k").unpack([delimiter, Buffer.from(signature), ...parts])).toEqual({ reason: "signature" });
    }
    expect(new Wire("k").unpack(good)).toMatchObject({ header });
  });

  test("drops what is no JSON, no UTF-8, no object", () => {
    for (const bad of [Buffer.from("{"), Buffer.from([0xff, 0xfe]), Buffer.from("[]"), Buffer.from('{"msg_id":1,"msg_type":"x"}')]) {
      expect(new Wire("").unpack([delimiter, Buffer.from(""), bad, part({}), part({}), part({})])).toEqual({ reason: "form" });
    }
  });
});
