/** The door of value formatting. */
export { formatComplex, formatFloat32, formatFloat64, formatHex } from "./print.ts";
