/** The door of values: their formatting, and what reflection does with those of types known only at run time. */
export { formatComplex, formatFloat32, formatFloat64, formatHex } from "./print.ts";
export { MADE_HANDLER, reflectionNatives } from "./reflection.ts";
