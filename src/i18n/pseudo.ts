/**
 * Turns English messages into the pseudo-locale: accented, a third longer and in brackets, so that a string that
 * misses `t()` or a place that is cut off is seen at once. In an ICU message, even depths of braces are words and odd
 * ones are syntax, so that only words are changed.
 */
export type Messages = { readonly [key: string]: string | Messages };

export function pseudoMessages(messages: Messages): Messages {
  return Object.fromEntries(
    Object.entries(messages).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudoMessage(value) : pseudoMessages(value),
    ]),
  );
}

export function pseudoMessage(message: string): string {
  let depth = 0;
  let words = '';
  let letters = 0;
  for (const character of message) {
    if (character === '{') depth++;
    if (character === '}') depth--;
    if (depth % 2 === 0 && /[A-Za-z]/.test(character)) {
      letters++;
      words += accented[character] ?? character;
    } else words += character;
  }
  return `[${words}${'·'.repeat(Math.ceil(letters / 3))}]`;
}

const accented: Readonly<Record<string, string>> = Object.fromEntries(
  [...'aàbƀcçdďeéfƒgğhĥiîjĵkķlľmɱnñoôpþqǫrřsštťuûvṽwŵxẋyýzžAÀBƁCÇDĎEÉGĞHĤIÎLĽNÑOÔPÞRŘSŠTŤUÛWŴYÝZŽ'].reduce<
    [string, string][]
  >((pairs, character, at, all) => {
    if (at % 2 === 0) pairs.push([character, all[at + 1] ?? character]);
    return pairs;
  }, []),
);
