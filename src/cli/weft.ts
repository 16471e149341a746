/** `weft`: runs one command, says what came of it, and ends with its code. */
import { argv, stderr, stdout } from 'node:process';
import { type Call, COMMANDS, type CommandName, parseCall, wantsJson } from './arguments.ts';
import { admit } from './commands/admit.ts';
import { dump } from './commands/dump.ts';
import { exportBundle } from './commands/export.ts';
import { exportIcs } from './commands/export-ics.ts';
import { importBundle } from './commands/import.ts';
import { importIcs } from './commands/import-ics.ts';
import { init } from './commands/init.ts';
import { inspect } from './commands/inspect.ts';
import { invite } from './commands/invite.ts';
import { join } from './commands/join.ts';
import { createNew } from './commands/new.ts';
import { replay } from './commands/replay.ts';
import { verify } from './commands/verify.ts';
import { type Outcome, type Problem, sentenceOf } from './outcome.ts';
import { say, words } from './words.ts';

const RUN: Readonly<Record<CommandName, (call: Call) => Promise<Outcome>>> = {
  init,
  invite,
  join,
  admit,
  new: createNew,
  replay,
  export: exportBundle,
  import: importBundle,
  'import-ics': importIcs,
  'export-ics': exportIcs,
  dump,
  inspect,
  verify,
};

const main = async (args: readonly string[]): Promise<number> => {
  const isJson = wantsJson(args);
  const call = parseCall(args);
  if (!call.ok) return complain(call.error, isJson);
  if (call.value === 'help') {
    stdout.write(usage());
    return 0;
  }
  const outcome = await RUN[call.value.command](call.value);
  if (!outcome.ok) return complain(outcome.error, isJson);
  const { json, text, note } = outcome.value;
  stdout.write(`${isJson ? JSON.stringify(json) : text}\n`);
  if (note) remark(note.type, say(words.incomplete[note.type], note.values), isJson);
  return 0;
};

const complain = (problem: Problem, isJson: boolean): number => {
  remark(problem.type, sentenceOf(problem), isJson);
  return problem.exit;
};

/** One sentence, with its type for machines. */
const remark = (type: string, sentence: string, isJson: boolean): void => {
  stderr.write(isJson ? `${JSON.stringify({ type, message: sentence })}\n` : `${sentence} [${type}]\n`);
};

const usage = (): string => {
  const { head, commands, everywhere, json, passphrase, help, exit } = words.usage;
  const lines = COMMANDS.map((name) => `  weft ${words.usage[name]}`);
  const options = [json, passphrase, help].map((each) => `  ${each}`);
  return [head, '', commands, ...lines, '', everywhere, ...options, '', exit, ''].join('\n');
};

process.exitCode = await main(argv.slice(2));
