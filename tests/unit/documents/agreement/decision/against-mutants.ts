/** A build of the decision code for each rule that is broken on purpose, and who notices it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import type { Said } from '../../../../../src/documents/agreement/words.ts';
import { differenceIn } from './against-twin.ts';
import { EXAMPLES } from './examples.ts';
import type { Decision } from './examples.ts';
import { MUTANTS } from './mutants.ts';
import type { Mutant } from './mutants.ts';

const FOLDER = resolve(import.meta.dirname, '../../../../../src/documents/agreement/decision');

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

/** null: the code as it is */
export const buildWith = async (mutant: Mutant | null): Promise<Decision> => {
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

export type Histories = readonly (readonly Said[])[];

/** Who goes red: an example by its name, the twin by what differs; null: nobody. */
export const noticed = (decision: Decision, histories: Histories): string | null => {
  for (const [name, run] of EXAMPLES) {
    try {
      run(decision);
    } catch {
      return name;
    }
  }
  for (const [at, words] of histories.entries()) {
    try {
      const difference = differenceIn(decision, words);
      if (difference !== null) return `the twin, history ${at}`;
    } catch {
      return `the twin, history ${at}`;
    }
  }
  return null;
};

/** Rules that are not where the list says, exactly once. */
export const astray = (): readonly string[] =>
  MUTANTS.filter(([file, from]) => [...sourceOf(file).matchAll(pattern(from))].length !== 1).map(
    ([file, from]) => `${file}: ${from}`,
  );

/** Breaks each rule; gives those that nobody notices. */
export const survivorsAmong = async (histories: Histories): Promise<readonly string[]> => {
  const began = performance.now();
  const survivors: string[] = [];
  let byExamples = 0;
  for (const mutant of MUTANTS) {
    const by = noticed(await buildWith(mutant), histories);
    if (by === null) survivors.push(`${mutant[0]}: ${mutant[1]} → ${mutant[2]}`);
    else if (!by.startsWith('the twin')) byExamples += 1;
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${MUTANTS.length} mutants, ${byExamples} noticed by an example, ${survivors.length} by nobody, ${seconds} s`,
  );
  return survivors;
};
