/** The kernel's picture: a stack (blue bars) beside a heap (orange dots), as SVG and, drawn by hand, as PNG. */
import { deflateSync } from "node:zlib";

const bars = [12, 27, 42].map((y) => ({ x: 8, y, width: 20, height: 10 }));
const dots = [
  { x: 42, y: 18, r: 6 },
  { x: 54, y: 30, r: 4 },
  { x: 40, y: 36, r: 5 },
  { x: 52, y: 47, r: 7 },
];
const STACK = "#0072B2";
const HEAP = "#D55E00";

export const logoSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<g fill="${STACK}">${bars.map((b) => `<rect x="${b.x}" y="${b.y}" width="${b.width}" height="${b.height}" rx="2"/>`).join("")}</g>
<g fill="${HEAP}">${dots.map((d) => `<circle cx="${d.x}" cy="${d.y}" r="${d.r}"/>`).join("")}</g>
</svg>
`;

/** The picture as a PNG file of `size` times `size` pixels with a transparent ground. Format: RFC 2083. */
export function logoPng(size: 32 | 64): Uint8Array {
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const colour = colourAt(((x + 0.5) * 64) / size, ((y + 0.5) * 64) / size);
      if (colour !== undefined) rows.writeUInt32BE(((Number.parseInt(colour.slice(1), 16) << 8) | 0xff) >>> 0, y * (1 + size * 4) + 1 + x * 4);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function colourAt(x: number, y: number): string | undefined {
  if (bars.some((b) => x >= b.x && x < b.x + b.width && y >= b.y && y < b.y + b.height)) return STACK;
  return dots.some((d) => (x - d.x) ** 2 + (y - d.y) ** 2 <= d.r ** 2) ? HEAP : undefined;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc(body), body.length + 4);
  return whole;
}

/** CRC-32 as PNG wants it. */
function crc(data: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of data) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}
