/** `import-ics`: the events of a calendar file, into a calendar. The same file again changes nothing. */
import { createActionId } from '../../documents/calendar/index.ts';
import { applyImport, decodeCalendarFile, type ImportReceipt, planImport, readCalendarFile } from '../../ics/index.ts';
import { ok } from '../../lib/result.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import { parseZoneId, UTC } from '../../times/index.ts';
import type { Call } from '../arguments.ts';
import { openCalendar, ownZone } from '../calendar.ts';
import { environment } from '../environment.ts';
import { readWhole } from '../files.ts';
import { type Outcome, refuse } from '../outcome.ts';
import { withSpace } from '../vault-folder.ts';
import { say, words } from '../words.ts';

export const importIcs = async ({ positionals: [path = ''], options }: Call): Promise<Outcome> => {
  const bytes = await readWhole(path);
  if (!bytes.ok) return bytes;
  const file = readCalendarFile(decodeCalendarFile(bytes.value), parseZoneId(ownZone()) ?? UTC);
  if (!file.ok) return refuse({ type: PROBLEMS[file.error.type] }, { file: path, line: file.error.line });
  return withSpace(options, async ({ replica, finish }) => {
    const open = await openCalendar(replica, options.document);
    if (!open.ok) return open;
    const { entry, doc, calendar, isNewer } = open.value;
    if (isNewer) return refuse({ type: 'NewerCalendar' });
    if (!replica.mayWrite(entry.id)) return refuse({ type: 'NotAllowed' });
    const plan = planImport(file.value, calendar);
    const receipt = applyImport(plan, {
      doc,
      origin: LOCAL,
      calendar,
      createId: () => createActionId(environment.random(16)),
      minute: Math.floor(environment.now() / 60_000),
    });
    if (receipt === null) return refuse({ type: 'NotAllowed' });
    if (receipt.added + receipt.changed + plan.kept.add.length + plan.kept.remove.length > 0) {
      const flushed = await replica.flush();
      if (!flushed.ok) return refuse(flushed.error);
      await finish();
    }
    return ok(report(receipt));
  });
};

const PROBLEMS = {
  NoCalendar: 'NoCalendarFile',
  BadLine: 'BadCalendarLine',
  NotEnded: 'CalendarNotEnded',
  WrongEnd: 'CalendarWrongEnd',
  TooLarge: 'CalendarTooLarge',
} as const;

const report = ({ added, changed, same, skipped }: ImportReceipt) => {
  const lines = skipped.map(({ line, problem }) => ({ line, reason: say(words.skipped[problem]), type: problem }));
  const text = [
    say(words.done.importIcs, { added, changed, same }),
    ...lines.map(({ line, reason }) => say(words.done.skippedLine, { line, reason })),
  ];
  return { json: { added, changed, same, skipped: lines }, text: text.join('\n') };
};
