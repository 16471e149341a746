/**
 * Writes dateutil.json anew: `node .ci/ts.mjs tests/vectors/recurrence/make.ts`. What python-dateutil makes of the table,
 * each row's instants as the first and then steps, in minutes: "29532600 1440x27 1380".
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { askPython } from '../../python.ts';
import { questionOf } from './ours.ts';
import { pack } from './pack.ts';
import { ROWS } from './table.ts';

const answers = askPython('tests/python/occurrences.py', ROWS.map(questionOf));
if (!Array.isArray(answers) || answers.length !== ROWS.length) throw new Error('an answer for each row');
const vectors = ROWS.map((row, index) => ({ ...row, minutes: pack((answers as readonly number[][])[index] ?? []) }));
writeFileSync(resolve('tests/vectors/recurrence/dateutil.json'), `${JSON.stringify(vectors, null, 2)}\n`);
