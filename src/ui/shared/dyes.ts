/** The dye colours that groups and people are told apart by; always beside a name, never instead of one. */
export const dyes = ['madder', 'indigo', 'weld', 'woad'] as const;

export type Dye = (typeof dyes)[number];

/** The same dye on every device for the same id. */
export function dyeOf(id: string): Dye {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return dyes[sum % dyes.length] ?? 'madder';
}

export const dyeColour = (dye: Dye): string => (dye === 'weld' ? 'var(--weld-thread)' : `var(--${dye})`);
