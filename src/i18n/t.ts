import { fromStore } from 'svelte/store';
import { _ } from 'svelte-i18n';

import type { Key } from './messages.ts';

/** What a message's arguments may be. Dates and sizes are formatted first, by `format.ts`. */
export type Values = Readonly<Record<string, string | number | boolean>>;

/** The words for a key in the person's language; in markup it follows a change of language. */
export const t = (key: Key, values?: Values): string => format.current(key, values ? { values: { ...values } } : {});

const format = fromStore(_);
