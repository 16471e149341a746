/**
 * The note that lies beside a bundle and the app, for somebody who has neither Weft nor a network. It is not sealed, and
 * so it names nobody: no person, no group, no space.
 */
import type { Tongue } from '../../../app/exchange/tongues.ts';
import { directionOf } from '../../../i18n/languages.ts';
import { wordsIn } from '../../../i18n/words-in.ts';
import { SINGLE_FILE } from '../../../app/single-file.ts';

export const READ_ME_FILE = 'read-me.txt';

/** One part for each language. `bundles`: names of the sealed files. */
export const writeReadMe = async (tongues: readonly Tongue[], bundles: readonly string[]): Promise<string> =>
  (await Promise.all(tongues.map((tongue) => writeIn(tongue, bundles)))).join(BETWEEN);

const writeIn = async (tongue: Tongue, bundles: readonly string[]): Promise<string> => {
  const [common, first, exchange] = await Promise.all([
    wordsIn(tongue, 'common'),
    wordsIn(tongue, 'first'),
    wordsIn(tongue, 'exchange'),
  ]);
  const files = bundles.map(apart).join(COMMA[directionOf(tongue)]);
  const app = apart(SINGLE_FILE);
  const lines = [
    exchange('exchange.readMe.title'),
    '',
    exchange('exchange.readMe.what', { app, files, count: bundles.length }),
    '',
    exchange('exchange.readMe.open', { app }),
    exchange('exchange.readMe.join', { door: first('first.doors.join') }),
    exchange('exchange.readMe.bundle', {
      place: common('common.place.exchange'),
      action: exchange('exchange.open.open'),
      files,
      count: bundles.length,
    }),
    '',
    exchange('exchange.readMe.hasWeft', { app }),
    exchange('exchange.readMe.keep', { app }),
  ];
  const mark = directionOf(tongue) === 'rtl' ? '\u200f' : '';
  // as the oldest programs that show a text want it
  return lines.map((line) => `${line === '' ? '' : mark}${line}\r\n`).join('');
};

/** A file's name runs its own way. */
const apart = (name: string): string => `\u2068${name}\u2069`;
const COMMA = { ltr: ', ', rtl: '، ' } as const;
const BETWEEN = '\r\n------------------------------\r\n\r\n';
