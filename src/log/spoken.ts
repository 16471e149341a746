/**
 * A passphrase of digits is said and typed in any language: it is its digits, whatever script they are in and however
 * they are grouped. Any other passphrase is as it is typed.
 */
export const spoken = (passphrase: string): string => {
  const plain = passphrase.normalize('NFKC');
  if (!/^[\s\p{Nd}-]*\p{Nd}[\s\p{Nd}-]*$/u.test(plain)) return passphrase;
  return [...plain].map((letter) => (/\p{Nd}/u.test(letter) ? String(digitOf(letter)) : '')).join('');
};

/** Unicode has the ten digits of a script in a row, from a place where none is before. */
const digitOf = (letter: string): number => {
  let digit = 0;
  for (let at = (letter.codePointAt(0) ?? 0) - 1; digit < 9 && /\p{Nd}/u.test(String.fromCodePoint(at)); at--) digit++;
  return digit;
};

/** So many digits in groups of four: said in half a minute, and not to be guessed where each guess is made dear. */
export const createSpoken = (random: (length: number) => Uint8Array): string => {
  const digits: number[] = [];
  while (digits.length < 16)
    for (const byte of random(32)) if (byte < 250 && digits.length < 16) digits.push(byte % 10);
  return digits.join('').replace(/(\d{4})(?=\d)/g, '$1 ');
};
