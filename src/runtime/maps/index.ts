/** The room of maps' short ways: see maps.ts. Go: internal/runtime/maps. */
export { type MapFunctions, mapFunctions } from "./maps.ts";
