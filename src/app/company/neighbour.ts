/** What something will stand before, once it is one place further up or down; null: the end. Undefined: it cannot go. */
export const neighbourAfter = <Id>(
  shown: readonly { readonly id: Id }[],
  moved: Id,
  by: -1 | 1,
): Id | null | undefined => {
  const at = shown.findIndex(({ id }) => id === moved);
  const to = at + by;
  if (at === -1 || to < 0 || to >= shown.length) return undefined;
  return shown[by === -1 ? to : to + 1]?.id ?? null;
};
