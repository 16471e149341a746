declare const brand: unique symbol;

/** A value of `T` that only its own `create…` or `parse…` function may make. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
