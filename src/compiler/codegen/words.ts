/** How a local is kept in its slot of a frame and in the return cells: as it is, at the start of eight bytes. */
import { F32, F64, I32, I64, OP, type ValType } from "../../wasm/opcodes.ts";

/** The load of a whole local from memory. */
export function loadOp(type: ValType): number {
  switch (type) {
    case I32: return OP.i32_load;
    case I64: return OP.i64_load;
    case F32: return OP.f32_load;
    case F64: return OP.f64_load;
  }
}

/** The store of a whole local to memory. */
export function storeOp(type: ValType): number {
  switch (type) {
    case I32: return OP.i32_store;
    case I64: return OP.i64_store;
    case F32: return OP.f32_store;
    case F64: return OP.f64_store;
  }
}
