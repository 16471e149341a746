/**
 * The mutation test of the outcome: every rule is broken on purpose, one at a time, in a build of its own, and an
 * example or the slow twin must go red. What a mutant survives is a rule that nothing tests.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { differenceIn } from './against-twin.ts';
import { EXAMPLES } from './examples.ts';
import type { Decision } from './examples.ts';
import { MUTANTS } from './mutants.ts';
import type { Mutant } from './mutants.ts';
import { createRandomHistory } from './random-history.ts';

const FOLDER = resolve(import.meta.dirname, '../../../../../src/documents/agreement/decision');
const HISTORIES = Array.from({ length: 300 }, (_, seed) => createRandomHistory(seed, 26));

const sourceOf = (file: string): string => readFileSync(resolve(FOLDER, `${file}.ts`), 'utf8');

/** One line, as prettier may have broken it. */
const pattern = (text: string): RegExp =>
  new RegExp(
    text
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('\\s+'),
    'g',
  );

const mutate = ([file, from, to]: Mutant): string => sourceOf(file).replace(pattern(from), () => to);

const buildWith = async (mutant: Mutant | null): Promise<Decision> => {
  const changed = mutant === null ? null : mutate(mutant);
  const { outputFiles } = await build({
    entryPoints: [resolve(FOLDER, 'index.ts')],
    ...{ bundle: true, write: false, format: 'esm', platform: 'node', logLevel: 'silent' },
    plugins: [
      {
        name: 'mutant',
        setup: ({ onLoad }) => {
          onLoad({ filter: /decision[\\/][a-z-]+\.ts$/ }, ({ path }) =>
            mutant !== null && changed !== null && path === resolve(FOLDER, `${mutant[0]}.ts`)
              ? { contents: changed, loader: 'ts' }
              : null,
          );
        },
      },
    ],
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('nothing built');
  const url = `data:text/javascript;base64,${Buffer.from(file.contents).toString('base64')}`;
  return (await import(/* @vite-ignore */ url)) as Decision;
};

/** Who goes red: an example by its name, the twin by what differs; null: nobody. */
const noticed = (decision: Decision): string | null => {
  for (const [name, run] of EXAMPLES) {
    try {
      run(decision);
    } catch {
      return name;
    }
  }
  for (const [seed, words] of HISTORIES.entries()) {
    try {
      const difference = differenceIn(decision, words);
      if (difference !== null) return `the twin, seed ${seed}`;
    } catch {
      return `the twin, seed ${seed}`;
    }
  }
  return null;
};

describe('breaking a rule of the decision code', () => {
  it('finds each rule where the list says, exactly once', () => {
    const astray = MUTANTS.filter(([file, from]) => [...sourceOf(file).matchAll(pattern(from))].length !== 1);
    expect(astray.map(([file, from]) => `${file}: ${from}`)).toEqual([]);
  });

  it('is noticed for every rule there is', async () => {
    const began = performance.now();
    const survivors: string[] = [];
    let byExamples = 0;
    for (const mutant of MUTANTS) {
      const by = noticed(await buildWith(mutant));
      if (by === null) survivors.push(`${mutant[0]}: ${mutant[1]} → ${mutant[2]}`);
      else if (!by.startsWith('the twin')) byExamples += 1;
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(
      `${MUTANTS.length} mutants, ${byExamples} noticed by an example, ${survivors.length} by nobody, ${seconds} s`,
    );
    expect(survivors).toEqual([]);
  }, 120_000);

  it('is what goes red: the code as it is passes all of it', async () => {
    expect(noticed(await buildWith(null))).toBeNull();
  });
});
