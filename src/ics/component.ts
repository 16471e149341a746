/** What stands between BEGIN and END. */
import { err, ok, type Result } from '../lib/result.ts';
import { type ContentLine, parseLine, type RawLine, unfold } from './content-line.ts';

export interface Component {
  readonly name: string;
  readonly line: number;
  readonly properties: readonly ContentLine[];
  readonly components: readonly Component[];
  /** all its lines, unfolded, with BEGIN and END */
  readonly raw: readonly string[];
  /** Lines in it that are none; what it means without them is not known. */
  readonly bad: readonly number[];
}

/** The file as a whole says nothing: nothing is taken from it. */
export type FileProblem =
  | { readonly type: 'NoCalendar'; readonly line: number }
  | { readonly type: 'BadLine'; readonly line: number }
  | { readonly type: 'NotEnded'; readonly line: number }
  | { readonly type: 'WrongEnd'; readonly line: number }
  | { readonly type: 'TooLarge'; readonly line: number };

/** In characters. */
export const MOST_CHARACTERS = 32 * 1024 * 1024;
const DEEPEST = 8;

interface Open {
  readonly name: string;
  readonly line: number;
  readonly properties: ContentLine[];
  readonly components: Component[];
  readonly raw: string[];
  readonly bad: number[];
}

/** All calendars of a file, mostly one. */
export const parseComponents = (text: string): Result<readonly Component[], FileProblem> => {
  if (text.length > MOST_CHARACTERS) return err({ type: 'TooLarge', line: 1 });
  const lines = unfold(text);
  const done: Component[] = [];
  const open: Open[] = [];
  for (const raw of lines) {
    const inner = open.at(-1);
    const parsed = parseLine(raw);
    if (!inner) {
      const begins = parsed.ok && parsed.value.name === 'BEGIN' && nameOf(parsed.value) === 'VCALENDAR';
      if (begins) open.push(begin(parsed.value));
      // some programs leave a remark after a calendar
      else if (done.length === 0 || !parsed.ok || /^(BEGIN|END)$/.test(parsed.value.name)) {
        return err({ type: 'NoCalendar', line: raw.line });
      }
      continue;
    }
    if (!parsed.ok) {
      if (open.length === 1) return err({ type: 'BadLine', line: raw.line });
      inner.bad.push(raw.line);
    } else if (parsed.value.name === 'BEGIN') {
      if (open.length === DEEPEST) return err({ type: 'BadLine', line: raw.line });
      open.push(begin(parsed.value));
    } else if (parsed.value.name === 'END') {
      if (nameOf(parsed.value) !== inner.name) return err({ type: 'WrongEnd', line: raw.line });
      inner.raw.push(raw.raw);
      open.pop();
      const outer = open.at(-1);
      if (outer) add(outer, inner);
      else done.push(inner);
    } else {
      inner.properties.push(parsed.value);
      inner.raw.push(raw.raw);
    }
  }
  const [first] = open;
  if (first) return err({ type: 'NotEnded', line: (open.at(-1) ?? first).line });
  return done.length === 0 ? err({ type: 'NoCalendar', line: 1 }) : ok(done);
};

const nameOf = ({ value }: ContentLine): string => value.trim().toUpperCase();

const begin = (line: ContentLine): Open => ({
  name: nameOf(line),
  line: line.line,
  properties: [],
  components: [],
  raw: [line.raw],
  bad: [],
});

const add = (outer: Open, inner: Open): void => {
  outer.components.push(inner);
  outer.raw.push(...inner.raw);
  outer.bad.push(...inner.bad);
};

/** The first of that name. */
export const propertyOf = (component: Component, name: string): ContentLine | undefined =>
  component.properties.find((property) => property.name === name);

/** One property or one component, as a document kept it, if it is still one; null: it is not, and goes in no file. */
export const parseLeftover = (text: string): Component | ContentLine | null => {
  // programs take more than a line feed for the end of a line
  // eslint-disable-next-line no-control-regex -- these are what it looks for
  if (/[\u0000-\u0008\u000B-\u001F\u007F]/.test(text)) return null;
  const lines: readonly RawLine[] = text.split('\n').map((raw) => ({ raw, line: 0 }));
  const [only] = lines;
  if (lines.length === 1 && only) {
    const parsed = parseLine(only);
    return parsed.ok && !/^(BEGIN|END)$/.test(parsed.value.name) ? parsed.value : null;
  }
  const whole = parseComponents(['BEGIN:VCALENDAR', ...lines.map(({ raw }) => raw), 'END:VCALENDAR'].join('\n'));
  if (!whole.ok) return null;
  const [calendar, ...others] = whole.value;
  const [component, ...more] = calendar?.components ?? [];
  const isOne =
    component && [others, more, calendar?.properties ?? [], component.bad].every((list) => list.length === 0);
  return isOne ? component : null;
};
