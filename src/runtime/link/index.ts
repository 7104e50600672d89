/** The linker's door. */
export { type CodeOf, Descriptors, fnv1a, type LinkedType } from "./descriptors.ts";
export type { ImageImport, ImageModule, ImageRef, ImageUnit, LinkImage } from "./image.ts";
export { type Imports, type LinkableProgram, type LinkedData, Linker, type LinkedUnit, type MadeCode } from "./linker.ts";
export { FIRST_SITE, type LinkedFunc, type LinkedSite, SiteTable } from "./sites.ts";
export { DataSpace } from "./space.ts";
