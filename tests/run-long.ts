/**
 * `npm run test:long -- --count N --seed S [FILE…]`: the runs that take long (kills, histories, fuzz, load).
 * A suite reads WEFT_COUNT and WEFT_SEED; the same pair gives the same run. `--only KIND` and `--round K` repeat one
 * round of `tests/long/kill.test.ts`, with `--count 1`.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: {
    count: { type: 'string', default: '100' },
    seed: { type: 'string' },
    only: { type: 'string' },
    round: { type: 'string' },
  },
  allowPositionals: true,
});
const seed = values.seed ?? String(randomInt(2 ** 31));
console.log(`count ${values.count}, seed ${seed} (again: npm run test:long -- --count ${values.count} --seed ${seed})`);

process.exitCode =
  spawnSync(resolve('node_modules/.bin/vitest'), ['run', '--reporter=verbose', ...positionals], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      WEFT_COUNT: values.count,
      WEFT_SEED: seed,
      ...(values.only === undefined ? {} : { WEFT_ONLY: values.only }),
      ...(values.round === undefined ? {} : { WEFT_ROUND: values.round }),
    },
  }).status ?? 1;
