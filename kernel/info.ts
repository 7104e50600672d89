/** What the kernel says of itself in `kernel_info_reply`: exactly what works, no more. */
import { type Json, PROTOCOL_VERSION } from "./wire.ts";

/** The content of a `kernel_info_reply`. */
export function info(version: string): Json {
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "gomem",
    implementation_version: version,
    banner: `gomem ${version}: the laboratory for Go's memory (Go 1.26 modelled, none needed)\nWrite Go, then ask: escape · gc · grow-stack · help`,
    language_info: {
      name: "go",
      version: "1.26",
      mimetype: "text/x-go",
      file_extension: ".go",
      codemirror_mode: "go",
      pygments_lexer: "go",
      nbconvert_exporter: "script",
    },
    help_links: [
      { text: "The Go specification", url: "https://go.dev/ref/spec" },
      { text: "A guide to Go's garbage collector", url: "https://go.dev/doc/gc-guide" },
    ],
    supported_features: [],
    debugger: false,
  };
}
