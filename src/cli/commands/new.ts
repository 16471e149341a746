/** `new talking-points`: an empty palette of one's own group. */
import { createPalette } from '../../documents/talking-points/index.ts';
import { ok } from '../../lib/result.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import type { Call } from '../arguments.ts';
import { type Outcome, refuse, wrongUse } from '../outcome.ts';
import { withSpace } from '../vault-folder.ts';

const KIND = 'talking-points';

export const createNew = async ({ positionals: [kind = ''], options }: Call): Promise<Outcome> => {
  if (kind !== KIND) return wrongUse('UnknownKind', { kind });
  const sourceLanguage = options.language ?? 'en';
  if (!isLanguage(sourceLanguage)) return wrongUse('BadOption', { option: '--language' });
  return withSpace(options, async ({ replica, finish }) => {
    const me = replica.me();
    if (!me || me.role === 'observer') return refuse({ type: 'NotAllowed' });
    const made = await replica.createDocument({ kind, owner: me.group, parent: null, writers: 'members' });
    if (!made.ok) return refuse(made.error);
    const doc = await replica.openDocument(made.value);
    if (!doc.ok) return refuse(doc.error);
    const written = createPalette(doc.value, LOCAL, { title: options.title ?? '', sourceLanguage });
    if (!written.ok) throw new Error(`a new palette: ${written.error.type}`);
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
