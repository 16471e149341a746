/** `new talking-points`, `new calendar`: an empty palette or calendar of one's own group. */
import type * as Y from 'yjs';
import { createCalendar } from '../../documents/calendar/index.ts';
import { createPalette } from '../../documents/talking-points/index.ts';
import { ok } from '../../lib/result.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import type { Call } from '../arguments.ts';
import { type Outcome, refuse, wrongUse } from '../outcome.ts';
import { withSpace } from '../vault-folder.ts';

interface First {
  readonly title: string;
  readonly language: string;
}

const CREATE: Readonly<Record<string, (doc: Y.Doc, first: First) => { readonly ok: boolean }>> = {
  'talking-points': (doc, { title, language }) => createPalette(doc, LOCAL, { title, sourceLanguage: language }),
  calendar: (doc, first) => createCalendar(doc, LOCAL, first),
};

export const createNew = async ({ positionals: [kind = ''], options }: Call): Promise<Outcome> => {
  const create = Object.hasOwn(CREATE, kind) ? CREATE[kind] : undefined;
  if (!create) return wrongUse('UnknownKind', { kind });
  const language = options.language ?? 'en';
  if (!isLanguage(language)) return wrongUse('BadOption', { option: '--language' });
  return withSpace(options, async ({ replica, finish }) => {
    const me = replica.me();
    if (!me || me.role === 'observer') return refuse({ type: 'NotAllowed' });
    const made = await replica.createDocument({ kind, owner: me.group, parent: null, writers: 'members' });
    if (!made.ok) return refuse(made.error);
    const doc = await replica.openDocument(made.value);
    if (!doc.ok) return refuse(doc.error);
    if (!create(doc.value, { title: options.title ?? '', language }).ok) throw new Error(`a new ${kind} was refused`);
    const flushed = await replica.flush();
    if (!flushed.ok) return refuse(flushed.error);
    await finish();
    return ok({ json: { document: made.value, kind, title: options.title }, text: made.value });
  });
};

const isLanguage = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false; // a RangeError says just this
  }
};
