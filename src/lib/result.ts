/** An expected failure is a value: `Result<T, E>`, where `E` is a union with `type`. A bug throws. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

/** For a switch that must name every case. */
export const unreachable = (value: never): never => {
  throw new Error(`unreachable: ${String(value)}`);
};
