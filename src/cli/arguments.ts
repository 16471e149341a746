/** What was asked: a command, its arguments and its options. Nothing is looked at on the disk here. */
import { parseArgs } from 'node:util';
import { ok, type Result } from '../lib/result.ts';
import { type Problem, wrongUse } from './outcome.ts';

export interface Call {
  readonly command: CommandName;
  readonly positionals: readonly string[];
  readonly options: Options;
}

const STRINGS = [
  'vault',
  'passphrase-file',
  'bundle-passphrase-file',
  'space',
  'name',
  'group',
  'role',
  'open-until',
  'answer',
  'title',
  'language',
  'document',
  'for',
] as const;
const FLAGS = ['json', 'help', 'large'] as const;

export type StringOption = (typeof STRINGS)[number];
export type Options = Readonly<Partial<Record<StringOption, string> & Record<(typeof FLAGS)[number], boolean>>>;

interface Shape {
  /** how many arguments it takes */
  readonly count: number;
  readonly needs: readonly StringOption[];
  readonly takes: readonly (keyof Options)[];
}

const SHAPES = {
  init: { count: 0, needs: ['vault', 'space', 'name', 'group'], takes: [] },
  invite: { count: 0, needs: ['vault'], takes: ['role', 'open-until'] },
  join: { count: 1, needs: ['vault', 'name', 'group'], takes: [] },
  admit: { count: 1, needs: ['vault'], takes: [] },
  new: { count: 1, needs: ['vault', 'title'], takes: ['language'] },
  replay: { count: 1, needs: ['vault', 'document'], takes: [] },
  export: { count: 1, needs: ['vault'], takes: ['for', 'bundle-passphrase-file'] },
  import: { count: 1, needs: ['vault'], takes: ['bundle-passphrase-file', 'large'] },
  'import-ics': { count: 1, needs: ['vault', 'document'], takes: [] },
  'export-ics': { count: 1, needs: ['vault', 'document'], takes: ['group'] },
  dump: { count: 0, needs: ['vault'], takes: [] },
  inspect: { count: 1, needs: [], takes: ['vault', 'bundle-passphrase-file'] },
  verify: { count: 1, needs: [], takes: [] },
} as const satisfies Record<string, Shape>;

/** `join --answer` is the second half of joining. */
const ANSWERED: Shape = { count: 0, needs: ['vault', 'answer'], takes: [] };

export type CommandName = keyof typeof SHAPES;
export const COMMANDS = Object.keys(SHAPES).filter(isCommand);

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(SHAPES, name);
}

/** 'help': the list of commands was asked for */
export const parseCall = (args: readonly string[]): Result<Call | 'help', Problem> => {
  const parsed = parse(args);
  if (!parsed.ok) return parsed;
  const { options, positionals } = parsed.value;
  if (options.help) return ok('help');
  const [command = '', ...rest] = positionals;
  if (!isCommand(command)) return wrongUse('UnknownCommand', { command });
  const shape: Shape = command === 'join' && options.answer !== undefined ? ANSWERED : SHAPES[command];
  const allowed: readonly string[] = [...shape.needs, ...shape.takes, 'json', 'passphrase-file'];
  const stray = Object.keys(options).find((option) => !allowed.includes(option));
  if (stray !== undefined) return wrongUse('UnknownOption', { option: `--${stray}` });
  const missing = shape.needs.find((option) => (options[option] ?? '').trim() === '');
  if (missing !== undefined) return wrongUse('MissingOption', { option: `--${missing}` });
  if (rest.length !== shape.count) return wrongUse('MissingArgument', { count: shape.count });
  return ok({ command, positionals: rest, options });
};

/** Was --json asked for, even where the rest is wrong? */
export const wantsJson = (args: readonly string[]): boolean => args.includes('--json');

const parse = (args: readonly string[]): Result<{ options: Options; positionals: readonly string[] }, Problem> => {
  const types = [
    ...STRINGS.map((name) => [name, { type: 'string' }] as const),
    ...FLAGS.map((name) => [name, { type: 'boolean' }] as const),
  ];
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: Object.fromEntries<{ readonly type: 'string' | 'boolean' }>(types),
      allowPositionals: true,
    });
    const options: Record<string, string | boolean> = {};
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === 'string' || typeof value === 'boolean') options[name] = value;
    }
    return ok({ options, positionals });
  } catch (error) {
    // parseArgs names the option in quotes, and its messages are for programmers
    const option = /'(?:-\w, )?(-{1,2}[^' ]+)/.exec(error instanceof Error ? error.message : '')?.[1];
    return wrongUse('UnknownOption', { option: option ?? '' });
  }
};
