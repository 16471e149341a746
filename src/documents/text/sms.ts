/**
 * Length of a text as SMS (3GPP TS 23.038 and 23.040): 160 septets, or 153 each when joined, if every character is
 * in the default alphabet or its extension (two septets); else UTF-16: 70 units, or 67 each. Neither an extension
 * pair nor a surrogate pair is cut by a border between two messages.
 */
export interface SmsLength {
  readonly alphabet: 'gsm' | 'unicode';
  /** 0 for an empty text */
  readonly messages: number;
  /** units (septets or UTF-16) used, and left in the last message */
  readonly units: number;
  readonly left: number;
}

export const smsLength = (text: string): SmsLength => {
  const characters = [...text];
  const gsm = characters.every((character) => BASIC.has(character) || EXTENSION.has(character));
  const cost = (character: string): number => (gsm ? (EXTENSION.has(character) ? 2 : 1) : character.length);
  const [alone, joined] = gsm ? [160, 153] : [70, 67];

  const units = characters.reduce((sum, character) => sum + cost(character), 0);
  const alphabet = gsm ? 'gsm' : 'unicode';
  if (units <= alone) return { alphabet, messages: units === 0 ? 0 : 1, units, left: alone - units };

  let messages = 1;
  let used = 0;
  for (const character of characters) {
    if (used + cost(character) > joined) {
      messages++;
      used = 0;
    }
    used += cost(character);
  }
  return { alphabet, messages, units, left: joined - used };
};

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENSION = new Set('\f^{}\\[~]|€');
